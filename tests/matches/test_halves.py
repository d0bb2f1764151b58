"""Halves of markets at hand give what the tables would, whoever asks and whatever was written."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.core import changes
from katalysator.engine.matching import Explanation
from katalysator.listings import halves
from katalysator.listings.market import Market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches import candidates as matching
from katalysator.matches.candidates import Candidates, candidates
from katalysator.matches.entries import enter
from katalysator.matches.halves import ReadHalf, read_half
from katalysator.matches.models import MarketEntry
from katalysator.matches.nearest import nearest
from tests import builders
from tests.examples import examples
from tests.matches.steps import FAR, NEED, OFFER
from tests.matches.test_candidates import listing
from tests.matches.test_constraints import Fields, listed, towns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_at_hand() -> Iterator[None]:
    halves.forget()
    yield
    halves.forget()


def offers() -> ReadHalf | None:
    return read_half("expertise", Kind.OFFER, changes.states())


def in_tables(of: Listing, asker: Any, **asked: Any) -> Candidates | None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(halves, "MOST", 0)
        halves.forget()
        found = candidates(of, seen_by=asker, **asked)
    halves.forget()
    return found


def why(found: Candidates | None) -> list[Explanation]:
    assert found is not None
    return [each.explanation for each in found.items]


@settings(examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(towns(), st.lists(st.booleans(), min_size=12, max_size=12), st.sampled_from([1, 2, 80]))
def test_both_ways_find_the_same(
    tide: type[Market],
    town: tuple[str, list[Fields], list[Fields]],
    are_public: list[bool],
    most: int,
) -> None:
    with pytest.MonkeyPatch.context() as patched, listed(*town) as (needs, offers):
        patched.setattr(matching, "SCORED", most)
        every = [*needs, *offers]
        for number, (each, is_public) in enumerate(zip(every, are_public, strict=False)):
            each.state, each.title = OPEN, ["Zeehonden tellen", "Beelden lezen", "x"][number % 3]
            each.visibility = ["participants", "everyone"][is_public]
            each.save()
        enter(every)
        member = builders.person(every[0].organisation)
        for asker in (AnonymousUser(), member, builders.person()):
            for each in every:
                also = [every[0].pk, every[-1].pk]
                found = candidates(each, seen_by=asker, also=also)
                assert found == in_tables(each, asker, also=also)
                assert why(found) == why(in_tables(each, asker, also=also))


@pytest.mark.parametrize("count", range(3, 8))
def test_of_offers_that_say_the_same_the_first_are_seen(count: int) -> None:
    need, same = listing(**NEED), [listing(Kind.OFFER, **OFFER) for _ in range(count)]
    found = nearest(need, changes.states(), seen_by=builders.person(), most=2)
    assert found is not None
    assert [each.pk for each in found.others] == [each.pk for each in same[:2]]


def test_of_offers_that_say_the_same_the_first_are_seen_in_tables_wherever_their_rows_lie() -> None:
    need, same = listing(**NEED), [listing(Kind.OFFER, **OFFER) for _ in range(40)]
    for each in reversed(same):  # a row that is written moves to the end of its table
        Listing.objects.filter(pk=each.pk).update(title=each.title)
    found = nearest(need, changes.states(), seen_by=None, most=2)
    assert found is not None
    assert [each.pk for each in found.others] == [each.pk for each in same[:2]]


def test_only_rows_that_changed_are_read_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = listing(Kind.OFFER, **OFFER), listing(Kind.OFFER, **FAR)
    before = offers()
    assert before is not None
    Listing.objects.filter(pk=second.pk).update(title="Anders")
    after = offers()
    assert after is not None
    assert after.entries[0] is before.entries[0]
    assert [each.listing.title for each in after.entries] == [first.title, "Anders"]
    with django_assert_num_queries(1):
        assert offers() is after


@pytest.mark.parametrize(
    ("write", "shown"),
    [
        (
            lambda of: Listing.objects.filter(pk=of.pk).update(pressure=0.9),
            lambda e: e.listing.pressure,
        ),
        (lambda of: MarketEntry.objects.filter(pk=of.pk).update(mean=0.3), lambda e: e.mean),
        (
            lambda of: Organisation.objects.filter(pk=of.organisation_id).update(name="Anders"),
            lambda e: e.listing.organisation.name,
        ),
    ],
)
def test_a_write_is_seen_at_once_and_what_is_taken_back_never_was(
    write: Callable[[Listing], object], shown: Callable[[MarketEntry], object]
) -> None:
    def says() -> object:
        now = offers()
        assert now is not None
        return shown(now.entries[0])

    offer = listing(Kind.OFFER, **OFFER)
    before = says()
    with transaction.atomic():
        write(offer)
        assert says() != before
        transaction.set_rollback(True)
    assert says() == before


def test_what_is_closed_leaves_and_comes_back() -> None:
    offer = listing(Kind.OFFER, **OFFER)
    for state, rows in ((OPEN, 1), ("closed", 0), (OPEN, 1)):
        Listing.objects.filter(pk=offer.pk).update(state=state)
        now = offers()
        assert now is not None
        assert len(now.row) == rows


def test_a_half_that_is_large_or_not_read_yet_is_asked_in_the_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listing(Kind.OFFER, **OFFER)
    unread = builders.listing(builders.organisation(), Kind.OFFER)
    assert offers() is None
    enter([unread])
    assert offers() is not None
    monkeypatch.setattr(halves, "MOST", 1)
    listing(Kind.OFFER, **FAR)
    assert offers() is None


def test_all_halves_together_take_no_more_than_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    need, _offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
    monkeypatch.setattr(halves, "ROOM", 1)
    assert offers() is not None
    assert read_half("expertise", Kind.NEED, changes.states()) is None
    found = candidates(need, seen_by=AnonymousUser())
    assert found is not None
    assert len(found.items) == 1
