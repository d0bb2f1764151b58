"""What an allocation gives and costs: figures that add up, a spread, and a baseline to compare."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import UNPLACED, Allocation, Certificate, Edges, exact, verify
from katalysator.engine.matching.allocation.outcome import (
    Outcome,
    compare,
    gini,
    greedy,
    outcome,
)

Case = tuple[Edges, IntArray]
FIT = st.floats(0.0, 1.0) | st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def markets(draw: st.DrawFn) -> Case:
    """Small markets: empty sides, closed openings, ties, too many or too few seats."""
    people, openings = draw(st.integers(0, 10)), draw(st.integers(0, 6))
    pairs = [(i, j) for i in range(people) for j in range(openings)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    score = draw(st.lists(FIT, min_size=len(chosen), max_size=len(chosen)))
    capacity = draw(st.lists(st.integers(0, 3), min_size=openings, max_size=openings))
    person, opening = ([pair[side] for pair in chosen] for side in (0, 1))
    edges = Edges.from_pairs(person, opening, score, people, openings)
    return edges, np.array(capacity, np.int64)


def two_people() -> Edges:
    return Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=3)


def greedy_by_hand(edges: Edges, capacity: IntArray) -> list[int]:
    """One edge after another, best first: the definition."""
    person = np.repeat(np.arange(edges.people), np.diff(edges.start)).tolist()
    free, choice = capacity.tolist(), [UNPLACED] * edges.people
    for score, edge in sorted((-score, edge) for edge, score in enumerate(edges.score.tolist())):
        where = int(edges.opening[edge])
        if score < 0.0 and choice[person[edge]] == UNPLACED and free[where]:
            choice[person[edge]] = where
            free[where] -= 1
    return choice


def lorenz_gini(values: list[float]) -> float:
    """Twice the area between the line of equality and the Lorenz curve, by trapezia."""
    curve = np.concatenate([[0.0], np.cumsum(sorted(values)) / sum(values)])
    heights: list[float] = curve.tolist()
    return 1.0 - sum(low + high for low, high in pairwise(heights)) / len(values)


# --- what it gives -------------------------------------------------------------------------------


@settings(deadline=None)
@given(markets())
def test_the_figures_are_those_of_the_independent_checker(case: Case) -> None:
    edges, capacity = case
    choice = exact(edges, capacity).opening
    found = outcome(edges, capacity, choice)
    proof = Allocation(choice, Certificate(0.0, 0.0, np.zeros(edges.openings)), 0)
    assert found.value == pytest.approx(verify(edges, capacity, proof).value)
    assert (found.people, found.placed) == (edges.people, proof.placed)
    assert (found.seats, found.filled) == (capacity.sum(), proof.placed)
    assert found.openings == np.count_nonzero(capacity)
    assert found.openings - found.empty == np.unique(choice[choice != UNPLACED]).size
    assert 0.0 <= found.gini < 1.0


def test_openings_without_anybody_are_counted() -> None:
    found = outcome(two_people(), np.array([1, 1, 2]), np.array([0, UNPLACED]))
    assert found.value == pytest.approx(0.9)
    assert (found.openings, found.empty) == (3, 2)


def test_an_opening_without_seats_counts_neither_as_empty_nor_in_the_spread() -> None:
    found = outcome(two_people(), np.array([1, 1, 0]), np.array([1, 0]))
    assert (found.openings, found.empty, found.gini) == (2, 0, 0.0)


def test_load_is_counted_per_seat() -> None:
    edges = Edges.from_pairs([0, 1, 2], [0, 0, 1], [0.5] * 3, persons=3, openings=2)
    assert outcome(edges, np.array([2, 1]), np.array([0, 0, 1])).gini == 0.0
    assert outcome(edges, np.array([4, 1]), np.array([0, 0, 1])).gini == pytest.approx(1 / 6)


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_a_market_without_edges_gives_nothing(people: int, openings: int) -> None:
    edges = Edges.from_pairs([], [], [], persons=people, openings=openings)
    seats = np.ones(openings, np.int64)
    assert greedy(edges, seats).tolist() == [UNPLACED] * people
    found = outcome(edges, seats, np.full(people, UNPLACED))
    assert found == Outcome(0.0, people, 0, openings, 0, openings, openings, 0.0)


@given(markets(), st.integers(1, 5))
def test_the_size_of_the_steps_changes_nothing(case: Case, step: int) -> None:
    edges, capacity = case
    whole = greedy(edges, capacity)
    module = import_module(greedy.__module__)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("katalysator.engine.matching.allocation.edges.BLOCK", step)
        patch.setattr(module, "_BLOCK", step)
        assert greedy(edges, capacity).tolist() == whole.tolist()
        stepped = outcome(edges, capacity, whole)
    assert stepped == outcome(edges, capacity, whole)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ([0, 0], "opening 0 has fewer seats than the 2 people in it"),
        ([2, UNPLACED], "person 0 sits at opening 2, where no edge leads"),
        ([0, 3], "person 1 sits at opening 3, which does not exist"),
        ([0, -2], "person 1 sits at opening -2, which does not exist"),
        ([0], r"opening has shape \(1,\), but there are 2 people"),
    ],
)
def test_an_allocation_that_cannot_be_is_refused(choice: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        outcome(two_people(), np.array([1, 1, 1]), np.array(choice))


# --- spread --------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50).map(float), min_size=1, max_size=30).filter(any))
def test_gini_is_the_area_of_the_lorenz_curve(values: list[float]) -> None:
    assert gini(np.array(values)) == pytest.approx(lorenz_gini(values), abs=1e-12)


@given(
    arrays(np.float64, st.integers(1, 30), elements=st.integers(0, 99).map(float)),
    st.floats(0.5, 10.0),
    st.integers(1, 4),
)
def test_gini_knows_neither_scale_nor_size(values: FloatArray, scale: float, copies: int) -> None:
    alike = gini(np.tile(values * scale, copies))
    assert alike == pytest.approx(gini(values), abs=1e-9)


def test_nothing_and_only_zeros_are_spread_evenly() -> None:
    assert gini(np.zeros(0)) == gini(np.zeros(3)) == 0.0


# --- the baseline --------------------------------------------------------------------------------


@given(markets())
def test_greedy_takes_the_best_edge_that_is_left(case: Case) -> None:
    edges, capacity = case
    assert greedy(edges, capacity).tolist() == greedy_by_hand(edges, capacity)


@settings(deadline=None)
@given(markets())
def test_greedy_is_worth_at_least_half_of_the_optimum(case: Case) -> None:
    edges, capacity = case
    best = outcome(edges, capacity, exact(edges, capacity).opening).value
    found = outcome(edges, capacity, greedy(edges, capacity)).value
    assert best / 2 - 1e-6 <= found <= best + 1e-6


def test_greedy_leaves_the_capacities_as_they_are() -> None:
    capacity = np.array([1, 1, 1])
    assert greedy(two_people(), capacity).tolist() == [0, UNPLACED]
    assert capacity.tolist() == [1, 1, 1]


# --- what each choice costs ----------------------------------------------------------------------


def test_each_choice_is_set_against_the_best_in_each_measure() -> None:
    edges, seats = two_people(), np.array([1, 1, 0])
    best = outcome(edges, seats, np.array([1, 0]))
    poor = outcome(edges, seats, greedy(edges, seats))
    optimal, baseline = compare({"optimal": best, "greedy": poor})
    assert (optimal.name, optimal.outcome) == ("optimal", best)
    assert (optimal.value, optimal.value_share, optimal.placed, optimal.gini) == (0, 0, 0, 0)
    assert baseline.value == pytest.approx(0.6)
    assert baseline.value_share == pytest.approx(0.4)
    assert baseline.placed == 1
    assert baseline.gini == pytest.approx(0.5)


@given(st.lists(markets().map(lambda case: outcome(*case, greedy(*case))), max_size=4))
def test_no_cost_is_negative_and_every_measure_has_a_best(found: list[Outcome]) -> None:
    rows = compare({str(n): one for n, one in enumerate(found)})
    assert [row.name for row in rows] == [str(n) for n in range(len(found))]
    for measure in ("value", "value_share", "placed", "gini"):
        costs = [getattr(row, measure) for row in rows]
        assert min(costs, default=0) == 0
