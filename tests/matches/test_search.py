"""Matches kept in the tables: found again when something changes, divided a market at a time."""

from math import exp
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.entries import enter, renew_standing
from katalysator.matches.models import MarketAllocation, MarketEntry, Match
from katalysator.matches.search import WORTH_KEEPING, rematch
from katalysator.readings.texts import renew_lexicon
from tests import builders
from tests.matches.steps import FAR, NEED, OFFER, match_all

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, slug: str = "expertise", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, slug, **fields)


def pairs() -> set[tuple[int, int]]:
    return set(Match.objects.values_list("need", "offer"))


def best(of: Listing) -> tuple[float, float]:
    row = Listing.objects.get(pk=of.pk)
    return row.best, row.best_inside


class TestFindingAgain:
    def test_a_match_is_kept_with_its_score_and_parts(self) -> None:
        need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
        enter([offer])
        assert rematch(need) == 1
        match = Match.objects.get()
        assert (match.need, match.offer, match.market) == (need, offer, "expertise")
        assert match.score == pytest.approx(1 / (1 + exp(-sum(match.parts.values()))), abs=1e-5)
        assert best(need) == best(offer) == (match.score, match.score)

    def test_it_does_not_matter_which_side_asks(self) -> None:
        need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
        enter([need, offer])
        renew_lexicon()
        renew_standing("expertise")
        rematch(need)
        from_need = Match.objects.values("need", "offer", "score", "parts").get()
        rematch(offer)
        assert Match.objects.values("need", "offer", "score", "parts").get() == from_need

    def test_what_hardly_fits_is_not_kept(self) -> None:
        need = listing(**NEED)
        enter([listing(Kind.OFFER, **FAR)])
        assert rematch(need) == 0
        assert WORTH_KEEPING == 0.1
        assert (pairs(), best(need)) == (set(), (0, 0))

    def test_what_was_never_read_is_read(self) -> None:
        need = listing()
        rematch(need)
        assert MarketEntry.objects.filter(listing=need).exists()

    @pytest.mark.parametrize("verb", ["close", "settle", "expire", "withdraw"])
    def test_what_is_not_open_loses_its_matches_and_so_do_the_others(self, verb: str) -> None:
        need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
        match_all()
        assert best(offer)[0] > 0
        assert rematch(verbs.move(need, verb, by=builders.HOUSE)) == 0
        assert (pairs(), best(need), best(offer)) == (set(), (0, 0), (0, 0))

    def test_a_changed_listing_changes_partner(self) -> None:
        need = listing(**NEED)
        scans, farms = listing(Kind.OFFER, **OFFER), listing(Kind.OFFER, **FAR)
        match_all()
        assert pairs() == {(need.pk, scans.pk)}
        rematch(verbs.edit(need, by=builders.HOUSE, content=builders.content(**FAR)))
        assert pairs() == {(need.pk, farms.pk)}
        assert best(scans) == (0, 0)

    def test_best_counts_for_everyone_what_everyone_sees(self) -> None:
        need = listing(**NEED)
        open_to_all = listing(Kind.OFFER, **NEED)
        inside = listing(Kind.OFFER, **OFFER, visibility="participants")
        match_all()
        score = dict(Match.objects.values_list("offer", "score"))
        assert score[inside.pk] != score[open_to_all.pk]
        assert best(need) == (score[open_to_all.pk], max(score.values()))
        assert best(inside) == (score[inside.pk], score[inside.pk])

    def test_twice_changes_nothing(self) -> None:
        needs = [listing(**NEED), listing(title="Scans van longen")]
        [listing(Kind.OFFER, **OFFER) for _ in range(2)]
        match_all()
        before = list(Match.objects.values_list("need", "offer", "score").order_by("need", "offer"))
        bests = list(Listing.objects.order_by("pk").values_list("best", "best_inside"))
        assert rematch(needs[0]) == rematch(needs[0]) == 2
        assert (
            list(Match.objects.values_list("need", "offer", "score").order_by("need", "offer"))
            == before
        )
        assert list(Listing.objects.order_by("pk").values_list("best", "best_inside")) == bests

    def test_a_partner_that_is_gone_is_nobodys_best(self) -> None:
        need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
        match_all()
        offer.delete()
        rematch(need)
        assert best(need) == (0, 0)

    def test_a_popular_offer_keeps_all_who_chose_it(self) -> None:
        offer = listing(Kind.OFFER, **OFFER)
        needs = [listing(**NEED) for _ in range(22)]
        enter([offer, *needs])
        renew_lexicon()
        for need in needs:
            rematch(need)
        assert len(pairs()) == 22
        rematch(offer)
        assert len(pairs()) == 22
        assert all(best(need)[0] > 0 for need in needs)

    def test_who_no_longer_may_is_not_kept_however_popular(self) -> None:
        offer = listing(Kind.OFFER, **OFFER)
        need = listing(**NEED, regions=("NL31",), region_required=True)
        match_all()
        assert pairs() == {(need.pk, offer.pk)}
        elsewhere = builders.content(**OFFER, regions=("NL42",))
        rematch(verbs.edit(offer, by=builders.HOUSE, content=elsewhere))
        assert pairs() == set()


