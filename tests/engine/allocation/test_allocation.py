"""The allocation: feasible always, within the gap of the optimum, proven by its prices."""

import os

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import (
    UNPLACED,
    Allocation,
    Certificate,
    Edges,
    allocate,
    exact,
    verify,
)
from katalysator.engine.matching.allocation.threads import SMALL
from tests.examples import examples

Case = tuple[Edges, IntArray]
SLACK = 1e-5  # of the linear programme, for scores up to 1
FIT = st.floats(0.0, 1.0) | st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def markets(draw: st.DrawFn, *, scores: st.SearchStrategy[float] = FIT) -> Case:
    """Small markets: empty sides, lonely people, closed openings, too many or too few seats."""
    people, openings = draw(st.integers(0, 12)), draw(st.integers(0, 8))
    pairs = [(i, j) for i in range(people) for j in range(openings)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    score = draw(st.lists(scores, min_size=len(chosen), max_size=len(chosen)))
    capacity = draw(st.lists(st.integers(0, 4), min_size=openings, max_size=openings))
    person, opening = ([pair[side] for pair in chosen] for side in (0, 1))
    edges = Edges.from_pairs(person, opening, score, people, openings)
    return edges, np.array(capacity, np.int64)


def random_market(
    people: int = 2_000, openings: int = 300, degree: int = 20, *, seed: int = 1, seats: int = 3
) -> Case:
    random = np.random.default_rng(seed)
    opening = random.permuted(np.tile(np.arange(openings), (people, 1)), axis=1)[:, :degree]
    score = (random.random(opening.shape) + random.random(openings)[opening]) / 2
    person = np.repeat(np.arange(people), degree)
    edges = Edges.from_pairs(person, opening.ravel(), score.ravel(), people, openings)
    return edges, random.integers(0, 2 * seats + 1, openings)


def everybody_wants_everything(people: int, openings: int, score: float) -> Edges:
    person, opening = np.divmod(np.arange(people * openings), openings)
    return Edges.from_pairs(person, opening, np.full(person.size, score), people, openings)


def equal(edges: Edges) -> Edges:
    return Edges(edges.start, edges.opening, np.full_like(edges.score, 0.5), edges.openings)


def loads(edges: Edges, allocation: Allocation) -> IntArray:
    placed = allocation.opening[allocation.opening != UNPLACED]
    return np.bincount(placed, minlength=edges.openings)


# --- against the optimum -------------------------------------------------------------------------


@examples(300)
@given(markets(), st.sampled_from([1e-2, 1e-4, 1e-6]))
def test_value_is_within_the_gap_of_the_optimum(case: Case, gap: float) -> None:
    edges, capacity = case
    best = exact(edges, capacity).certificate.value
    found = allocate(edges, capacity, gap=gap)
    proof = verify(edges, capacity, found)
    assert found.certificate.gap <= gap
    assert best * (1 - gap) - SLACK <= proof.value <= best + SLACK
    assert proof.bound >= best - SLACK


@examples(200)
@given(markets(), st.data())
def test_the_bound_of_any_prices_is_above_any_value(case: Case, data: st.DataObject) -> None:
    edges, capacity = case
    prices = data.draw(arrays(np.float64, edges.openings, elements=st.floats(0.0, 2.0)))
    choice = exact(edges, capacity).opening
    claim = Allocation(choice, Certificate(0.0, 0.0, prices), rounds=0)
    proof = verify(edges, capacity, claim)
    assert proof.bound >= proof.value - 1e-9


@examples(200)
@given(markets())
def test_the_certificate_is_what_an_independent_check_finds(case: Case) -> None:
    edges, capacity = case
    found = allocate(edges, capacity)
    proof = verify(edges, capacity, found)
    assert found.certificate.value == pytest.approx(proof.value)
    assert found.certificate.bound == pytest.approx(proof.bound)
    free = loads(edges, found) < capacity
    assert not found.certificate.prices[free].any()
    assert found.placed == loads(edges, found).sum()


@examples(100)
@given(markets(scores=st.floats(0.0, 1e-300)) | markets(scores=st.floats(0.0, 1e30)))
def test_the_unit_of_the_score_does_not_matter(case: Case) -> None:
    edges, capacity = case
    found = allocate(edges, capacity)
    assert found.certificate.gap <= 1e-4
    verify(edges, capacity, found)


def test_single_precision_scores_are_kept_and_solved() -> None:
    edges, capacity = random_market()
    single = Edges(edges.start, edges.opening, edges.score.astype(np.float32), edges.openings)
    found = allocate(single, capacity, gap=1e-5)
    assert found.certificate.gap <= 1e-5
    best = exact(single, capacity).certificate.value
    assert best * (1 - 1e-5) <= found.certificate.value <= best * (1 + 1e-9)


# --- scarce and equal ----------------------------------------------------------------------------


def test_one_opening_that_all_want_takes_the_best() -> None:
    score = np.linspace(0.1, 0.9, 50)
    edges = Edges.from_pairs(np.arange(50), np.zeros(50, np.int64), score, 50, 1)
    found = allocate(edges, np.array([3]))
    assert np.flatnonzero(found.opening == 0).tolist() == [47, 48, 49]
    assert score[46] - 1e-6 <= found.certificate.prices[0] <= score[47] + 1e-6


@pytest.mark.parametrize("score", [1.0, 0.1])
@pytest.mark.parametrize("seats", [40, 300])
def test_equal_scores_are_proven_by_one_coarse_pass(score: float, seats: int) -> None:
    edges = everybody_wants_everything(5_000, 20, score)
    capacity = np.full(20, seats)
    found = allocate(edges, capacity)
    assert found.certificate.value == pytest.approx(min(20 * seats, 5_000) * score)
    assert verify(edges, capacity, found).gap == pytest.approx(0.0, abs=1e-12)
    assert found.rounds == 1


def test_scores_that_are_equal_but_for_a_trifle_are_as_good_as_equal() -> None:
    edges, capacity = random_market(people=5_000, openings=400)
    same = Edges(edges.start, edges.opening, 0.5 + 1e-7 * edges.score, edges.openings)
    found = allocate(same, capacity)
    assert found.placed == allocate(equal(edges), capacity).placed
    assert verify(same, capacity, found).gap <= 1e-4


@pytest.mark.parametrize("spare", [0.9, 1.0, 1.2])
def test_seats_for_nearly_everybody_reach_the_gap(spare: float) -> None:
    edges, _ = random_market(people=20_000, openings=1_000, degree=12)
    random = np.random.default_rng(3)
    share = random.pareto(1.5, edges.openings) + 0.2
    capacity = np.maximum(1, share / share.sum() * spare * edges.people).astype(np.int64)
    for scores in (edges, equal(edges)):
        found = allocate(scores, capacity)
        assert verify(scores, capacity, found).gap <= 1e-4
        assert not found.certificate.prices[loads(scores, found) < capacity].any()


def test_few_levels_of_score_and_scarce_seats_reach_the_gap() -> None:
    edges, capacity = random_market(seats=1)
    steps = Edges(edges.start, edges.opening, np.ceil(edges.score * 3) / 3, edges.openings)
    found = allocate(steps, capacity)
    assert verify(steps, capacity, found).gap <= 1e-4


def test_seats_for_all_give_everybody_the_best() -> None:
    edges, _ = random_market()
    found = allocate(edges, np.full(edges.openings, 10**12))
    assert (found.opening == edges.opening[edges.start[:-1]]).all()
    assert found.certificate.gap == 0.0
    assert not found.certificate.prices.any()


def test_nobody_sits_where_the_score_is_zero() -> None:
    edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.0, 0.4, 0.0], persons=2, openings=2)
    assert allocate(edges, np.array([1, 1])).opening.tolist() == [1, UNPLACED]


