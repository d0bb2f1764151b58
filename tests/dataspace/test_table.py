"""Every state with every message from either side: taken as the table says, or refused without any change."""

import itertools
from typing import Any

import pytest
from django.db import transaction

from katalysator.dataspace.models import Agreement, Connector, Negotiation, Transfer
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.machines import (
    BEGUN,
    NEGOTIATION,
    PATHS,
    TRANSFER,
    ProtocolMachine,
    ProtocolRole,
)
from tests.dataspace.conformance.peer import USE
from tests.dataspace.speaking import answered, said
from tests.dataspace.world import connector, dataset

pytestmark = pytest.mark.django_db
PEER = "urn:peer"


def _row(own: Connector, kind: str, role: ProtocolRole, state: str) -> Any:
    row = dataset(own)
    told: dict[str, Any] = {
        "connector": own, "role": role, "partner_id": PEER, "partner_address": "https://peer.example/dsp",
        "provider_pid": new_pid(), "consumer_pid": new_pid(),
    }  # fmt: skip
    offer = {"@id": f"{row.key}:offer", "@type": "Offer", "target": row.key, **USE}
    if kind == "negotiation":
        made = Negotiation.objects.create(**told, state=state, offer=offer)
        if state in ("AGREED", "VERIFIED", "FINALIZED"):
            _agreement(made)
        return made
    negotiation = Negotiation.objects.create(**told, state="FINALIZED", offer=offer)
    agreement = _agreement(negotiation)
    return Transfer.objects.create(**told, state=state, agreement=agreement, format="HttpData-PULL")


def _agreement(negotiation: Negotiation) -> Agreement:
    return Agreement.objects.create(
        negotiation=negotiation, connector=negotiation.connector, key=new_pid(), role=negotiation.role,
        partner_id=PEER, dataset_key=negotiation.dataset_key, policy={"@id": "x", **USE},
    )  # fmt: skip


def _states(machine: ProtocolMachine) -> list[str]:
    return [state for state in machine.states if state != BEGUN]


CELLS = [
    (kind, role, state, word)
    for kind, machine in (("negotiation", NEGOTIATION), ("transfer", TRANSFER))
    for role, state, word in itertools.product(ProtocolRole, _states(machine), PATHS[kind])
    if not (kind == "transfer" and word == "request")  # it has no address in a process
]


@pytest.mark.parametrize("kind", ["negotiation", "transfer"])
@pytest.mark.parametrize("role", ProtocolRole)
def test_each_cell_of_the_table(kind: str, role: ProtocolRole) -> None:
    own = connector(name="Voorbeeld Lab")
    machine = NEGOTIATION if kind == "negotiation" else TRANSFER
    cells = [cell for cell in CELLS if cell[:2] == (kind, role)]
    assert len(cells) == {"negotiation": 49, "transfer": 20}[kind]
    for _kind, _role, state, word in cells:
        with transaction.atomic():
            row = _row(own, kind, role, state)
            target = machine.taken(state, word, role.other)
            answer = answered(own, *said(own, row, word))
            row.refresh_from_db()
            if target is None:
                assert answer.status == 400, (state, word, answer)
                assert row.state == state
                assert not row.exchanges.exists()
                assert answer.told is not None
                assert answer.told["@type"].endswith("Error")
            else:
                assert answer.status == 200, (state, word, answer)
                assert row.exchanges.first().after == target
            transaction.set_rollback(True)


def test_a_message_of_somebody_else_is_about_nothing() -> None:
    own = connector(name="Voorbeeld Lab")
    row = _row(own, "negotiation", ProtocolRole.PROVIDER, "REQUESTED")
    where, told = said(own, row, "termination")
    unknown = answered(own, where.replace(row.pid, new_pid()), told)
    foreign = answered(own, where, told, speaker="urn:somebody-else")
    assert unknown.status == foreign.status == 404
    assert {**(unknown.told or {}), "code": ""} == {**(foreign.told or {}), "code": ""}
    row.refresh_from_db()
    assert row.state == "REQUESTED"


@pytest.mark.parametrize("pid", ["providerPid", "consumerPid"])
def test_pids_that_are_not_those_of_the_path_are_refused(pid: str) -> None:
    own = connector(name="Voorbeeld Lab")
    row = _row(own, "negotiation", ProtocolRole.PROVIDER, "REQUESTED")
    answer = answered(own, *said(own, row, "termination", **{pid: new_pid()}))
    assert answer.status == 400
    row.refresh_from_db()
    assert row.state == "REQUESTED"


def test_the_same_message_twice_is_taken_once() -> None:
    own = connector(name="Voorbeeld Lab")
    row = _row(own, "negotiation", ProtocolRole.PROVIDER, "OFFERED")
    where, told = said(own, row, "request")
    assert [answered(own, where, told).status for _ in range(3)] == [200, 200, 200]
    assert row.exchanges.count() == 1
    another = {**told, "@id": new_pid()}
    assert answered(own, where, another).status == 400


def test_an_agreement_on_something_else_is_refused() -> None:
    own = connector(name="Voorbeeld Lab")
    row = _row(own, "negotiation", ProtocolRole.CONSUMER, "REQUESTED")
    where, told = said(own, row, "agreement")
    for name, other in (("target", "urn:other"), ("assigner", "urn:x"), ("assignee", "urn:x")):
        wrong = {**told, "agreement": {**told["agreement"], name: other}}
        assert answered(own, where, wrong).status == 400
    assert not Agreement.objects.exists()
