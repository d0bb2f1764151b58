"""Ways to place a cohort, side by side: each an allocation with a proof of how near the best it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import FINEST, UNPLACED, Edges, allocate
from katalysator.engine.skills import CohortSkills

MOST, SKILLS, BEHIND = "most", "skills", "behind"
MOST_WAYS: Final = 100_000
"""Of more ways with and without courses the best of each person are looked at, and nothing is proven."""

_Limit = tuple[IntArray, IntArray]
"""The group of each way (`UNPLACED` for none), and how many ways of each group may be taken."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A way to place people: by what it chooses (`MOST`, `SKILLS`, `BEHIND`), whether `nearby` only, and with `courses`."""

    aim: str
    nearby: bool = False
    courses: bool = False

    @property
    def name(self) -> str:
        """It in a word, for addresses."""
        return "-".join([self.aim, *(["nearby"] * self.nearby), *(["courses"] * self.courses)])


SCENARIOS: Final = (
    Scenario(MOST),
    Scenario(SKILLS),
    Scenario(BEHIND),
    Scenario(MOST, nearby=True),
    Scenario(MOST, courses=True),
    Scenario(SKILLS, courses=True),
)


@dataclass(frozen=True, slots=True, eq=False)
class CohortMarket:
    """P people, O kinds of work and K courses.

    `may` (P, O) says who may work where by level and hours, `near` (P, O) where it is in somebody's region, `may_learn`
    (P, K) who may follow which course; `seats` and `course_seats` how many each takes; `least` is the least coverage.
    """

    skills: CohortSkills
    may: BoolArray
    near: BoolArray
    may_learn: BoolArray
    seats: IntArray
    course_seats: IntArray
    least: float


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where each person goes (P,), with which coverage, by which course (`UNPLACED` for none); who could go anywhere.

    No way to do the same is worth more than `bound`: in people, of `SKILLS` the sum of coverages; None where nothing is proven.
    """

    work: IntArray
    course: IntArray
    coverage: FloatArray
    could: BoolArray
    bound: float | None

    @property
    def placed(self) -> int:
        """How many go somewhere."""
        return int(np.count_nonzero(self.work != UNPLACED))


def place(market: CohortMarket, scenario: Scenario) -> Placed:
    """Place people as a scenario has it.

    With courses somebody follows one where that is needed to have the least coverage, and each takes no more than its seats.
    """
    allowed = market.may & market.near if scenario.nearby else market.may
    plain = _placed(market, scenario, allowed, market.skills.coverage())
    if not scenario.courses:
        return plain
    found = _placed_with_courses(market, scenario, allowed)
    if _value(scenario, found) >= _value(scenario, plain):
        return found
    return replace(plain, could=found.could, bound=found.bound)


def _value(scenario: Scenario, found: Placed) -> float:
    return float(found.coverage.sum()) if scenario.aim == SKILLS else float(found.placed)


def _placed(
    market: CohortMarket, scenario: Scenario, allowed: BoolArray, coverage: FloatArray
) -> Placed:
    good = allowed & (coverage >= market.least)
    if scenario.aim == SKILLS:
        work, bound = _allocated(good, coverage, market.seats)
    else:
        work, bound = _most(good, coverage, market.seats)
        if scenario.aim == BEHIND:
            work, bound = _highest_least(good, coverage, market.seats, work)
    rows = np.flatnonzero(work != UNPLACED)
    got = np.zeros(work.size)
    got[rows] = coverage[rows, work[rows]]
    none = np.full(work.size, UNPLACED)
    return Placed(work.astype(np.int64), none, got, np.asarray(good.any(axis=1)), bound)


def _placed_with_courses(market: CohortMarket, scenario: Scenario, allowed: BoolArray) -> Placed:
    """The same where a course may be needed: a linear programme bounds it, and whole people are taken by what it says.

    People, work and courses limit it at once, so that its best may have parts of people in it: the bound is proven, and
    what is chosen is told beside it.
    """
    ways = _Ways.of(market, allowed)
    people = allowed.shape[0]
    could = np.bincount(ways.person, minlength=people) > 0
    worth = ways.coverage
    if scenario.aim != SKILLS:
        worth = 1.0 + worth / (2 * max(people, 1))
    kept = _likeliest(2 * ways.person + (ways.course != UNPLACED), worth, 2 * people)
    ways, worth = ways.only(kept), worth[kept]
    limits = (
        (ways.person, np.ones(people, np.int64)),
        (ways.work, market.seats),
        (ways.course, market.course_seats),
    )
    share, bound = _relaxed(worth, limits)
    taken = _whole(np.lexsort((-worth, -share.round(6))), limits)
    work, course = (np.full(people, UNPLACED) for _ in range(2))
    got = np.zeros(people)
    who = ways.person[taken]
    work[who], course[who], got[who] = ways.work[taken], ways.course[taken], ways.coverage[taken]
    if scenario.aim != SKILLS:
        bound = float(np.floor(bound + 1e-6))
    return Placed(work, course, got, could, bound if kept.all() else None)


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Who could work where, by which course (`UNPLACED` for none), with which coverage: W ways."""

    person: IntArray
    work: IntArray
    course: IntArray
    coverage: FloatArray

    @classmethod
    def of(cls, market: CohortMarket, allowed: BoolArray) -> Self:
        """All that bring somebody to the least coverage."""
        base = market.skills.coverage()
        lacks = allowed & (base < market.least)
        found = [(UNPLACED, base, allowed & (base >= market.least))]
        for number in np.flatnonzero(market.may_learn.any(axis=0)).tolist():
            after = market.skills.coverage_after(number)
            does = lacks & market.may_learn[:, [number]] & (after >= market.least)
            found.append((number, after, does))
        pairs = [np.nonzero(does) for _number, _after, does in found]
        return cls(
            np.concatenate([person for person, _work in pairs]),
            np.concatenate([work for _person, work in pairs]),
            np.concatenate(
                [
                    np.full(person.size, number)
                    for (number, _after, _does), (person, _work) in zip(found, pairs, strict=True)
                ]
            ),
            np.concatenate(
                [after[pair] for (_number, after, _does), pair in zip(found, pairs, strict=True)]
            ),
        )

    def only(self, kept: BoolArray) -> Self:
        """Some of them."""
        return type(self)(
            self.person[kept], self.work[kept], self.course[kept], self.coverage[kept]
        )


