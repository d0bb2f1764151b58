"""What Eclipse EDC writes otherwise than we do, as it was seen beside it (`make interop-edc`): it is understood."""

from typing import Any

import pytest

from katalysator.dataspace.models import (
    Connector,
    DatasetOffer,
    Negotiation,
    PolicyDecision,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.conformance.peer import CONTEXT, USE
from tests.dataspace.speaking import answered, said
from tests.dataspace.test_table import PEER, _agreement
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db
OF_EDC = "https://w3id.org/edc/dspace/v0.0.1"


@pytest.fixture
def own() -> Connector:
    return connector(name="Voorbeeld Lab")


def _catalogue(own: Connector, *wanted: dict[str, Any]) -> Any:
    told = {"@context": [CONTEXT], "@type": "CatalogRequestMessage", "filter": list(wanted)}
    return answered(own, "catalog/request", told)


def test_a_filter_that_only_says_from_where_and_how_many_is_followed(own: Connector) -> None:
    for number in range(3):
        dataset(own, f"urn:{number}", title=f"{number}")
    question = {"@type": "QuerySpec", "offset": 1, "limit": 1, "sortOrder": "ASC"}
    (found,) = _catalogue(own, question | {"filterExpression": []}).told["dataset"]
    assert found["@id"] == "urn:1"
    assert "dataset" not in _catalogue(own, question | {"offset": 3}).told
    others: tuple[dict[str, Any], ...] = (
        {"filterExpression": [{}]}, {"offset": -1}, {"limit": "1"}, {"@type": "Query"},
    )  # fmt: skip
    for other in others:
        assert _catalogue(own, question | other).status == 400
    assert _catalogue(own, question, question).status == 400


def test_words_with_a_namespace_mean_the_same_and_go_back_as_they_came(own: Connector) -> None:
    until = {"operator": "lt", "rightOperand": "2099-01-01T00:00:00Z"}
    outside = {"operator": "eq", "rightOperand": "outside"}
    terms, theirs = (
        {"permission": [{"action": action, "constraint": [
            {"leftOperand": moment, **until}, {"leftOperand": member, **outside},
        ]}]}
        for action, moment, member in (
            ("use", "dateTime", "membership"), ("odrl:use", "odrl:dateTime", "edc:membership"),
        )
    )  # fmt: skip
    row = dataset(own)
    DatasetOffer.objects.update(terms=terms, is_automatic=True)
    request = {
        "@context": [CONTEXT, OF_EDC], "@type": "ContractRequestMessage", "consumerPid": new_pid(),
        "callbackAddress": "https://peer.example/dsp",
        "offer": {"@id": f"{row.key}:offer", "@type": "Offer", **theirs},
    }  # fmt: skip
    assert answered(own, "negotiations/request", request).status == 201
    assert PolicyDecision.objects.get(step="negotiation").is_allowed
    body = Negotiation.objects.get().outbox["body"]
    assert body["@context"] == [CONTEXT, OF_EDC]
    assert body["agreement"]["permission"] == theirs["permission"]


def _transfer(own: Connector, role: str, state: str) -> Transfer:
    offer = {"@id": "urn:offer", "@type": "Offer", "target": dataset(own).key, **USE}
    told: dict[str, Any] = {
        "connector": own, "role": role, "partner_id": PEER, "partner_address": "https://peer.example/dsp",
        "provider_pid": new_pid(), "consumer_pid": new_pid(),
    }  # fmt: skip
    agreement = _agreement(Negotiation.objects.create(**told, state="FINALIZED", offer=offer))
    return Transfer.objects.create(**told, state=state, agreement=agreement, format="HttpData-PULL")


def test_an_address_among_the_properties_is_found(own: Connector) -> None:
    row = _transfer(own, "consumer", "REQUESTED")
    space = "https://w3id.org/edc/v0.0.1/ns/"
    properties = [
        {"@type": "EndpointProperty", "name": f"{space}{name}", "value": value}
        for name, value in (("endpoint", "https://peer.example/data"), ("authorization", "x"))
    ]
    address = {
        "@type": "DataAddress", "endpointType": "https://w3id.org/idsa/v4.1/HTTP",
        "endpointProperties": properties,
    }  # fmt: skip
    assert answered(own, *said(own, row, "start", dataAddress=address)).status == 200
    row.refresh_from_db()
    assert row.data_address["endpoint"] == "https://peer.example/data"
    assert [each["name"] for each in row.data_address["endpointProperties"]] == [
        "endpoint", "authorization",
    ]  # fmt: skip


def test_whoever_goes_on_is_told_once_where_the_data_is_now() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    DatasetOffer.objects.update(is_automatic=True)
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    mine = Transfer.objects.create(
        connector=user, role="consumer", consumer_pid=new_pid(), partner_id=holder.participant_id,
        partner_address=holder.base, format="HttpData-PULL",
        agreement=Negotiation.objects.get(role="consumer").agreement,
    )  # fmt: skip
    for word in ("request", "suspension", "start"):
        send(mine, word, by=RULE)
        all_done()
    theirs = Transfer.objects.get(role="provider")
    mine.refresh_from_db()
    assert (mine.state, theirs.state, theirs.outbox) == ("STARTED", "STARTED", None)
    told = list(theirs.exchanges.values_list("is_ours", "message"))
    assert told == [(False, "request"), (True, "start"), (False, "suspension"), (False, "start"), (True, "start")]  # fmt: skip
