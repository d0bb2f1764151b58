"""What the kit wants to find: a dataset with an offer for each scenario, and agreements for transfers."""

from typing import Any, Final

from katalysator.dataspace.models import Agreement, Connector, Dataset, DatasetOffer, Negotiation
from katalysator.dataspace.models.processes import new_pid
from tests.dataspace.conformance.scenarios import SCENARIOS
from tests.dataspace.conformance.script import PEER

FORMAT: Final = "HttpData-PULL"
USE: Final[dict[str, Any]] = {"permission": [{"action": "use", "constraint": []}]}
CATALOGUE: Final = ("CAT0101", "CAT0102")


def seed(connector: Connector) -> None:
    """Make all of it, of one connector."""
    offered = [*CATALOGUE, *(each.about for each in SCENARIOS if each.role == "provider")]
    for key in offered:
        row = Dataset.objects.create(
            connector=connector, key=key, title=key, formats=[FORMAT], is_published=True
        )
        DatasetOffer.objects.create(dataset=row, key=f"CD123:{key}:456", terms=USE)
    for each in SCENARIOS:
        if each.kind == "transfer":
            agreed(connector, each.about, each.role)


def agreed(connector: Connector, key: str, role: str) -> Agreement:
    """An agreement with the kit that is final; its dataset has the same name."""
    own, other = connector.participant_id, PEER
    assigner, assignee = (own, other) if role == "provider" else (other, own)
    negotiation = Negotiation.objects.create(
        connector=connector, role=role, provider_pid=new_pid(), consumer_pid=new_pid(), partner_id=PEER,
        partner_address="", state="FINALIZED", offer={"@id": f"offer{key}", "@type": "Offer", "target": key, **USE},
    )  # fmt: skip
    policy = {
        "@id": key,
        "@type": "Agreement",
        "target": key,
        "assigner": assigner,
        "assignee": assignee,
        **USE,
    }
    return Agreement.objects.create(
        connector=connector,
        negotiation=negotiation,
        key=key,
        role=role,
        partner_id=PEER,
        dataset_key=key,
        policy=policy,
    )