# --- nothing to give -----------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_no_edges(people: int, openings: int) -> None:
    edges = Edges.from_pairs([], [], [], people, openings)
    capacity = np.ones(openings, np.int64)
    for found in (allocate(edges, capacity), exact(edges, capacity)):
        assert found.opening.tolist() == [UNPLACED] * people
        assert (found.certificate.value, found.certificate.gap) == (0.0, 0.0)
        assert verify(edges, capacity, found).bound == 0.0


def test_no_seats() -> None:
    edges = everybody_wants_everything(4, 3, 0.5)
    found = allocate(edges, np.zeros(3, np.int64))
    assert found.placed == 0
    assert (found.certificate.bound, found.certificate.gap) == (0.0, 0.0)
    assert verify(edges, np.zeros(3, np.int64), found).bound == 0.0


@pytest.mark.parametrize("top", [0.3, 1.0, 1e-3])
def test_a_high_score_at_a_closed_opening_does_not_blur_the_rest(top: float) -> None:
    edges = Edges.from_pairs([0, 0, 1, 1], [0, 1, 1, 2], [1e15, top, 0.4, 0.2], 2, 3)
    found = allocate(edges, np.array([0, 1, 1]))
    assert found.certificate.value == pytest.approx(max(top + 0.2, 0.4))
    assert found.certificate.gap <= 1e-4
    assert found.certificate.bound == pytest.approx(verify(edges, np.array([0, 1, 1]), found).bound)


