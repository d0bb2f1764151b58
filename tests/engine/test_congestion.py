"""Prices in a ranked list: crowded options give way, none is lost, small markets hardly change."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import Allocation, Edges, allocate
from katalysator.engine.matching.seats import LIMIT, discount, pressure, share_for

OPENINGS = 6
unit = st.floats(0.0, 1.0)
pairs = st.integers(0, 30).flatmap(
    lambda size: st.tuples(
        arrays(np.int64, size, elements=st.integers(0, 4)),
        arrays(np.int64, size, elements=st.integers(0, OPENINGS - 1)),
        arrays(np.float64, size, elements=unit),
    )
)


Pairs = tuple[IntArray, IntArray, FloatArray]
dear = arrays(np.float64, OPENINGS, elements=st.floats(0.0, 2.0))


def crowded_market(people: int, openings: int) -> tuple[IntArray, Edges, Allocation]:
    """Most agree on which openings are best; three seats for four people."""
    random = np.random.default_rng(3)
    person, opening = np.divmod(np.arange(people * openings), openings)
    score = 0.7 * random.random(openings)[opening] + 0.3 * random.random(person.size)
    edges = Edges.from_pairs(person, opening, score, people, openings)
    seats = np.full(openings, people * 3 // (4 * openings))
    return person, edges, allocate(edges, seats)


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
def test_pressure_lies_between_0_and_1(case: Pairs, prices: FloatArray) -> None:
    _, opening, score = case
    found = pressure(opening, score, prices)
    assert found.shape == (OPENINGS,)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert not found[prices == 0.0].any()


def test_pressure_is_the_cut_off_as_part_of_the_best_score() -> None:
    found = pressure(np.array([0, 0, 1]), np.array([0.8, 0.6, 0.5]), np.array([0.6, 0.0, 0.3]))
    assert found.tolist() == pytest.approx([0.75, 0.0, 0.0])


# --- the guard -----------------------------------------------------------------------------------


@given(pairs, dear, unit, st.floats(0.0, 0.9))
def test_whatever_was_good_enough_to_be_shown_stays_good_enough(
    case: Pairs, prices: FloatArray, share: float, least: float
) -> None:
    person, opening, score = case
    found = discount(person, score, prices[opening], share=share, least=least)
    assert (found <= 0.0).all()
    assert (found >= -LIMIT * np.maximum(score - least, 0.0) - 1e-12).all()
    assert ((score + found > least) == (score > least))[score - least > 1e-9].all()
    assert not found[score <= least].any()


@given(pairs, dear, unit, st.floats(0.0, 0.9))
def test_each_persons_cheapest_option_is_untouched(
    case: Pairs, prices: FloatArray, share: float, least: float
) -> None:
    person, opening, score = case
    price, option = prices[opening], score > least
    found = discount(person, score, price, share=share, least=least)
    for someone in np.unique(person[option]):
        own = option & (person == someone)
        assert not found[own & (price == price[own].min())].any()


@given(pairs, dear, unit)
def test_no_option_passes_another_by_more_than_the_difference_in_price(
    case: Pairs, prices: FloatArray, share: float
) -> None:
    person, opening, score = case
    price = prices[opening]
    net = score + discount(person, score, price, share=share)
    better = (person[:, None] == person) & (score[:, None] > score)
    passed = better & (net[:, None] < net)
    allowed = share * (price[:, None] - price)
    assert ((score[:, None] - score)[passed] <= allowed[passed] + 1e-9).all()


@given(pairs, dear, unit, st.floats(0.0, 3.0))
def test_a_price_that_all_options_share_changes_nothing(
    case: Pairs, prices: FloatArray, share: float, common: float
) -> None:
    person, opening, score = case
    found = discount(person, score, prices[opening], share=share)
    dearer = discount(person, score, prices[opening] + common, share=share)
    assert dearer == pytest.approx(found, abs=1e-9)


@given(pairs, dear, unit)
def test_nobodys_list_depends_on_the_options_of_others(
    case: Pairs, prices: FloatArray, share: float
) -> None:
    person, opening, score = case
    together = discount(person, score, prices[opening], share=share)
    for someone in np.unique(person):
        own = person == someone
        alone = discount(person[own], score[own], prices[opening[own]], share=share)
        assert together[own].tolist() == alone.tolist()


@given(pairs, dear)
def test_the_more_of_the_price_counts_the_more_is_lost(case: Pairs, prices: FloatArray) -> None:
    person, opening, score = case
    steps = [
        discount(person, score, prices[opening], share=share) for share in (0.0, 0.3, 0.7, 1.0)
    ]
    assert not steps[0].any()
    assert (np.diff(steps, axis=0) <= 0.0).all()


def test_an_only_option_keeps_its_score_at_any_price() -> None:
    assert discount(np.array([0]), np.array([0.2]), np.array([0.9]), share=1.0).tolist() == [0.0]


def test_an_option_too_poor_to_be_shown_is_no_alternative() -> None:
    """Of two options one is cheap but too poor; without `least` its price would push the other out."""
    person, score, price = np.zeros(2, np.int64), np.array([0.6, 0.3]), np.array([0.55, 0.0])
    alone = discount(person, score, price, share=1.0, least=0.4)
    assert alone.tolist() == [0.0, 0.0]
    assert (score + discount(person, score, price, share=1.0))[0] < 0.4


def test_at_prices_of_the_allocation_everybodys_first_is_the_seat_given() -> None:
    """Up to the increment of the auction, where the limit does not hold a price back."""
    person, edges, allocation = crowded_market(people=400, openings=40)
    price = allocation.certificate.prices[edges.opening]
    net = edges.score + discount(person, edges.score, price, share=1.0)
    seated = edges.opening == allocation.opening[person]
    best = net.reshape(400, 40).max(axis=1)[person[seated]]
    held = (price - price.reshape(400, 40).min(axis=1)[person] > LIMIT * edges.score)[seated]
    assert not held.all()
    assert net[seated][~held] == pytest.approx(best[~held], abs=0.01)


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_is_a_part(share: float) -> None:
    with pytest.raises(ValueError, match="it must lie between 0 and 1"):
        discount(np.array([0]), np.array([0.5]), np.array([0.1]), share=share)


@pytest.mark.parametrize("price", [np.nan, np.inf, -np.inf])
def test_a_price_that_is_no_number_is_refused_by_its_row(price: float) -> None:
    with pytest.raises(ValueError, match=r"row 1: price is .*; it must be a finite number"):
        discount(np.array([0, 0]), np.array([0.5, 0.5]), np.array([0.1, price]), share=0.5)


# --- how much of it counts -----------------------------------------------------------------------


def test_the_dearer_of_two_like_options_gives_way_and_no_more_than_its_share() -> None:
    person, price = np.zeros(2, np.int64), np.array([0.6, 0.1])
    near, far = np.array([0.80, 0.79]), np.array([0.80, 0.70])
    assert np.argmax(near + discount(person, near, price, share=0.05)) == 1
    assert np.argmax(far + discount(person, far, price, share=0.05)) == 0


def test_the_share_grows_with_the_options_of_each() -> None:
    counts = [1, 2, 5, 11, 25, 400]
    person = np.repeat(np.arange(len(counts)), counts)
    shares = share_for(person, np.full(person.size, 0.4)).tolist()
    assert shares == sorted(shares)
    assert shares[:3] == pytest.approx([0.05] * 3)
    assert shares[3] == pytest.approx(0.515, abs=0.01)
    assert shares[4:] == pytest.approx([1.0, 1.0])


@given(pairs)
def test_what_is_poor_beside_the_best_is_no_option(case: Pairs) -> None:
    """However many more there are of them, and whatever scores are counted in."""
    person, _, score = case
    best = np.zeros(5)
    np.maximum.at(best, person, score)
    poor = np.repeat(np.arange(5), 30)
    more = np.concatenate([person, poor]), np.concatenate([score, 0.4 * best[poor]])
    some = np.bincount(person, minlength=5) > 0
    before = share_for(person, score)
    assert share_for(*more)[: before.size][some[: before.size]] == pytest.approx(
        before[some[: before.size]]
    )
    assert share_for(person, 0.25 * score) == pytest.approx(before)


def test_nobody_has_no_share() -> None:
    assert share_for(np.zeros(0, np.int64), np.zeros(0)).tolist() == []


def test_who_has_few_options_keeps_the_order_and_a_price_spreads_who_has_many() -> None:
    person, edges, allocation = crowded_market(people=400, openings=40)
    price = allocation.certificate.prices[edges.opening]
    few = np.full(400, 0.05)
    gentle = edges.score + discount(person, edges.score, price, share=few)
    spread = edges.score + discount(
        person, edges.score, price, share=share_for(person, edges.score)
    )
    plain = favourites(edges, edges.score)
    assert gain(edges.score, gentle, people=400) > 0.995
    assert favourites(edges, gentle).max() <= plain.max()
    assert favourites(edges, spread).max() < 0.7 * plain.max()
    assert (favourites(edges, spread) == 0).sum() < (plain == 0).sum()
