"""How much each person of a market is seen, and what prices take off: by their definitions."""

from math import log2

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Edges
from katalysator.engine.matching.seats import discount, share_for
from katalysator.engine.matching.visibility import (
    exposure,
    market_exposure,
    market_price_effect,
    price_effect,
)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 50))))
def test_exposure_is_the_sum_over_the_lists_one_is_in(places: list[tuple[int, int]]) -> None:
    by_hand = [0.0] * 5
    for member, rank in places:
        by_hand[member] += 1 / log2(1 + rank)
    who, where = (np.array([place[side] for place in places], np.int64) for side in (0, 1))
    assert exposure(who, where, 5).tolist() == pytest.approx(by_hand)


def test_a_place_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="rank is 0; the first place is 1"):
        exposure(np.array([0]), [0], 1)


def test_the_price_effect_is_the_mean_loss_of_ones_own_list() -> None:
    found = price_effect(np.array([0, 0, 2]), [-0.1, -0.3, 0.0], people=4)
    assert found.tolist() == pytest.approx([0.2, 0.0, 0.0, 0.0])


def edges_of(score: list[float], *, people: int, openings: int) -> Edges:
    """Every person with every opening."""
    person, opening = np.divmod(np.arange(people * openings), openings)
    return Edges.from_pairs(person, opening, np.array(score), persons=people, openings=openings)


def test_openings_see_people_by_score() -> None:
    """First and second place, and nobody who is worth nothing."""
    found, counted = market_exposure(edges_of([0.9, 0.2, 0.5, 0.6, 0.0, 0.0], people=3, openings=2))
    second = 1 / np.log2(3)
    assert found == pytest.approx([1 + second, 1 + second, 0.0])
    assert counted == 2


def test_scores_beyond_single_precision_still_make_a_list() -> None:
    found, _ = market_exposure(edges_of([1e300, 1.0, 1e-300], people=3, openings=1))
    assert found == pytest.approx([1.0, 1 / np.log2(3), 0.5])


def test_the_order_of_the_file_does_not_decide_between_equals() -> None:
    found, _ = market_exposure(edges_of([0.5] * 40_000, people=400, openings=100))
    assert found[:200].sum() == pytest.approx(found[200:].sum(), rel=0.05)


def test_a_large_market_is_judged_by_openings_drawn_by_lot() -> None:
    market = edges_of(np.random.default_rng(5).random(4_000).tolist(), people=100, openings=40)
    some, counted = market_exposure(market, most=1_050)
    assert counted == 10
    places = np.arange(1, 101)
    assert some.sum() == pytest.approx(10 * (1 / np.log2(1 + places)).sum())
    assert np.array_equal(some, market_exposure(market, most=1_050)[0])
    assert market_exposure(market, most=5)[1] == 1


def test_without_pairs_nobody_is_market_exposure() -> None:
    none = Edges.from_pairs([], [], np.zeros(0), persons=3, openings=2)
    assert (
        market_exposure(none)[0].tolist()
        == market_price_effect(none, np.zeros(2)).tolist()
        == [0.0, 0.0, 0.0]
    )


def test_prices_cost_what_they_take_off_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whether people are taken together or in steps; pairs of 0 do not count."""
    random = np.random.default_rng(6)
    score = np.where(random.random(300) < 0.2, 0.0, random.random(300))
    market, prices = edges_of(score.tolist(), people=30, openings=10), random.random(10)
    person = np.repeat(np.arange(30), 10)
    share = share_for(person, market.score)
    off = -discount(person, market.score, prices[market.opening], share=share)
    whole = [off[(person == n) & (market.score > 0)].mean() for n in range(30)]
    assert market_price_effect(market, prices) == pytest.approx(whole)
    monkeypatch.setattr("katalysator.engine.matching.allocation.edges.BLOCK", 25)
    assert market_price_effect(market, prices) == pytest.approx(whole)
