"""Deeds at the same time: those of one chain wait for each other, those of different chains do not."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction

from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders
from tests.core.apart import apart, clear, held

pytestmark = pytest.mark.django_db

SUBJECT = Organisation(pk=1)  # events keep its number, and do not look for it


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    yield
    clear()


def write(chain: str) -> Event:
    return audit.record("test", SUBJECT, by=builders.HOUSE, chain=chain)


def write_soon(chain: str, milliseconds: int) -> Event:
    """Write an event; where that has to wait for longer, it fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {milliseconds}")
        return write(chain)


def test_a_deed_does_not_wait_for_those_of_other_chains() -> None:
    with held(lambda: write("votes")):
        (made,) = apart(lambda: write_soon("imports", 20_000))
    assert bytes(made.previous) == bytes(32)


def test_a_deed_waits_for_those_of_its_own_chain() -> None:
    with held(lambda: write("votes")), pytest.raises(OperationalError, match="lock timeout"):
        apart(lambda: write_soon("votes", 200))


def test_who_has_waited_goes_on_from_what_was_written_meanwhile() -> None:
    numbers = range(15)

    def write_all(chain: str) -> None:
        for _ in numbers:
            write_soon(chain, 20_000)

    apart(*(partial(write_all, chain) for chain in "aabb"))
    verdict = audit.verify()
    assert not verdict.broken
    assert {name: chain.events for name, chain in verdict.chains.items()} == {"a": 30, "b": 30}


def test_a_deed_that_is_taken_back_leaves_the_chain_to_the_next() -> None:
    def taken_back() -> None:
        with transaction.atomic():
            write("votes")
            transaction.set_rollback(True)

    apart(taken_back)
    (made,) = apart(lambda: write_soon("votes", 20_000))
    assert bytes(made.previous) == bytes(32)
    assert not audit.verify().broken
