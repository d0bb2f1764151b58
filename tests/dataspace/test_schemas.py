"""The official schemas and our shapes say the same of the official examples, and of all that we send."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.test import override_settings

from katalysator.dataspace.models import DatasetOffer
from katalysator.dataspace.protocol import messages
from katalysator.dataspace.protocol.faults import ProtocolFault
from katalysator.dataspace.protocol.messages import Message, read
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.official import FOLDER, official
from tests.dataspace.speaking import answered
from tests.dataspace.world import all_done, asking, connector, dataset

_SHAPES: Final[dict[str, type[Message]]] = {
    "ContractRequestMessage": messages.ContractRequest,
    "ContractOfferMessage": messages.ContractOffer,
    "ContractAgreementMessage": messages.ContractAgreed,
    "ContractAgreementVerificationMessage": messages.ContractVerified,
    "ContractNegotiationEventMessage": messages.ContractEvent,
    "ContractNegotiationTerminationMessage": messages.ContractTermination,
    "TransferRequestMessage": messages.TransferRequest,
    "TransferStartMessage": messages.TransferStart,
    "TransferCompletionMessage": messages.TransferCompletion,
    "TransferSuspensionMessage": messages.TransferSuspension,
    "TransferTerminationMessage": messages.TransferTermination,
    "CatalogRequestMessage": messages.CatalogRequest,
}


@pytest.fixture(autouse=True)
def _official() -> None:
    if not FOLDER.exists():
        pytest.skip("the official schemas are not at hand")


def _takes(told: dict[str, Any]) -> bool:
    try:
        read(json.dumps(told).encode(), _SHAPES[told["@type"]])
    except ProtocolFault:
        return False
    return True


def _examples() -> Iterator[dict[str, Any]]:
    for file in sorted(FOLDER.rglob("example/*.json")):
        told = json.loads(file.read_text())
        if isinstance(told, dict) and told.get("@type") in _SHAPES:
            yield told


def test_official_examples_are_taken_and_without_a_thing_that_is_needed_they_are_refused() -> None:
    examples = list(_examples())
    assert len(examples) >= 12
    for told in examples:
        assert official(told)
        assert _takes(told), told
        for name in told:
            less = {key: each for key, each in told.items() if key != name}
            if name != "@type":
                assert _takes(less) == official(less), (name, told)


@pytest.mark.django_db
@override_settings(OUTGOING_LOOPBACK=True)
def test_all_that_is_said_and_answered_fits_the_official_schemas() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    DatasetOffer.objects.update(is_automatic=True)
    mine = asking(user, holder, row)
    send(mine, "request", by=RULE)
    all_done()
    mine.refresh_from_db()
    assert mine.state == "FINALIZED"
    theirs = type(mine).objects.get(role="provider")
    heard = [mine.heard, theirs.heard]
    catalogue = answered(
        holder,
        "catalog/request",
        {"@context": [messages.CONTEXT], "@type": "CatalogRequestMessage"},
    )
    one = answered(holder, f"catalog/datasets/{row.key}", b"", method="GET")
    state = answered(holder, f"negotiations/{theirs.pid}", b"", user.participant_id, "GET")
    wrong = [
        answered(holder, "catalog/request", b"{"),
        answered(holder, "negotiations/request", b"{"),
        answered(holder, "transfers/x/start", b"{"),
    ]
    for told in [*heard, catalogue.told, state.told, *(each.told for each in wrong)]:
        assert told is not None
        assert official(told), told
    assert one.told is not None
    assert official({**one.told, "@type": "Dataset"})
