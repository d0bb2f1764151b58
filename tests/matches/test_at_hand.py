"""Entries at hand are those of the database, and read once while nothing changes in their market."""

import pytest
from django.db import transaction

from katalysator.coalition.models import Organisation
from katalysator.core import changes
from katalysator.listings.models import Kind, Listing, half_of
from katalysator.matches.at_hand import entries_at_hand
from katalysator.matches.candidates import candidates
from katalysator.matches.models import MarketEntry
from tests import builders
from tests.matches.steps import NEED, OFFER
from tests.matches.test_candidates import listing

pytestmark = pytest.mark.django_db


def at_hand(*listings: Listing) -> dict[int, MarketEntry]:
    market = listings[0].market
    state = changes.state(*(half_of(market, kind) for kind in Kind))
    return entries_at_hand(market, [each.pk for each in listings], state)


def test_each_is_read_once_whoever_asks_for_it() -> None:
    first, second = listing(**NEED), listing(Kind.OFFER, **OFFER)
    [one] = at_hand(first).values()
    assert at_hand(first, second)[first.pk] is one


def test_what_was_not_read_or_stands_elsewhere_has_none() -> None:
    read, unread = listing(**NEED), builders.listing(builders.organisation())
    assert at_hand(read, unread).keys() == {read.pk}
    assert entries_at_hand("pilot", [read.pk], changes.state("pilot")) == {}


def test_a_write_to_what_it_is_made_of_is_seen_at_once() -> None:
    offer = listing(Kind.OFFER, **OFFER)
    for name in ("A", "B"):
        Listing.objects.filter(pk=offer.pk).update(title=name)
        assert at_hand(offer)[offer.pk].listing.title == name
        Organisation.objects.filter(pk=offer.organisation_id).update(name=name)
        assert at_hand(offer)[offer.pk].listing.organisation.name == name
        MarketEntry.objects.filter(pk=offer.pk).update(mean=ord(name))
        assert at_hand(offer)[offer.pk].mean == ord(name)


def test_what_is_taken_back_was_never_there() -> None:
    offer = listing(Kind.OFFER, **OFFER)
    with transaction.atomic():
        Listing.objects.filter(pk=offer.pk).update(title="Anders")
        assert at_hand(offer)[offer.pk].listing.title == "Anders"
        transaction.set_rollback(True)
    assert at_hand(offer)[offer.pk].listing.title == OFFER["title"]


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