def _likeliest(group: IntArray, worth: FloatArray, groups: int) -> BoolArray:
    """All ways, or of too many the best of each group: of each person those without a course, and those with one."""
    if group.size <= MOST_WAYS:
        return np.ones(group.size, np.bool_)
    order = np.lexsort((-worth, group))
    place = np.arange(order.size) - np.searchsorted(group[order], group[order])
    kept = np.zeros(group.size, np.bool_)
    kept[order[place < max(MOST_WAYS // groups, 1)]] = True
    return kept


def _relaxed(worth: FloatArray, limits: Sequence[_Limit]) -> tuple[FloatArray, float]:
    """The share of each way in the best where people may be parted, and what that is worth: no whole way is worth more."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    if not worth.size:
        return worth, 0.0
    parts = [
        csr_array((np.ones(rows.size), (group[rows], rows)), shape=(limit.size, worth.size))
        for group, limit in limits
        for rows in (np.flatnonzero(group != UNPLACED),)
    ]
    most = np.concatenate([limit for _group, limit in limits]).astype(np.float64)
    found = linprog(-worth, csr_array(vstack(parts)), most, bounds=(0.0, 1.0), method="highs-ds")  # type: ignore[call-overload]  # the stubs know no sparse constraints
    if found.status != 0:
        raise ValueError(f"the programme was not solved: {found.message}")
    return np.asarray(found.x), float(-found.fun)


def _whole(order: IntArray, limits: Sequence[_Limit]) -> IntArray:
    """The ways that are taken in this order, each that no limit forbids by then."""
    left = [[*limit.tolist(), order.size] for _group, limit in limits]  # the last one is nobody's
    groups = np.stack([group[order] for group, _limit in limits], axis=1).tolist()
    taken = []
    for way, each in zip(order.tolist(), groups, strict=True):
        if all(room[group] > 0 for room, group in zip(left, each, strict=True)):
            taken.append(way)
            for room, group in zip(left, each, strict=True):
                room[group] -= 1
    return np.array(taken, np.int64)


def _most(good: BoolArray, coverage: FloatArray, seats: IntArray) -> tuple[IntArray, float]:
    """As many people as can be, and of those ways one with much coverage; and the most people that could be."""
    small = 1.0 / (2 * max(good.shape[0], 1))  # all coverage together is worth less than one person
    work, bound = _allocated(good, 1.0 + small * coverage, seats)
    return work, float(np.floor(bound + 1e-9))


def _highest_least(
    good: BoolArray, coverage: FloatArray, seats: IntArray, work: IntArray
) -> tuple[IntArray, float]:
    """As many people, so that who is worst off has as much as can be; and the most coverage that is left then."""
    people = int(np.count_nonzero(work != UNPLACED))
    levels = np.unique(coverage[good])
    low, high = 0, levels.size - 1
    while low < high:
        middle = (low + high + 1) // 2
        found, _bound = _most(good & (coverage >= levels[middle]), coverage, seats)
        if np.count_nonzero(found != UNPLACED) >= people:
            low, work = middle, found
        else:
            high = middle - 1
    return work, float(people)


def _allocated(good: BoolArray, worth: FloatArray, seats: IntArray) -> tuple[IntArray, float]:
    person, opening = np.nonzero(good)
    if not person.size:
        return np.full(good.shape[0], UNPLACED), 0.0
    edges = Edges.from_pairs(person, opening, worth[person, opening], *good.shape)
    found = allocate(edges, seats, gap=FINEST)
    return found.opening, found.certificate.bound


def why_not(market: CohortMarket, scenario: Scenario, found: Placed) -> Sequence[str]:
    """Why each person goes nowhere; empty for who does: `nothing` allowed, too little `coverage`, or `taken`."""
    allowed = market.may & market.near if scenario.nearby else market.may
    may_somewhere: list[bool] = np.asarray(allowed.any(axis=1)).tolist()
    return [
        "" if work != UNPLACED else ("taken" if could else "coverage") if may else "nothing"
        for work, could, may in zip(
            found.work.tolist(), found.could.tolist(), may_somewhere, strict=True
        )
    ]