class TestDividing:
    def test_nobody_gets_more_than_there_is(self) -> None:
        needs = [listing(**NEED) for _ in range(3)]
        offer = listing(Kind.OFFER, **OFFER, capacity=2)
        match_all()
        assert len(pairs()) == len(needs)
        assert sum(Match.objects.values_list("seats", flat=True)) == 2
        assert set(Match.objects.values_list("offer", flat=True)) == {offer.pk}

    def test_a_need_for_several_may_find_them_at_several(self) -> None:
        need = listing(**NEED, capacity=3)
        one, two = listing(Kind.OFFER, **OFFER), listing(Kind.OFFER, **OFFER, capacity=5)
        match_all()
        assert dict(Match.objects.values_list("offer", "seats")) in (
            {one.pk: 1, two.pk: 2},
            {one.pk: 0, two.pk: 3},
        )
        assert Match.objects.filter(need=need).count() == 2

    def test_the_sum_of_scores_is_as_high_as_can_be(self) -> None:
        words = ("longscans", "hartfilms", "huidvlekken", "botbreuken")
        needs = [
            listing(title=f"Herkennen van {word}", text=f"Wij zoeken hulp met {word}.")
            for word in words
        ]
        offers = [
            listing(Kind.OFFER, title=f"Wij herkennen {word}", text=f"Beeldherkenning van {word}.")
            for word in reversed(words)
        ]
        match_all()
        score = {(n, o): s for n, o, s in Match.objects.values_list("need", "offer", "score")}
        worth = np.array([[score.get((n.pk, o.pk), 0.0) for o in offers] for n in needs])
        rows, columns = linear_sum_assignment(-worth)
        optimal = worth[rows, columns].sum()
        made = MarketAllocation.objects.latest()
        given = sum(s * seats for s, seats in Match.objects.values_list("score", "seats"))
        assert given == pytest.approx(made.value)
        assert given == pytest.approx(optimal, rel=1e-3)
        assert made.bound >= optimal - 1e-9
        assert made.placed == 4
        assert made.pairs == len(score)

    def test_who_is_fought_for_gets_a_price(self) -> None:
        [listing(**NEED) for _ in range(3)]
        wanted = listing(Kind.OFFER, **OFFER)
        quiet = listing(Kind.OFFER, **FAR)
        match_all()
        wanted.refresh_from_db()
        quiet.refresh_from_db()
        assert wanted.price > 0.3
        assert 0.5 < wanted.pressure <= 1
        assert (quiet.price, quiet.pressure) == (0, 0)

    def test_a_price_goes_with_the_rush(self) -> None:
        needs = [listing(**NEED) for _ in range(2)]
        wanted = listing(Kind.OFFER, **OFFER)
        match_all()
        verbs.move(needs[0], "close", by=builders.HOUSE)
        match_all()
        wanted.refresh_from_db()
        assert (wanted.price, wanted.pressure) == (0, 0)
        assert Match.objects.get().seats == 1

    @pytest.mark.parametrize("number", ["price", "pressure"])
    def test_a_small_change_is_written_and_one_that_nobody_notices_is_not(
        self, number: str
    ) -> None:
        [listing(**NEED) for _ in range(3)]
        wanted = listing(Kind.OFFER, **OFFER)
        match_all()
        wanted.refresh_from_db()
        settled = getattr(wanted, number)
        for off_by, kept in ((0.01, settled), (0.001, settled - 0.001)):
            Listing.objects.filter(pk=wanted.pk).update(**{number: settled - off_by})
            allocate("expertise")
            wanted.refresh_from_db()
            assert getattr(wanted, number) == pytest.approx(kept, abs=1e-4)

    def test_an_empty_market_is_divided_too(self) -> None:
        made = allocate("data")
        assert (made.pairs, made.placed, made.value, made.bound) == (0, 0, 0, 0)

    def test_a_market_is_divided_alone(self) -> None:
        for slug in ("expertise", "pilot"):
            listing(slug=slug)
            listing(Kind.OFFER, slug)
        for each in Listing.objects.order_by("pk"):
            rematch(each)
        allocate("pilot")
        assert dict(Match.objects.values_list("market", "seats")) == {"expertise": 0, "pilot": 1}

    def test_what_closed_meanwhile_takes_no_seat(self) -> None:
        closed, still_open = listing(**NEED), listing(**NEED)
        offer = listing(Kind.OFFER, **OFFER)
        match_all()
        verbs.move(closed, "close", by=builders.HOUSE)
        made = allocate("expertise")
        assert (made.pairs, made.placed) == (1, 1)
        assert Match.objects.get(need=still_open).seats == 1
        verbs.move(offer, "close", by=builders.HOUSE)
        assert allocate("expertise").pairs == 0

    def test_twice_changes_nothing(self) -> None:
        [listing(**NEED) for _ in range(3)]
        [listing(Kind.OFFER, **OFFER) for _ in range(2)]
        match_all()
        before = [
            list(Match.objects.order_by("pk").values()),
            list(Listing.objects.order_by("pk").values()),
        ]
        allocate("expertise")
        assert [
            list(Match.objects.order_by("pk").values()),
            list(Listing.objects.order_by("pk").values()),
        ] == before

    def test_one_row_a_market_is_kept(self) -> None:
        allocate("data")
        newest = [allocate("data"), allocate("pilot")]
        assert list(MarketAllocation.objects.order_by("pk")) == newest
