"""Two organisations that share data, each with a connector, and jobs done until nothing waits."""

from typing import Any, Final
from uuid import uuid4

from katalysator.coalition.models import Membership, Person
from katalysator.core.attachments import store
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, DataSource, Negotiation
from katalysator.dataspace.protocol.keys import new_key
from tests import builders
from tests.webhooks.steps import work

USE: Final[dict[str, Any]] = {"permission": [{"action": "use", "constraint": []}]}


def connector(**fields: Any) -> Connector:
    """A connector of an organisation that takes part."""
    return Connector.objects.create(organisation=builders.organisation(**fields), key=new_key())


def manager(of: Connector, **fields: Any) -> Person:
    """Somebody who manages the organisation of a connector."""
    found = builders.person(of.organisation, **fields)
    found.memberships.update(role=Membership.Role.MANAGER)
    return found


def dataset(of: Connector, key: str = "urn:dataset:1", **fields: Any) -> Dataset:
    """A dataset that is published, on terms without conditions."""
    told: dict[str, Any] = {"title": "Metingen", "formats": ["HttpData-PULL"], "is_published": True}
    row = Dataset.objects.create(connector=of, key=key, **told | fields)
    DatasetOffer.objects.create(dataset=row, key=f"{key}:offer", terms=USE)
    return row


def asking(of: Connector, whom: Connector, row: Dataset) -> Negotiation:
    """A negotiation that `of` is about to begin, about the first offer of a dataset of `whom`."""
    offer = row.offers.get()
    told = {"@id": offer.key, "@type": "Offer", "target": row.key, **offer.terms}
    return Negotiation.objects.create(
        connector=of, role="consumer", consumer_pid=f"urn:uuid:{row.pk}-{of.pk}",
        partner_id=whom.participant_id, partner_address=whom.base, offer=told,
    )  # fmt: skip


def all_done() -> None:
    """Do all jobs that wait, also those that these queue."""
    while work(later=True):
        continue


def with_file(row: Dataset, content: bytes, name: str = "metingen.csv") -> DataSource:
    """A dataset of which the data is a file that is kept here."""
    key = uuid4()
    with store.kept(ROOM, key, content):
        return DataSource.objects.create(
            dataset=row, key=key, name=name, media_type="text/csv", size=len(content)
        )
