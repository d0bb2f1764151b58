"""Prices in a ranked list: crowded options give way, none is lost, small markets hardly change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.matching.allocation import Edges, allocate
from katalysator.engine.matching.allocation.edges import FloatArray, IntArray
from katalysator.engine.matching.pressure import LIMIT, discount, pressure, share_for

OPENINGS = 6
unit = st.floats(0.0, 1.0)
pairs = st.integers(0, 30).flatmap(
    lambda size: st.tuples(
        arrays(np.int64, size, elements=st.integers(0, 4)),
        arrays(np.int64, size, elements=st.integers(0, OPENINGS - 1)),
        arrays(np.float64, size, elements=unit),
    )
)


def crowded_market(people: int, openings: int) -> tuple[IntArray, Edges, FloatArray]:
    """Most agree on which openings are best; three seats for four people."""
    random = np.random.default_rng(3)
    person, opening = np.divmod(np.arange(people * openings), openings)
    score = 0.7 * random.random(openings)[opening] + 0.3 * random.random(person.size)
    edges = Edges.from_pairs(person, opening, score, people, openings)
    seats = np.full(openings, people * 3 // (4 * openings))
    return person, edges, allocate(edges, seats).certificate.prices


def favourites(edges: Edges, ranked: FloatArray, top: int = 5) -> IntArray:
    """How often each opening stands among the first of somebody's list."""
    rows = ranked.reshape(edges.people, edges.openings)
    place = np.argsort(-rows, axis=1, kind="stable")[:, :top]
    shown = np.take_along_axis(edges.opening.reshape(rows.shape), place, axis=1)
    return np.bincount(shown.ravel(), minlength=edges.openings)


def gain(score: FloatArray, ranked: FloatArray, people: int, top: int = 10) -> float:
    """Mean nDCG of the ranking by `ranked`, with the plain score as the grade."""
    weight = 1.0 / np.log2(np.arange(top) + 2.0)
    grade, rows = score.reshape(people, -1), ranked.reshape(people, -1)
    order = np.argsort(-rows, axis=1, kind="stable")[:, :top]
    ideal = -np.sort(-grade, axis=1)[:, :top] @ weight
    return float(np.mean(np.take_along_axis(grade, order, axis=1) @ weight / ideal))


@given(pairs, arrays(np.float64, OPENINGS, elements=unit))
def test_pressure_lies_between_0_and_1(
    case: tuple[IntArray, IntArray, FloatArray], prices: FloatArray
) -> None:
    _, opening, score = case
    found = pressure(opening, score, prices)
    assert found.shape == (OPENINGS,)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert not found[prices == 0.0].any()


def test_pressure_is_the_cut_off_as_part_of_the_best_score() -> None:
    found = pressure(np.array([0, 0, 1]), np.array([0.8, 0.6, 0.5]), np.array([0.6, 0.0, 0.3]))
    assert found.tolist() == pytest.approx([0.75, 0.0, 0.0])


@given(pairs, arrays(np.float64, OPENINGS, elements=st.floats(0.0, 2.0)), unit)
def test_no_option_is_removed_and_each_persons_cheapest_is_untouched(
    case: tuple[IntArray, IntArray, FloatArray], prices: FloatArray, share: float
) -> None:
    person, opening, score = case
    price = prices[opening]
    found = discount(person, score, price, share=share)
    assert (found <= 0.0).all()
    assert (score + found >= (1.0 - LIMIT) * score - 1e-12).all()
    for someone in np.unique(person):
        cheapest = (person == someone) & (price == price[person == someone].min())
        assert not found[cheapest].any()


def test_an_only_option_keeps_its_score_at_any_price() -> None:
    assert discount(np.array([0]), np.array([0.2]), np.array([0.9]), share=1.0).tolist() == [0.0]


def test_the_dearer_of_two_like_options_gives_way_and_no_more_than_its_share() -> None:
    person, price = np.zeros(2, np.int64), np.array([0.6, 0.1])
    near, far = np.array([0.80, 0.79]), np.array([0.80, 0.70])
    assert np.argmax(near + discount(person, near, price, share=0.05)) == 1
    assert np.argmax(far + discount(person, far, price, share=0.05)) == 0


def test_the_share_grows_with_the_market() -> None:
    sizes = [0, 1, 66, 1_000, 10_000, 100_000, 3_000_000]
    shares = [share_for(size) for size in sizes]
    assert shares == sorted(shares)
    assert shares[:4] == pytest.approx([0.05] * 4)
    assert shares[4] == pytest.approx(0.525)
    assert shares[5:] == pytest.approx([1.0, 1.0])


def test_a_small_market_keeps_its_order_and_a_price_at_full_share_spreads_people() -> None:
    person, edges, prices = crowded_market(people=400, openings=40)
    price = prices[edges.opening]
    gentle = edges.score + discount(person, edges.score, price, share=share_for(400))
    full = edges.score + discount(person, edges.score, price, share=1.0)
    plain = favourites(edges, edges.score)
    assert gain(edges.score, gentle, people=400) > 0.995
    assert favourites(edges, gentle).max() <= plain.max()
    assert favourites(edges, full).max() < 0.6 * plain.max()
    assert (favourites(edges, full) == 0).sum() < (plain == 0).sum()
