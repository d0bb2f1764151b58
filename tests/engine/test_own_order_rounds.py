"""Rounds by the orders of both sides, beside every choice that could be made."""

from itertools import product

import numpy as np
from hypothesis import given, strategies as st

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import Quotas, round_by_own_orders
from tests.examples import examples


@st.composite
def small(draw: st.DrawFn) -> tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray]:
    """A few needs and offers that rank each other strictly; some never want each other."""
    needs, offers = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    pairs = np.array(list(product(range(needs), range(offers))))
    need, offer = pairs[:, 0], pairs[:, 1]
    asks, gives = (
        np.array(draw(st.permutations(range(1, len(pairs) + 1))), np.float64) for _ in range(2)
    )
    for opinions in (asks, gives):
        opinions[
            np.array(draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))))
        ] = 0
    places = np.array(draw(st.lists(st.integers(0, 2), min_size=offers, max_size=offers)))
    return need, offer, asks, gives, places


def fits(need: IntArray, offer: IntArray, places: IntArray, taken: BoolArray) -> bool:
    once = np.bincount(need[taken], minlength=1).max(initial=0) <= 1
    return bool(once and (np.bincount(offer[taken], minlength=places.size) <= places).all())


def blocks(
    market: tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray], taken: BoolArray, pair: int
) -> bool:
    """Whether both sides of a pair would rather have each other, by the definition alone."""
    need, offer, asks, gives, places = market
    if taken[pair] or not (asks[pair] and gives[pair]):
        return False
    mine, theirs = taken & (need == need[pair]), taken & (offer == offer[pair])
    wants = not mine.any() or bool((asks[mine] < asks[pair]).all())
    has_room = theirs.sum() < places[offer[pair]]
    return wants and bool(has_room or (gives[theirs] < gives[pair]).any())


@given(small())
@examples(60)
def test_nobody_who_would_rather_have_each_other_is_kept_apart_and_needs_fare_best(
    market: tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray],
) -> None:
    need, offer, asks, gives, places = market
    found = round_by_own_orders(*market)
    assert fits(need, offer, places, found.taken)
    assert not found.blocking.size
    assert not any(blocks(market, found.taken, pair) for pair in range(need.size))
    wanted = np.flatnonzero((asks > 0) & (gives > 0))
    assert found.wanted == wanted.size
    for chosen in product([False, True], repeat=min(wanted.size, 10)):
        other = np.zeros(need.size, np.bool_)
        other[wanted[: len(chosen)]] = chosen
        if not fits(need, offer, places, other) or wanted.size > 10:
            continue
        if any(blocks(market, other, pair) for pair in range(need.size)):
            continue
        for row in range(int(need.max()) + 1):
            got, could = (
                asks[each & (need == row)].max(initial=0) for each in (found.taken, other)
            )
            assert got >= could  # no stable choice is better for any need


def test_where_nobody_wants_anybody_nothing_is_taken() -> None:
    none = np.zeros(2)
    found = round_by_own_orders(np.array([0, 1]), np.array([0, 0]), none, none, np.array([5]))
    assert found.wanted == found.blocking.size == 0
    assert not found.taken.any()


@given(small(), st.lists(st.integers(-1, 1), min_size=3, max_size=3), st.integers(0, 3))
@examples(60)
def test_with_least_numbers_only_who_fills_a_region_could_have_been_elsewhere(
    market: tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray],
    where: list[int],
    least: int,
) -> None:
    need, offer, _asks, _gives, places = market
    quotas = Quotas(np.array(where[: places.size]), np.array([least, 1]))
    found = round_by_own_orders(*market, quotas)
    assert fits(need, offer, places, found.taken)
    assert not found.blocking.size
    got = quotas.load(offer[found.taken])
    assert (got >= quotas.least - found.short).all()
    blocked = {int(need[pair]) for pair in range(need.size) if blocks(market, found.taken, pair)}
    assert blocked <= set(found.kept.tolist())
    kept = found.taken & np.isin(need, found.kept)
    assert (quotas.load(offer[kept]) <= quotas.least).all()
    assert kept.sum() == found.kept.size
