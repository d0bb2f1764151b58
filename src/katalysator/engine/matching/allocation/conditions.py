"""Allocation under conditions: pairs that are fixed or forbidden, reserved seats, and budgets.

Each condition is turned into a plain market, so that one auction serves all: a fixed pair takes its
seat beforehand, a reserved seat is an opening of its own that only the group can reach, and a
budget has a price that is taken off the scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import (
    UNPLACED,
    Allocation,
    Certificate,
    checked_seats,
    rows,
)
from katalysator.engine.matching.allocation.edges import Edges, refuse
from katalysator.engine.matching.allocation.solver import allocate

_HALVINGS = 24  # of the price of a budget
_SWEEPS = 3  # over several budgets


@dataclass(frozen=True, slots=True, eq=False)
class Reserve:
    """Seats kept for a group: at least so many seats of each opening are for its members alone.

    Parameters
    ----------
    member : bool array, shape (P,)
        Who belongs to the group.
    seats : integer array, shape (O,)
        Seats reserved at each opening, part of its capacity.

    """

    member: BoolArray
    seats: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Budget:
    """What the placements may cost together.

    Parameters
    ----------
    cost : float64 array, shape (E,)
        Cost of each edge, at least 0.
    limit : float
        Most that the edges taken may cost, at least 0.

    """

    cost: FloatArray
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """What must hold besides capacities.

    Parameters
    ----------
    fixed : int array, shape (F,)
        Edges that are taken whatever their worth, at most one a person.
    forbidden : int array, shape (N,)
        Edges that are never taken.
    reserves : sequence of Reserve
        Groups with seats of their own. Who belongs to two groups may use the seats of both.
    budgets : sequence of Budget
        Limits on what the edges taken may cost; fixed edges count.

    """

    fixed: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    forbidden: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    reserves: Sequence[Reserve] = ()
    budgets: Sequence[Budget] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Conditioned:
    """The allocation, the price of each budget (score per unit of cost), and what was spent.

    The certificate of `allocation` bounds every allocation that keeps the conditions; its prices
    are those of open seats, and `reserved` holds those of each group's seats, shape (G, O).
    """

    allocation: Allocation
    reserved: FloatArray
    budget_prices: FloatArray
    spent: FloatArray


def allocate_under(
    edges: Edges, capacity: IntArray, conditions: Conditions, *, gap: float = 1e-4
) -> Conditioned:
    """Give seats so that the total score is high and every condition holds.

    Parameters
    ----------
    edges, capacity, gap
        As for `allocate`.
    conditions : Conditions
        What must hold besides.

    Returns
    -------
    Conditioned
        Without budgets the certificate reaches `gap` as that of `allocate` does. With budgets it
        may stay above it: whole people do not fill a budget to the last cent.

    Raises
    ------
    ValueError
        For edges that do not exist, two fixed edges of a person, fixed edges that are forbidden,
        more fixed or reserved seats than there are, negative costs or limits, and fixed edges that
        cost more than a budget allows.

    Notes
    -----
    Reserved seats double the edges of members to them. A budget is priced by halving an interval
    (Lagrangian relaxation [1]_): some 25 allocations for one, 75 for each of several.

    References
    ----------
    .. [1] A. M. Geoffrion, "Lagrangean relaxation for integer programming", Mathematical
       Programming Study 2, 1974.

    """
    seats = checked_seats(edges, capacity)
    person = rows(edges)
    _check(edges, seats, conditions, person)
    problem = _Problem(edges, seats, conditions, person, gap)
    return problem.priced() if conditions.budgets else problem.solved(np.zeros(0))


class _Problem:
    """One market with its conditions, reduced to the edges that are still open."""

    def __init__(
        self, edges: Edges, seats: IntArray, conditions: Conditions, person: IntArray, gap: float
    ) -> None:
        self.edges, self.person, self.conditions, self.gap = edges, person, conditions, gap
        fixed = conditions.fixed
        taken = np.bincount(edges.opening[fixed], minlength=edges.openings)
        self.fixed_worth = float(edges.score[fixed].sum(dtype=np.float64))
        self.open = np.ones(edges.score.size, np.bool_)
        self.open[conditions.forbidden] = False
        self.open &= ~np.isin(person, person[fixed])
        held = [np.minimum(reserve.seats, seats - taken) for reserve in conditions.reserves]
        self.held = np.array(held, np.int64).reshape(len(held), edges.openings)
        for group, reserve in enumerate(conditions.reserves):  # a fixed member sits in such a seat
            sits = fixed[reserve.member[person[fixed]]]
            inside = np.bincount(edges.opening[sits], minlength=edges.openings)
            self.held[group] = np.maximum(0, np.minimum(reserve.seats - inside, self.held[group]))
        self.left = seats - taken
        self.cost = np.array([b.cost for b in conditions.budgets]).reshape(
            len(conditions.budgets), edges.score.size
        )
        self.limit = np.array([b.limit for b in conditions.budgets])
        self.limit_left = self.limit - self.cost[:, fixed].sum(axis=1)

    def solved(self, prices: FloatArray) -> Conditioned:
        """The allocation at these prices of the budgets."""
        score = self.edges.score.astype(np.float64)
        if prices.size:
            score = score - prices @ self.cost
        edge, target = self._split(np.flatnonzero(self.open & (score > 0.0)))
        groups, openings = self.held.shape
        market = Edges.from_pairs(
            self.person[edge], target, score[edge], self.edges.people, openings * (groups + 1)
        )
        open_seats = self.left - self.held.sum(axis=0)
        found = allocate(market, np.concatenate([open_seats, *self.held]), gap=self.gap)
        return self._result(found, prices)

    def _split(self, edge: IntArray) -> tuple[IntArray, IntArray]:
        """Edges, and the openings that they lead to once reserved seats stand apart."""
        person, opening = self.person[edge], self.edges.opening[edge].astype(np.int64)
        edges, targets = [edge], [opening]
        for group, reserve in enumerate(self.conditions.reserves):
            may = reserve.member[person] & (self.held[group] > 0)[opening]
            edges.append(edge[may])
            targets.append(opening[may] + (group + 1) * self.edges.openings)
        return np.concatenate(edges), np.concatenate(targets)

    def _result(self, found: Allocation, prices: FloatArray) -> Conditioned:
        choice, openings = found.opening.copy(), self.edges.openings
        choice[choice != UNPLACED] %= openings
        fixed = self.conditions.fixed
        choice[self.person[fixed]] = self.edges.opening[fixed]
        taken = self.taken(choice)
        value = float(self.edges.score[taken].sum(dtype=np.float64))
        bound = found.certificate.bound + self.fixed_worth + float(prices @ self.limit_left)
        asked = found.certificate.prices.reshape(-1, openings)
        certificate = Certificate(value, max(value, bound), asked[0])
        allocation = Allocation(choice, certificate, found.rounds)
        return Conditioned(allocation, asked[1:], prices, self.cost[:, taken].sum(axis=1))

    def taken(self, choice: IntArray) -> BoolArray:
        """Which edges an allocation takes, shape (E,)."""
        return np.asarray(self.edges.opening == choice[self.person])

    def priced(self) -> Conditioned:
        """The best found that keeps the budgets, with the lowest bound that their prices prove."""
        prices = np.zeros(self.limit.size)
        tried = [self.solved(prices)]
        for budget in np.tile(np.arange(self.limit.size), _SWEEPS if self.limit.size > 1 else 1):
            low, high = 0.0, self._dearest(budget)
            for _ in range(_HALVINGS):
                prices[budget] = (low + high) / 2
                tried.append(self.solved(prices.copy()))
                over = tried[-1].spent[budget] > self.limit[budget]
                low, high = (prices[budget], high) if over else (low, prices[budget])
            prices[budget] = high
        tried.append(self.solved(prices.copy()))
        bound = min(each.allocation.certificate.bound for each in tried)
        kept = [self._kept(each) for each in tried]
        best = max(kept, key=lambda each: each.allocation.certificate.value)
        return _with_bound(best, bound)

    def _dearest(self, budget: int) -> float:
        """A price at which nobody takes a seat that costs anything."""
        cost = self.cost[budget]
        paid = self.open & (cost > 0.0)
        return float((self.edges.score[paid] / cost[paid]).max(initial=0.0)) + 1.0

    def _kept(self, found: Conditioned) -> Conditioned:
        """The same with people left out, the least score for their cost first, until it fits."""
        choice = found.allocation.opening.copy()
        for budget in range(self.limit.size):
            paid = np.flatnonzero(self.taken(choice) & self.open & (self.cost[budget] > 0.0))
            gain = self.edges.score[paid] / self.cost[budget][paid]
            paid = paid[np.argsort(gain, kind="stable")]
            over = self.cost[budget][self.taken(choice)].sum() - self.limit[budget]
            saved = np.cumsum(self.cost[budget][paid])
            leave = np.searchsorted(saved, over * (1 - 1e-12)) + 1 if over > 0.0 else 0
            choice[self.person[paid[:leave]]] = UNPLACED
        taken = self.taken(choice)
        value = float(self.edges.score[taken].sum(dtype=np.float64))
        proof = found.allocation.certificate
        certificate = replace(proof, value=value, bound=max(value, proof.bound))
        allocation = replace(found.allocation, opening=choice, certificate=certificate)
        return replace(found, allocation=allocation, spent=self.cost[:, taken].sum(axis=1))


def _with_bound(found: Conditioned, bound: float) -> Conditioned:
    proof = found.allocation.certificate
    certificate = replace(proof, bound=max(proof.value, bound))
    return replace(found, allocation=replace(found.allocation, certificate=certificate))


def _check(edges: Edges, seats: IntArray, conditions: Conditions, person: IntArray) -> None:
    for name, chosen in (("fixed", conditions.fixed), ("forbidden", conditions.forbidden)):
        astray = (chosen < 0) | (chosen >= edges.score.size)
        refuse(f"{name} pair {{0}}: edge {{1}} does not exist", astray, chosen)
    fixed = conditions.fixed
    both = np.isin(fixed, conditions.forbidden)
    refuse("fixed pair {0}: edge {1} is also forbidden", both, fixed)
    times = np.bincount(person[fixed], minlength=edges.people)
    refuse("person {0} has {1} fixed pairs; keep one", times > 1, times)
    taken = np.bincount(edges.opening[fixed], minlength=edges.openings)
    refuse("opening {0} has fewer seats than the {1} fixed pairs there", taken > seats, taken)
    _check_reserves(edges, seats, conditions.reserves)
    for number, budget in enumerate(conditions.budgets):
        _check_budget(edges, budget, number, float(np.sum(budget.cost[fixed])))


def _check_reserves(edges: Edges, seats: IntArray, reserves: Sequence[Reserve]) -> None:
    total = np.zeros(edges.openings, np.int64)
    for number, reserve in enumerate(reserves):
        if reserve.member.shape != (edges.people,) or reserve.seats.shape != (edges.openings,):
            raise ValueError(
                f"reserve {number}: member must have shape ({edges.people},) and seats "
                f"({edges.openings},), not {reserve.member.shape} and {reserve.seats.shape}"
            )
        refuse("opening {0}: {1} reserved seats; at least 0", reserve.seats < 0, reserve.seats)
        total += reserve.seats
    refuse("opening {0} has fewer seats than the {1} reserved there", total > seats, total)


def _check_budget(edges: Edges, budget: Budget, number: int, spent: float) -> None:
    if budget.cost.shape != edges.score.shape:
        raise ValueError(
            f"budget {number}: cost has shape {budget.cost.shape}, not {edges.score.shape}"
        )
    wrong = ~np.isfinite(budget.cost) | (budget.cost < 0.0)
    refuse(f"budget {number}: edge {{0}} costs {{1}}; it must be at least 0", wrong, budget.cost)
    if not budget.limit >= 0.0:
        raise ValueError(f"budget {number}: the limit is {budget.limit}; it must be at least 0")
    if spent > budget.limit:
        raise ValueError(
            f"budget {number}: the fixed pairs cost {spent}, more than the limit of {budget.limit}"
        )
