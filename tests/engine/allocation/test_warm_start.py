"""A start from an earlier allocation: quicker, and never worse."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    UNPLACED,
    Allocation,
    Certificate,
    Edges,
    allocate,
    exact,
    verify,
)
from katalysator.engine.matching.allocation import passes
from katalysator.engine.matching.allocation.auction import seat_key
from katalysator.engine.matching.allocation.near_kernels import best_profits
from katalysator.engine.matching.allocation.reverse import LooseEdges, Seating, by_opening, compete
from tests.engine.allocation.test_allocation import (
    SLACK,
    Case,
    everybody_wants_everything,
    loads,
    markets,
    random_market,
)
from tests.examples import examples


def priced(edges: Edges, prices: FloatArray) -> Allocation:
    """Prices of which nobody knows who had a seat."""
    nobody = np.full(edges.people, UNPLACED, np.int32)
    return Allocation(nobody, Certificate(0.0, 0.0, prices), rounds=0)


def test_a_warm_start_reaches_the_gap_after_a_change() -> None:
    edges, capacity = random_market()
    earlier = allocate(edges, capacity)
    capacity[:5] += 2
    capacity[5:10] //= 2
    warm = allocate(edges, capacity, earlier=earlier)
    assert verify(edges, capacity, warm).gap <= 1e-4
    assert (warm.opening == earlier.opening).mean() > 0.9


def test_where_nothing_changed_everybody_stays() -> None:
    edges, capacity = random_market()
    earlier = allocate(edges, capacity)
    assert (allocate(edges, capacity, earlier=earlier).opening == earlier.opening).all()


def test_a_warm_start_gives_the_same_bits() -> None:
    edges, capacity = random_market()
    earlier = allocate(edges, capacity + 1)
    once, again = (allocate(edges, capacity, earlier=earlier) for _ in range(2))
    assert (once.opening == again.opening).all()
    assert once.certificate.prices.tobytes() == again.certificate.prices.tobytes()


@examples(300)
@given(markets(), st.data())
def test_any_earlier_allocation_leads_to_the_same_gap(case: Case, data: st.DataObject) -> None:
    """Also one of another market, with more people in an opening than seats, or in none there is."""
    edges, capacity = case
    prices = data.draw(arrays(np.float64, edges.openings, elements=st.floats(0.0, 1.0)))
    sat = st.integers(-2, edges.openings + 1)
    choice = data.draw(arrays(np.int32, edges.people, elements=sat))
    earlier = Allocation(choice, Certificate(0.0, 0.0, prices), rounds=0)
    found = allocate(edges, capacity, gap=1e-6, earlier=earlier)
    proof = verify(edges, capacity, found)
    assert found.certificate.gap <= 1e-6
    assert proof.value == pytest.approx(
        exact(edges, capacity).certificate.value, rel=1e-6, abs=SLACK
    )


@examples(300)
@given(markets(), markets(), st.data())
def test_changed_rows_and_seats_lead_to_the_same_gap(
    case: Case, other: Case, data: st.DataObject
) -> None:
    """Some people have other options than before, some openings other seats."""
    edges, capacity = case
    earlier = allocate(edges, capacity)
    some = data.draw(st.sets(st.integers(0, 11), max_size=4))
    later = mixed(edges, other[0], some)
    capacity = capacity + data.draw(
        arrays(np.int64, edges.openings, elements=st.sampled_from([0, 0, 0, 1]))
    )
    found = allocate(later, capacity, earlier=earlier)
    proof = verify(later, capacity, found)
    assert found.certificate.gap <= 1e-4
    assert found.certificate.value == pytest.approx(proof.value)
    assert found.certificate.bound == pytest.approx(proof.bound)
    best = exact(later, capacity).certificate.value
    assert best * (1 - 1e-4) - SLACK <= proof.value <= best + SLACK


def mixed(edges: Edges, other: Edges, some: set[int]) -> Edges:
    """The market with some people's rows taken from another one, as far as it has them."""
    one, two = (
        (np.repeat(np.arange(each.people), np.diff(each.start)), each) for each in (edges, other)
    )
    keep = ~np.isin(one[0], list(some))
    take = np.isin(two[0], list(some)) & (two[0] < edges.people)
    take &= other.opening < edges.openings
    person = np.concatenate([one[0][keep], two[0][take]])
    opening = np.concatenate([edges.opening[keep], other.opening[take]])
    score = np.concatenate([edges.score[keep], other.score[take]])
    return Edges.from_pairs(person, opening, score, edges.people, edges.openings)


@examples(300)
@given(markets(), markets(), st.data())
def test_a_bound_proven_without_reading_rows_is_never_too_low(
    case: Case, other: Case, data: st.DataObject
) -> None:
    """Rows vanish, appear and change, openings gain and lose seats; nobody reads the rows again."""
    edges, capacity = single(case[0]), case[1]
    earlier = allocate(edges, capacity)
    later = single(mixed(edges, other[0], data.draw(st.sets(st.integers(0, 11), max_size=4))))
    more = data.draw(arrays(np.int64, edges.openings, elements=st.sampled_from([0, 0, 1, -1])))
    seats = np.maximum(capacity + more, 0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passes, "LARGE", 0)
        found = allocate(later, seats, earlier=earlier)
    proof = verify(later, seats, found)
    assert found.certificate.bound >= proof.bound * (1 - 1e-12)
    assert found.certificate.bound <= proof.bound + later.people * later.top * 1e-6
    assert proof.gap <= 1e-4


