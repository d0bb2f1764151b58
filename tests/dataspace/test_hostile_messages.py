"""What programs may send by mistake or to harm: the protocol's error with a reason, and nothing has changed."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from katalysator.dataspace.models import Connector, Negotiation, ProtocolExchange, Transfer
from tests.dataspace.conformance.peer import CONTEXT, USE
from tests.dataspace.speaking import answered, some_key
from tests.dataspace.world import connector, dataset

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Connector:
    own = connector(name="Voorbeeld Lab")
    dataset(own, "urn:dataset:1")
    return own


def _request(**changed: Any) -> dict[str, Any]:
    offer = {"@id": "urn:dataset:1:offer", "@type": "Offer", "target": "urn:dataset:1", **USE}
    told = {
        "@context": [CONTEXT], "@type": "ContractRequestMessage", "consumerPid": some_key(),
        "callbackAddress": "https://peer.example/dsp", "offer": offer,
    }  # fmt: skip
    return {name: each for name, each in (told | changed).items() if each is not None}


def _deep(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"leftOperand": "purpose", "operator": "eq", "rightOperand": "x"}
    for _ in range(levels):
        inner = {"and": [inner]}
    return inner


WRONG: dict[str, Any] = {
    "no context": _request(**{"@context": None}),
    "a context that is no list": _request(**{"@context": CONTEXT}),
    "another context": _request(**{"@context": ["https://example.org/"]}),
    "another type": _request(**{"@type": "ContractOfferMessage"}),
    "no pid": _request(consumerPid=None),
    "a pid that is a number": _request(consumerPid=12),
    "both pids": _request(providerPid="urn:uuid:1"),
    "nowhere to answer": _request(callbackAddress=None),
    "no address": _request(callbackAddress="niet een adres"),
    "our own machine": _request(callbackAddress="http://127.0.0.1:5432/"),
    "a private machine": _request(callbackAddress="https://10.0.0.8/dsp"),
    "a name and a password": _request(callbackAddress="https://a:b@peer.example/"),
    "no offer": _request(offer=None),
    "an offer that is not there": _request(offer={"@id": "urn:x", "@type": "Offer", **USE}),
    "an offer of another dataset": _request(
        offer={"@id": "urn:dataset:1:offer", "@type": "Offer", "target": "urn:x", **USE}
    ),
    "no rules": _request(offer={"@id": "urn:dataset:1:offer", "@type": "Offer"}),
    "no rules in a list": _request(
        offer={"@id": "urn:dataset:1:offer", "@type": "Offer", "permission": []}
    ),
    "an operator that is none": _request(
        offer={"@id": "urn:dataset:1:offer", "@type": "Offer", "permission": [
            {"action": "use", "constraint": [{"leftOperand": "a", "operator": "like", "rightOperand": "b"}]}
        ]}
    ),
    "constraints too deep": _request(
        offer={"@id": "urn:dataset:1:offer", "@type": "Offer", "permission": [
            {"action": "use", "constraint": [_deep(40)]}
        ]}
    ),
    "a pid with a zero": _request(consumerPid="a\x00b"),
    "a pid with half a letter": _request(consumerPid="a\ud800"),
    "a pid without letters": _request(consumerPid=""),
    "a pid without end": _request(consumerPid="a" * 301),
    "a zero anywhere": _request(more={"deep": ["\x00"]}),
    "no number": json.dumps(_request()).replace("}", ', "more": NaN}').encode(),
    "a number without end": json.dumps(_request()).replace("}", ', "more": 1e999}').encode(),
    "a list": [],
    "no JSON": b"{",
    "nothing": b"",
    "other letters": b"\xff\xfe",
    "very deep": b"[" * 100_000,
    "very long": b" " * (300 << 10),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_request_is_refused_with_a_reason(own: Connector, name: str) -> None:
    answer = answered(own, "negotiations/request", WRONG[name])
    assert answer.status == 400, answer
    assert answer.told is not None
    assert answer.told["@type"] == "ContractNegotiationError"
    assert answer.told["reason"]
    assert {"providerPid", "consumerPid"} <= answer.told.keys()
    assert not Negotiation.objects.exists()


def test_a_request_that_is_right_begins_one_negotiation_however_often_it_comes(
    own: Connector,
) -> None:
    told = _request()
    first, again = (answered(own, "negotiations/request", told) for _ in range(2))
    assert first.status == again.status == 201
    assert first.told == again.told
    assert Negotiation.objects.count() == 1


@pytest.mark.parametrize(
    "where", ["catalog/datasets/\x00", "negotiations/\x00", "transfers/\ud800"]
)
def test_a_path_that_nothing_can_be_called_leads_nowhere(own: Connector, where: str) -> None:
    assert answered(own, where, b"", method="GET").status == 404


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_DOORS = (
    "catalog/request", "catalog/request?page=0", "catalog/datasets/x", "negotiations/request", "negotiations/offers",
    "negotiations/urn:uuid:1", "negotiations/urn:uuid:1/termination", "transfers/request", "transfers/x/start", "", "x",
    "negotiations/a/b/c/d", "../../etc/passwd",
)  # fmt: skip


@given(
    where=st.sampled_from(_DOORS) | st.text(max_size=30),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", ""]),
    changed=st.dictionaries(
        st.sampled_from(["@context", "@type", "consumerPid", "callbackAddress", "offer", "providerPid"]), _JSON, max_size=3
    ),
    raw=st.none() | st.binary(max_size=60),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_sent_is_answered_and_an_error_changes_nothing(
    own: Connector, where: str, method: str, changed: dict[str, Any], raw: bytes | None
) -> None:
    before = (
        Negotiation.objects.count(),
        Transfer.objects.count(),
        ProtocolExchange.objects.count(),
    )
    answer = answered(own, where, _request(**changed) if raw is None else raw, method=method)
    assert answer.status < 500
    json.dumps(answer.told)
    if answer.status >= 400:
        after = (
            Negotiation.objects.count(),
            Transfer.objects.count(),
            ProtocolExchange.objects.count(),
        )
        assert before == after
        assert answer.told is not None
        assert answer.told["@type"] in ("CatalogError", "ContractNegotiationError", "TransferError")
