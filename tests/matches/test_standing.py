"""What is usual for each listing in its market, and when it is found again."""

from typing import Any

import pytest

from katalysator.engine.matching import QUICK
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import profile, renew_standing, standing_is_stale
from katalysator.matches.models import MarketEntry, Match
from katalysator.matches.search import rematch, rescore
from katalysator.readings.careful import read_carefully
from tests import builders
from tests.matches.encoders import Plain
from tests.matches.steps import FAR, NEED, OFFER

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, **fields)


def entry(of: Listing) -> MarketEntry:
    return MarketEntry.objects.get(listing=of)


def test_a_listing_alone_stands_as_is_usual_elsewhere() -> None:
    need = listing(**NEED)
    rematch(need)
    assert (entry(need).mean, entry(need).spread) == (QUICK.mean, QUICK.spread)
    assert entry(need).others == 0


def test_a_listing_is_set_against_the_open_ones_of_the_other_half_whoever_sees_them() -> None:
    need = listing(**NEED)
    offers = [listing(Kind.OFFER, **OFFER) for _ in range(3)]
    offers.append(listing(Kind.OFFER, **FAR, visibility="participants"))
    closed = verbs.move(listing(Kind.OFFER, **OFFER), "close", by=builders.HOUSE)
    for each in (*offers, closed, need):
        rematch(each)
    assert entry(need).others == 4
    assert entry(need).mean > QUICK.mean


def test_it_is_stale_when_a_twentieth_came_or_went() -> None:
    listings = [listing(), *(listing(Kind.OFFER) for _ in range(2))]
    for each in listings:
        rematch(each)
    assert standing_is_stale("expertise")
    assert renew_standing("expertise") == 3
    assert not standing_is_stale("expertise")
    rematch(listing(Kind.OFFER))
    assert standing_is_stale("expertise")


def test_renewed_and_scored_again_it_is_as_if_all_had_come_at_once() -> None:
    need = listing(**NEED)
    rematch(need)
    for _ in range(3):
        rematch(listing(Kind.OFFER, **OFFER))
    before = dict(Match.objects.values_list("offer", "score"))
    renew_standing("expertise")
    assert rescore("expertise") == 3
    after = dict(Match.objects.values_list("offer", "score"))
    assert after != before
    assert max(after.values()) == pytest.approx(min(after.values()), abs=1e-5)
    rematch(need)
    assert dict(Match.objects.values_list("offer", "score")) == pytest.approx(after)
    assert Listing.objects.get(pk=need.pk).best_inside == pytest.approx(max(after.values()))


def test_another_market_is_left_alone() -> None:
    rematch(listing())
    assert not standing_is_stale("teaching")
    assert renew_standing("teaching") == 0


def test_being_read_carefully_is_a_change_too() -> None:
    listings = [listing(), *(listing(Kind.OFFER) for _ in range(2))]
    for each in listings:
        rematch(each)
    renew_standing("expertise")
    assert not standing_is_stale("expertise")
    read_carefully([profile(each) for each in listings], Plain("plain"))
    assert standing_is_stale("expertise")
    renew_standing("expertise")
    assert entry(listings[0]).careful_others == 2
    assert not standing_is_stale("expertise")
