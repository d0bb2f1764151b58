"""Dividing seats: as much score as can be had, and never more seats than there are."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import linprog

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching.seats import Division, divide
from tests.examples import examples

GAP = 1e-4


class Scored(NamedTuple):
    """Pairs by need, and what each is worth."""

    need: Rows
    offer: Rows
    score: FloatArray


Market = tuple[Scored, np.ndarray, np.ndarray]


def scores_of(pairs: list[tuple[int, int]], value: list[float]) -> Scored:
    need, offer = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    return Scored(need, offer, np.array(value, np.float64))


def divided(scores: Scored, wants: np.ndarray, capacity: np.ndarray) -> Division:
    return divide(*scores, wants, capacity)


@st.composite
def markets(draw: st.DrawFn, most: int = 3) -> Market:
    """Needs that want several seats, offers that may have none, scores below nothing too."""
    wants = draw(st.lists(st.integers(1, most), max_size=5))
    capacity = draw(st.lists(st.integers(0, 4), max_size=4))
    every = [(i, j) for i in range(len(wants)) for j in range(len(capacity))]
    pairs = sorted(draw(st.sets(st.sampled_from(every)))) if every else []
    value = draw(st.lists(st.floats(-0.5, 1.0), min_size=len(pairs), max_size=len(pairs)))
    return scores_of(pairs, value), np.array(wants, np.int64), np.array(capacity, np.int64)


def best(scores: Scored, wants: np.ndarray, capacity: np.ndarray) -> float:
    """The optimum of the transportation problem, which is integral (Hoffman and Kruskal, 1956)."""
    if not scores.need.size:
        return 0.0
    rows = [scores.need == need for need in range(len(wants))]
    columns = [scores.offer == offer for offer in range(len(capacity))]
    found = linprog(-scores.score, np.array([*rows, *columns], float), [*wants, *capacity])
    assert found.fun is not None
    return -float(found.fun)


def worth(scores: Scored, division: Division) -> float:
    return float(scores.score @ division.seats)


@examples(60)
@given(markets())
def test_seats_keep_to_what_is_wanted_and_what_there_is(market: Market) -> None:
    scores, wants, capacity = market
    found = divided(*market)
    asked, given_ = np.zeros_like(wants), np.zeros_like(capacity)
    np.add.at(asked, scores.need, found.seats)
    np.add.at(given_, scores.offer, found.seats)
    assert (found.seats >= 0).all()
    assert (asked <= wants).all()
    assert (given_ <= capacity).all()
    assert not found.seats[scores.score <= 0].any()
    assert not found.price[given_ < np.minimum(capacity, 1)].any()


@examples(60)
@given(markets())
def test_no_other_division_is_worth_more(market: Market) -> None:
    scores, _, _ = market
    found, optimum = divided(*market), best(*market)
    assert worth(scores, found) == pytest.approx(optimum, rel=GAP, abs=1e-6)
    assert found.certificate.value == pytest.approx(worth(scores, found))
    assert found.certificate.bound >= optimum - 1e-6


def test_a_need_may_find_its_seats_at_several_offers() -> None:
    scores = scores_of([(0, 0), (0, 1), (0, 2)], [0.9, 0.8, 0.7])
    found = divided(scores, np.array([4]), np.array([1, 2, 9]))
    assert found.seats.tolist() == [1, 2, 1]


def test_a_popular_offer_goes_to_who_has_no_other() -> None:
    scores = scores_of([(0, 0), (0, 1), (1, 0)], [0.9, 0.8, 0.7])
    found = divided(scores, np.array([1, 1]), np.array([1, 1]))
    assert found.seats.tolist() == [0, 1, 1]


@examples(60)
@given(markets(most=1))
def test_the_price_is_what_one_seat_more_would_add(market: Market) -> None:
    found, now = divided(*market), best(*market)
    for offer, added in one_seat_more(market):
        assert found.price[offer] == pytest.approx(added - now, abs=0.002)


@examples(60)
@given(markets())
def test_needs_that_want_several_seats_never_raise_the_price_beyond_that(market: Market) -> None:
    found, now = divided(*market), best(*market)
    for offer, added in one_seat_more(market):
        assert 0 <= found.price[offer] <= added - now + 0.002


def one_seat_more(market: Market) -> Iterator[tuple[int, float]]:
    """Each offer with seats, and what all would be worth with one more of them."""
    scores, wants, capacity = market
    for offer in np.flatnonzero(capacity).tolist():
        yield offer, best(scores, wants, capacity + (np.arange(len(capacity)) == offer))


def test_a_seat_has_a_price_where_others_want_it_only() -> None:
    scores = scores_of([(0, 0), (1, 0), (2, 1)], [0.9, 0.7, 0.5])
    found = divided(scores, np.array([1, 1, 1]), np.array([1, 1]))
    assert found.seats.tolist() == [1, 0, 1]
    assert found.price == pytest.approx([0.7, 0.0])


def test_being_keen_oneself_makes_no_price() -> None:
    scores = scores_of([(0, 0), (0, 1)], [0.9, 0.4])
    assert divided(scores, np.array([1]), np.array([1, 1])).price.tolist() == [0.0, 0.0]


def test_wanting_more_than_there_is_makes_nobody_its_own_rival() -> None:
    scores = scores_of([(0, 0), (0, 1)], [0.9, 0.4])
    assert divided(scores, np.array([5]), np.array([1, 2])).price.tolist() == [0.0, 0.0]


def test_wanting_more_than_there_is_costs_no_time() -> None:
    found = divided(scores_of([(0, 0)], [0.5]), np.array([10**9]), np.array([3]))
    assert found.seats.tolist() == [3]


@pytest.mark.parametrize(("wants", "capacity"), [([], []), ([1], []), ([], [2]), ([1], [2])])
def test_without_pairs_nothing_is_divided(wants: list[int], capacity: list[int]) -> None:
    found = divided(scores_of([], []), np.array(wants, np.int64), np.array(capacity, np.int64))
    assert found.seats.shape == (0,)
    assert found.price.tolist() == [0.0] * len(capacity)
    assert found.certificate.value == 0