def test_a_closed_opening_does_not_hide_the_second_choice() -> None:
    edges = Edges.from_pairs([0, 0], [0, 1], [0.9, 0.3], persons=1, openings=2)
    assert allocate(edges, np.array([0, 1])).opening.tolist() == [1]


# --- again ---------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bits() -> None:
    edges, capacity = random_market(seats=1)
    once, again = allocate(edges, capacity), allocate(edges, capacity)
    assert (once.opening == again.opening).all()
    assert once.certificate.prices.tobytes() == again.certificate.prices.tobytes()


def test_the_number_of_processors_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    edges, capacity = random_market(people=3 * SMALL, openings=2_000, degree=8)
    many = allocate(edges, capacity)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    one = allocate(edges, capacity)
    assert (one.opening == many.opening).all()
    assert one.certificate.prices.tobytes() == many.certificate.prices.tobytes()
    assert one.certificate.bound == many.certificate.bound


def test_the_order_of_the_pairs_does_not_matter() -> None:
    edges, capacity = random_market(people=300, openings=40)
    person = np.repeat(np.arange(edges.people), np.diff(edges.start))
    mixed = np.random.default_rng(7).permutation(edges.score.size)
    same = Edges.from_pairs(
        person[mixed], edges.opening[mixed], edges.score[mixed], edges.people, edges.openings
    )
    assert (allocate(same, capacity).opening == allocate(edges, capacity).opening).all()


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "options", "message"),
    [
        ([1, -2], {}, "opening 1: capacity is -2; it must be at least 0"),
        ([1], {}, r"capacity has shape \(1,\), not \(2,\)"),
        ([1.5, 2.0], {}, "capacity must hold whole numbers of seats"),
        ([1, 1], {"gap": 0.0}, "gap is 0.0; it must lie between 1e-06 and 1"),
        ([1, 1], {"gap": np.nan}, "gap is nan"),
    ],
)
def test_bad_arguments_are_named(
    capacity: list[float], options: dict[str, float], message: str
) -> None:
    edges = everybody_wants_everything(3, 2, 0.5)
    with pytest.raises(ValueError, match=message):
        allocate(edges, np.array(capacity), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ([0, 0, UNPLACED], "opening 0 has fewer seats than the 2 people in it"),
        ([0, UNPLACED, 0], "person 2 sits at opening 0, where no edge leads"),
        ([5, UNPLACED, UNPLACED], "person 0 sits at opening 5"),
        ([0, 1], r"opening has shape \(2,\), but there are 3 people"),
    ],
)
def test_the_checker_catches_a_wrong_allocation(choice: list[int], message: str) -> None:
    edges = Edges.from_pairs([0, 1, 2], [0, 0, 1], [0.5, 0.4, 0.3], persons=3, openings=2)
    claim = Allocation(np.array(choice, np.int32), Certificate(9.0, 9.0, np.zeros(2)), rounds=0)
    with pytest.raises(ValueError, match=message):
        verify(edges, np.array([1, 1]), claim)


def test_the_checker_does_not_believe_a_claimed_value() -> None:
    edges = Edges.from_pairs([0, 1], [0, 0], [0.5, 0.4], persons=2, openings=1)
    claim = Allocation(
        np.array([UNPLACED, 0], np.int32), Certificate(9.0, 9.0, np.array([0.4])), rounds=0
    )
    proof = verify(edges, np.array([1]), claim)
    assert (proof.value, proof.bound) == pytest.approx((0.4, 0.5))
    assert proof.gap == pytest.approx(0.2)
