"""Entries as they are read: for whom they are, and that no reader takes anything from the next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from katalysator.core import changes
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.nearest import nearest
from katalysator.matches.reading import read_entries, read_to_score
from katalysator.search.related import sought_by
from tests import builders
from tests.matches.steps import NEED, OFFER
from tests.matches.test_candidates import listing

pytestmark = pytest.mark.django_db


def test_what_was_not_read_or_stands_elsewhere_has_none() -> None:
    read, unread = listing(**NEED), builders.listing(builders.organisation())
    assert read_entries(read.market, [read.pk, unread.pk]).keys() == {read.pk}
    assert read_entries("pilot", [read.pk]) == {}


def test_what_a_stranger_is_not_told_stays_for_others() -> None:
    """How wanted an offer is: it is left out for one reader, and not taken from the next."""
    need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
    Listing.objects.filter(pk=offer.pk).update(price=0.4, pressure=0.9)
    stranger, all_of_it = builders.person(), None
    busy = [
        candidates(need, seen_by=each).items[0].explanation.busy  # type: ignore[union-attr]
        for each in (all_of_it, stranger, all_of_it)
    ]
    assert busy == ["crowded", "quiet", "crowded"]


def test_what_is_scored_needs_no_more_than_was_read(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    need = Listing.objects.get(pk=listing(**NEED).pk)
    offers = [listing(Kind.OFFER, **OFFER).pk for _ in range(3)]
    with django_assert_num_queries(1):
        read = read_to_score(need.market, offers)
        assert {(each.listing.price, each.reading.lean) for each in read}
    whole = read_entries(need.market, offers)
    for each in read:
        assert (each.meaning == whole[each.pk].meaning).all()
        assert each.listing.skills == whole[each.pk].listing.skills


def test_one_that_went_meanwhile_is_left_out() -> None:
    need = Listing.objects.get(pk=listing(**NEED).pk)
    stays, goes = (listing(Kind.OFFER, **OFFER) for _ in range(2))
    found = nearest(need, changes.states(), seen_by=None, most=80)
    assert found is not None
    Listing.objects.filter(pk=goes.pk).delete()
    told = found.in_full(range(2))
    assert [each.pk for each, _ in told.values()] == [stays.pk]
    assert [other.title for _, other in told.values()] == [stays.title]


def test_a_meaning_that_came_along_is_not_asked_for() -> None:
    number = listing(**NEED).pk
    entry = read_entries(Listing.objects.get(pk=number).market, [number])[number]
    Listing.objects.filter(pk=number).update(reading_id=entry.reading_id)
    bare, shown = Listing.objects.get(pk=number), Listing.objects.with_all_shown().get(pk=number)
    asked = []
    for each in (bare, shown):
        with CaptureQueriesContext(connection) as queries:
            query = sought_by(each)
        assert query is not None
        assert (query.meaning == entry.meaning).all()
        asked.append(sum("halfvec_send" in one["sql"] for one in queries))
    assert asked == [1, 0]
