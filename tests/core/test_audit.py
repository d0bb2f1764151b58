"""The audit trail: written once, chained, and every later change shows."""

import pytest
from django.db import DatabaseError, connection, transaction

from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail() -> list[Event]:
    owner = builders.organisation()
    return [audit.record(f"test.{n}", owner, by=None, after={"n": n}) for n in range(3)]


def test_an_untouched_trail_holds(trail: list[Event]) -> None:
    verdict = audit.verify()
    assert verdict.holds
    assert verdict.events == 3
    assert verdict.head == bytes(trail[-1].digest)


def test_an_empty_trail_holds() -> None:
    assert audit.verify() == audit.Verdict(0, None, bytes(32))


def test_the_chain_starts_from_zeros_and_links_on(trail: list[Event]) -> None:
    assert bytes(trail[0].previous) == bytes(32)
    assert bytes(trail[1].previous) == bytes(trail[0].digest)


@pytest.mark.parametrize(
    "change",
    ["UPDATE core_event SET verb = 'x'", "DELETE FROM core_event", "TRUNCATE core_event"],
)
def test_the_database_refuses_every_change(trail: list[Event], change: str) -> None:
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(change)
    assert Event.objects.count() == 3


def _behind_the_trigger(change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER USER")
        cursor.execute(change)
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "column", ["verb = 'x'", "actor = 7", "reason = 'x'", "at = now()", "after = '{}'"]
)
def test_a_changed_event_is_named(trail: list[Event], column: str) -> None:
    _behind_the_trigger(f"UPDATE core_event SET {column} WHERE id = {trail[1].pk}")
    assert audit.verify().broken == trail[1].pk


def test_a_missing_event_shows_at_the_next(trail: list[Event]) -> None:
    _behind_the_trigger(f"DELETE FROM core_event WHERE id = {trail[1].pk}")
    verdict = audit.verify()
    assert (verdict.events, verdict.broken) == (1, trail[2].pk)


@pytest.mark.django_db(transaction=False)
def test_an_event_outside_a_transaction_is_refused() -> None:
    owner = builders.organisation()
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(transaction.TransactionManagementError):
            audit.record("test", owner, by=None)
    finally:
        connection.in_atomic_block = before