def single(edges: Edges) -> Edges:
    """The same market, its scores in single precision."""
    return Edges(edges.start, edges.opening, edges.score.astype(np.float32), edges.openings)


def test_who_moved_may_like_the_old_seat_best_at_its_last_price() -> None:
    """The first of two goes to the other at opening 1; then opening 0 asks nothing any more."""
    price, free = np.array([0.1, 0.3], np.float32), np.array([0, 1])
    places = Seating(np.array([0, 1], np.int32), np.array([0.7, 0.4], np.float32), price, free)
    pairs = LooseEdges(np.array([1], np.int32), np.array([seat_key(0.9, 0)], np.uint64))
    suitors = by_opening(pairs, places, np.array([0, 1, 3]))
    compete(suitors, places, np.array([0.0, 0.25], np.float32), np.float32(0.2), 10**9)
    assert (places.choice.tolist(), price.tolist()) == ([1, 1], [0.0, 0.25])
    elsewhere = np.zeros(2, np.float32)
    assert best_profits(suitors, places, elsewhere) == pytest.approx(0.7 + 0.15)
    assert elsewhere.tolist() == pytest.approx([0.7, 0.0])


@pytest.mark.parametrize("spare", [0.7, 1.2])
def test_the_bound_that_suitors_prove_is_what_an_independent_check_finds(
    monkeypatch: pytest.MonkeyPatch, spare: float
) -> None:
    """Large markets are proven without another look at the rows."""
    monkeypatch.setattr(passes, "LARGE", 0)
    edges = single(random_market(people=20_000, openings=1_000, degree=12)[0])
    capacity = np.full(1_000, int(20 * spare))
    capacity[::7] //= 3
    earlier: Allocation | None = None
    for seats in (capacity + 1, capacity, np.maximum(capacity - 1, 0)):
        earlier = allocate(edges, seats, earlier=earlier)
        proof = verify(edges, seats, earlier)
        assert earlier.certificate.bound >= proof.bound * (1 - 1e-12)
        assert earlier.certificate.bound == pytest.approx(proof.bound, rel=1e-6)
        assert proof.gap <= 1e-4


def test_earlier_prices_do_no_harm_where_all_scores_tie() -> None:
    edges, capacity = random_market()
    edges = Edges(edges.start, edges.opening, np.full_like(edges.score, 0.5), edges.openings)
    cold = allocate(edges, capacity)
    warm = allocate(edges, capacity, earlier=cold)
    assert (warm.opening == cold.opening).all()
    assert warm.certificate.prices.tolist() == cold.certificate.prices.tolist()


@pytest.mark.parametrize("known", [True, False])
def test_prices_come_down_where_seats_are_added(known: bool) -> None:
    edges, capacity = random_market(seats=1)
    earlier = allocate(edges, capacity)
    prices = earlier.certificate.prices
    plenty = capacity + 1
    found = allocate(edges, plenty, earlier=earlier if known else priced(edges, prices))
    assert (found.certificate.prices < prices).mean() > 0.9
    assert verify(edges, plenty, found).gap <= 1e-4
    assert not found.certificate.prices[loads(edges, found) < plenty].any()


@examples(200)
@given(markets(), st.data())
def test_any_starting_prices_lead_to_the_same_gap(case: Case, data: st.DataObject) -> None:
    edges, capacity = case
    prices = data.draw(arrays(np.float64, edges.openings, elements=st.floats(0.0, 2.0)))
    found = allocate(edges, capacity, gap=1e-6, earlier=priced(edges, prices))
    assert found.certificate.gap <= 1e-6
    assert verify(edges, capacity, found).value == pytest.approx(
        exact(edges, capacity).certificate.value, rel=1e-6, abs=SLACK
    )


@pytest.mark.parametrize(
    ("choice", "prices", "message"),
    [
        ([0, 1], [0.1, 0.1], r"opening has shape \(2,\), but there are 3 people"),
        ([0, 1, 1], [0.1], r"prices have shape \(1,\), not \(2,\)"),
        ([0, 1, 1], [0.1, np.nan], "opening 1: price is nan"),
        ([0, 1, 1], [-0.1, 0.0], "opening 0: price is -0.1"),
    ],
)
def test_an_allocation_of_another_market_is_refused(
    choice: list[int], prices: list[float], message: str
) -> None:
    earlier = Allocation(
        np.array(choice, np.int32), Certificate(0.0, 0.0, np.array(prices)), rounds=0
    )
    with pytest.raises(ValueError, match=message):
        allocate(everybody_wants_everything(3, 2, 0.5), np.array([1, 1]), earlier=earlier)
