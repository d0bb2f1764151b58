"""Fixed and forbidden pairs, reserved seats and budgets, against integer programming."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import UNPLACED, Edges, allocate
from katalysator.engine.matching.allocation.certificate import rows
from katalysator.engine.matching.allocation.conditions import (
    Budget,
    Conditioned,
    Conditions,
    Reserve,
    allocate_under,
)
from tests.examples import examples

Case = tuple[Edges, IntArray, np.random.Generator]
SLACK = 1e-4


def case(seed: int) -> Case:
    """A small market and the randomness to draw its conditions from."""
    random = np.random.default_rng(seed)
    people, openings = int(random.integers(1, 9)), int(random.integers(1, 5))
    person, opening = np.nonzero(random.random((people, openings)) < 0.7)
    score = np.round(random.uniform(0.1, 1.0, person.size), 2)
    return (
        Edges.from_pairs(person, opening, score, people, openings),
        random.integers(0, 4, openings),
        random,
    )


def optimum(edges: Edges, capacity: IntArray, conditions: Conditions) -> float:
    """Best value of whole people in whole seats; each edge may take an open or a reserved seat."""
    groups, size = len(conditions.reserves), edges.score.size
    person, opening = rows(edges), edges.opening
    kinds = groups + 1  # of seats: open ones, then those of each group
    if size == 0:
        return 0.0
    columns = size * kinds
    edge, kind = np.divmod(np.arange(columns), kinds)
    high = np.ones(columns)
    high[np.isin(edge, conditions.forbidden)] = 0
    for group, reserve in enumerate(conditions.reserves):
        high[(kind == group + 1) & ~reserve.member[person[edge]]] = 0
    reserved = sum((reserve.seats for reserve in conditions.reserves), np.zeros_like(capacity))
    limits: list[tuple[FloatArray, float, float]] = []
    limits += [((person[edge] == i).astype(float), 0, 1) for i in range(edges.people)]
    for target in range(edges.openings):
        there = opening[edge] == target
        limits.append(
            ((there & (kind == 0)).astype(float), 0, float((capacity - reserved)[target]))
        )
        for group, reserve in enumerate(conditions.reserves):
            mine = (there & (kind == group + 1)).astype(float)
            limits.append((mine, 0, float(reserve.seats[target])))
    limits += [((edge == each).astype(float), 1, 1) for each in conditions.fixed]
    limits += [(budget.cost[edge], 0, budget.limit) for budget in conditions.budgets]
    solved = milp(
        -edges.score[edge],
        constraints=[LinearConstraint(row[None, :], low, top) for row, low, top in limits],
        integrality=np.ones(columns, np.int64),
        bounds=Bounds(0, high),
    )
    assert solved.success
    return -float(solved.fun)


def holds(edges: Edges, capacity: IntArray, conditions: Conditions, found: Conditioned) -> None:
    """Check every condition on the seats themselves."""
    choice, person = found.allocation.opening, rows(edges)
    taken = edges.opening == choice[person]
    assert taken.sum() == (choice != UNPLACED).sum()
    assert (np.bincount(edges.opening[taken], minlength=edges.openings) <= capacity).all()
    assert taken[conditions.fixed].all()
    assert not taken[conditions.forbidden].any()
    for number, budget in enumerate(conditions.budgets):
        assert budget.cost[taken].sum() <= budget.limit + 1e-9
        assert found.spent[number] == pytest.approx(budget.cost[taken].sum())
    value = edges.score[taken].sum(dtype=np.float64)
    assert found.allocation.certificate.value == pytest.approx(value)


@examples(150)
@given(st.integers(0, 2**32 - 1))
def test_fixed_and_forbidden_pairs_are_kept_at_the_best_value(seed: int) -> None:
    edges, capacity, random = case(seed)
    order = random.permutation(edges.score.size)
    fixed = [e for e in order[:2] if capacity[edges.opening[e]] > 0][:1]
    forbidden = np.setdiff1d(order[: edges.score.size // 3], fixed)
    conditions = Conditions(np.array(fixed, np.int64), forbidden)
    found = allocate_under(edges, capacity, conditions, gap=1e-5)
    holds(edges, capacity, conditions, found)
    best = optimum(edges, capacity, conditions)
    assert best - SLACK <= found.allocation.certificate.value <= best + SLACK
    assert found.allocation.certificate.bound >= best - SLACK


@examples(150)
@given(st.integers(0, 2**32 - 1), st.integers(1, 2))
def test_reserved_seats_go_to_members_only_and_cost_no_more_than_they_must(
    seed: int, groups: int
) -> None:
    edges, capacity, random = case(seed)
    left, reserves = capacity.copy(), []
    for _ in range(groups):
        seats = random.integers(0, left + 1)
        left = left - seats
        reserves.append(Reserve(random.random(edges.people) < 0.4, seats))
    conditions = Conditions(reserves=reserves)
    found = allocate_under(edges, capacity, conditions, gap=1e-5)
    holds(edges, capacity, conditions, found)
    best = optimum(edges, capacity, conditions)
    assert best - SLACK <= found.allocation.certificate.value <= best + SLACK
    assert found.allocation.certificate.bound >= best - SLACK
    outsiders = ~np.any([reserve.member for reserve in reserves], axis=0)
    inside = found.allocation.opening[outsiders & (found.allocation.opening != UNPLACED)]
    assert (np.bincount(inside, minlength=edges.openings) <= left).all()


@examples(60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 2))
def test_budgets_are_never_overspent_and_the_bound_holds(seed: int, budgets: int) -> None:
    edges, capacity, random = case(seed)
    costs = np.round(random.uniform(0.0, 10.0, (budgets, edges.score.size)))
    limits = random.uniform(0.0, 20.0, budgets)
    conditions = Conditions(budgets=[Budget(*each) for each in zip(costs, limits, strict=True)])
    found = allocate_under(edges, capacity, conditions, gap=1e-5)
    holds(edges, capacity, conditions, found)
    best = optimum(edges, capacity, conditions)
    proof = found.allocation.certificate
    assert proof.value <= best + SLACK
    assert proof.bound >= best - SLACK


def test_a_budget_of_many_small_costs_is_used_almost_to_the_best() -> None:
    random = np.random.default_rng(4)
    person, opening = np.nonzero(random.random((400, 40)) < 0.3)
    edges = Edges.from_pairs(person, opening, random.random(person.size), 400, 40)
    capacity = np.full(40, 8)
    free = allocate(edges, capacity).certificate.value
    budget = Budget(random.uniform(1.0, 3.0, edges.score.size), 200.0)
    found = allocate_under(edges, capacity, Conditions(budgets=[budget]))
    proof = found.allocation.certificate
    assert found.spent[0] <= 200.0
    assert proof.value < free
    assert proof.gap < 0.01
    assert found.budget_prices[0] > 0.0


def test_no_conditions_is_the_plain_market() -> None:
    edges, capacity, _ = case(11)
    plain, found = allocate(edges, capacity), allocate_under(edges, capacity, Conditions())
    assert found.allocation.certificate.value == pytest.approx(plain.certificate.value)


EDGES = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], 2, 2)


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        (Conditions(np.array([7])), "fixed pair 0: edge 7 does not exist"),
        (Conditions(forbidden=np.array([-1])), "forbidden pair 0: edge -1 does not exist"),
        (Conditions(np.array([1]), np.array([1])), "edge 1 is also forbidden"),
        (Conditions(np.array([0, 1])), "person 0 has 2 fixed pairs"),
        (Conditions(np.array([0, 2])), "opening 0 has fewer seats than the 2 fixed pairs"),
        (
            Conditions(reserves=[Reserve(np.ones(2, np.bool_), np.array([2, 0]))]),
            "opening 0 has fewer seats than the 2 reserved",
        ),
        (
            Conditions(reserves=[Reserve(np.ones(3, np.bool_), np.array([1, 0]))]),
            r"reserve 0: member must have shape \(2,\)",
        ),
        (Conditions(budgets=[Budget(np.array([1.0, -1, 1]), 5.0)]), "budget 0: edge 1 costs -1"),
        (Conditions(budgets=[Budget(np.ones(2), 5.0)]), r"budget 0: cost has shape \(2,\)"),
        (Conditions(budgets=[Budget(np.ones(3), np.nan)]), "budget 0: the limit is nan"),
        (
            Conditions(np.array([0]), budgets=[Budget(np.ones(3), 0.5)]),
            "budget 0: the fixed pairs cost 1.0, more than the limit of 0.5",
        ),
    ],
)
def test_conditions_that_cannot_hold_are_named(conditions: Conditions, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        allocate_under(EDGES, np.array([1, 1]), conditions)
