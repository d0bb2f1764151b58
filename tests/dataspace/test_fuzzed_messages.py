"""Messages of which something was changed at random, at every door: never a failure of ours, and an error changes nothing."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Negotiation,
    ProtocolExchange,
    Transfer,
)
from katalysator.dataspace.protocol.machines import PATHS, TYPES, ProtocolRole
from tests.dataspace.conformance.peer import CONTEXT
from tests.dataspace.speaking import answered, said
from tests.dataspace.test_table import CELLS, PEER, _row
from tests.dataspace.world import connector

pytestmark = pytest.mark.django_db
_LETTERS: Final = st.text(max_size=20) | st.sampled_from(
    [CONTEXT, "urn:dataset:1", PEER, "ACCEPTED", "odrl:use", "", "\x00", "\ud800", "a" * 3_000]
)
_LEAVES: Final = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _LETTERS
_JSON: Final = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_LETTERS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def changed(draw: st.DrawFn, told: Any) -> Any:
    """A message of which one or two places hold something else, or nothing."""
    copy = json.loads(json.dumps(told))
    for _ in range(draw(st.integers(1, 2))):
        holder, key = draw(st.sampled_from(list(_places(copy))))
        if draw(st.booleans()) and isinstance(holder, dict):
            holder.pop(key)
        else:
            holder[key] = draw(_JSON)
        if not copy:
            break
    return copy


def _places(told: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a message: what holds it, and by which key."""
    names = told.items() if isinstance(told, dict) else enumerate(told)
    for key, inner in names:
        yield told, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _all() -> list[Any]:
    """All that there is of processes."""
    fields = ("pk", "state", "outbox", "heard", "reason")
    return [
        *Negotiation.objects.order_by("pk").values_list(*fields, "offer"),
        *Transfer.objects.order_by("pk").values_list(*fields, "data_address"),
        *Agreement.objects.order_by("pk").values_list("pk", "policy"),
        ProtocolExchange.objects.count(),
    ]


@pytest.fixture
def own() -> Connector:
    return connector(name="Voorbeeld Lab")


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_changed_message_in_any_state_is_taken_or_changes_nothing(
    own: Connector, data: st.DataObject
) -> None:
    kind, role, state, word = data.draw(st.sampled_from(CELLS))
    _clear(own)
    row = _row(own, kind, role, state)
    where, told = said(own, row, word)
    _holds(own, where, data.draw(changed(told)))


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_changed_first_message_begins_something_or_nothing(
    own: Connector, data: st.DataObject
) -> None:
    kind, word = data.draw(
        st.sampled_from([("negotiation", "request"), ("negotiation", "offer"), ("transfer", "request")])
    )  # fmt: skip
    _clear(own)
    row = _row(own, "transfer", ProtocolRole.PROVIDER, "REQUESTED")
    offer = {"@id": f"{row.agreement.dataset_key}:offer", "@type": "Offer", "target": row.agreement.dataset_key,
             "permission": [{"action": "use", "constraint": [
                 {"leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": ["research"]}
             ]}]}  # fmt: skip
    told: dict[str, Any] = {
        "@context": [CONTEXT], "@id": "urn:uuid:1", "@type": TYPES[kind][word],
        "callbackAddress": "https://peer.example/dsp",
        "providerPid" if word == "offer" else "consumerPid": "urn:uuid:new",
    }  # fmt: skip
    if kind == "negotiation":
        told |= {"offer": offer, "declared": {"purpose": ["research"]}}
    else:
        told |= {"agreementId": row.agreement.key, "format": "HttpData-PULL"}
    _holds(own, f"{kind}s/{PATHS[kind][word]}", data.draw(changed(told)))


def _clear(own: Connector) -> None:
    """Forget the example before."""
    own.datasets.all().delete()
    own.negotiations.all().delete()


def _holds(own: Connector, where: str, told: Any) -> None:
    before = _all()
    answer = answered(own, where, told, speaker=PEER)
    assert answer.status < 500
    json.dumps(answer.told)
    if answer.status >= 400:
        assert _all() == before
        assert answer.told is not None
        assert answer.told["@type"].endswith("Error")
        assert answer.told["reason"]
