"""The cheapest courses that close a gap, in an order in which they can be taken, and how good that is, proven.

A weighted set cover in which a course may need others first: an integer programme, solved by HiGHS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from math import ceil, inf
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, Float64Array

SECONDS: Final = 2.0
"""How long is sought for a plan that is proven, before the best so far is given with what is known of it."""

_CLOSE: Final = 1e-6  # of a bound: HiGHS reckons in floating point
_HALF: Final = 0.5
_OPTIMAL, _OUT_OF_TIME = 0, 1  # what milp says of its end

_Rows = tuple[Float64Array, float, float]
"""Lines of a programme, float64 (n, variables), and the least and most that each may come to."""


@dataclass(frozen=True, slots=True)
class SkillCourse:
    """What can be followed.

    Attributes
    ----------
    key : str
        Names it; the plan is in these.
    teaches : frozenset of int
        Skills that one has afterwards, as rows of a taxonomy.
    cost : int
        Price of a seat, in whole cents or whatever one counts in.
    hours : int
        Hours of study altogether.
    seats : int, optional
        How many can still take part; None for no limit.
    level : int
        The level of education that one must have to enter, 0 for none, up to 8 (NLQF, EQF).
    after : frozenset of str
        Courses that must be followed first, each of them.

    """

    key: str
    teaches: frozenset[int]
    cost: int = 0
    hours: int = 0
    seats: int | None = None
    level: int = 0
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CourseLimits:
    """What somebody, or a group of so many `people`, has for courses; None is no limit.

    `hour` is what an hour of study counts for beside the cost, in the same unit: 0 seeks the cheapest courses, and of
    equally cheap ones not the shortest.
    """

    hours: int | None = None
    cost: int | None = None
    level: int | None = None
    people: int = 1
    hour: int = 0


class Shut(StrEnum):
    """Why a course is not open."""

    FULL = "full"
    LEVEL = "level"
    BEFORE = "before"
    """A course that must come first is not open."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """Courses that close a gap, or as much of it as fits.

    Attributes
    ----------
    courses : sequence of SkillCourse
        In an order in which they can be taken.
    covered, left, untaught : frozenset of int
        What of the gap they teach; what open courses teach and these do not, for want of hours or money; and what no open
        course teaches.
    shut : mapping of str to Shut
        Courses that teach something of the gap and are not open, and why.
    cost, hours : int
        Of all courses together.
    value, bound : int
        Without limits on hours and cost the price of the plan (its cost, and its hours at the price of `CourseLimits.hour`),
        and a price that no plan stays under; with them the weight of what is covered, and a weight that no plan exceeds.
    is_proven : bool
        No plan is better than this one.

    """

    courses: Sequence[SkillCourse]
    covered: frozenset[int]
    left: frozenset[int]
    untaught: frozenset[int]
    shut: Mapping[str, Shut]
    cost: int
    hours: int
    value: int
    bound: int

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better."""
        return self.value == self.bound

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of the greater of value and bound; 0 where it is the best."""
        return abs(self.value - self.bound) / max(self.value, self.bound, 1)


def cheapest_courses(
    gap: Mapping[int, int],
    courses: Sequence[SkillCourse],
    limits: CourseLimits = CourseLimits(),
    *,
    seconds: float = SECONDS,
) -> CoursePlan:
    """Choose courses that teach what is missing.

    Parameters
    ----------
    gap : mapping of int to int
        The skills that are missing, as rows, and what each weighs, at least 1: `SkillPart.worth`.
    courses : sequence of SkillCourse
        C of them, with different keys.
    limits : CourseLimits
        Without hours and cost in it, everything that open courses teach of the gap is covered for the lowest price. With
        either of them, as much weight as fits is covered, and for a low price.
    seconds : float
        Longest time to prove it; with limits on hours or cost twice that, once for the weight and once for the price.

    Returns
    -------
    CoursePlan
        With a bound, equal to the value where the plan is proven to be the best.

    Raises
    ------
    ValueError
        For two courses with one key, a course that needs one that does not exist or, in the end, itself, and negative
        numbers. The sentence names the course.

    Notes
    -----
    Set cover is NP-hard (Karp 1972). HiGHS proves 40 missing skills among 500 courses in half a second of CPU at most, by
    `python -m bench.talent.roads`; where it cannot in time, the better of what it found and of a greedy plan (most weight
    for the price, Chvatal 1979) is given with the bound that HiGHS reached.

    Examples
    --------
    >>> sql, python, both = (
    ...     SkillCourse("sql", frozenset({1}), 300),
    ...     SkillCourse("python", frozenset({2}), 300),
    ...     SkillCourse("data", frozenset({1, 2}), 500),
    ... )
    >>> plan = cheapest_courses({1: 40, 2: 40, 3: 20}, [sql, python, both])
    >>> [course.key for course in plan.courses], plan.cost, plan.untaught, plan.is_proven
    (['data'], 500, frozenset({3}), True)

    """
    check_courses(courses)
    _check_numbers(gap, limits)
    shut = _shut(courses, limits)
    choice = _Choice(gap, [course for course in courses if course.key not in shut], limits)
    told = {
        course.key: shut[course.key]
        for course in courses
        if course.key in shut and course.teaches & gap.keys()
    }
    return choice.plan(*choice.best(seconds), told)


def check_courses(courses: Sequence[SkillCourse]) -> Sequence[str]:
    """The keys of courses in an order in which they can be taken; ValueError where there is none, as `cheapest_courses`."""
    known: dict[str, SkillCourse] = {}
    for course in courses:
        if course.key in known:
            raise ValueError(f"two courses are called {course.key}; each needs a key of its own")
        if min(course.cost, course.hours, course.level, course.seats or 0) < 0:
            raise ValueError(
                f"course {course.key}: cost, hours, seats and level must be at least 0"
            )
        known[course.key] = course
    for course in courses:
        for before in sorted(course.after - known.keys()):
            raise ValueError(f"course {course.key} comes after {before}, which does not exist")
    order = TopologicalSorter({course.key: sorted(course.after) for course in courses})
    try:
        return tuple(order.static_order())
    except CycleError as fault:
        circle = " → ".join(fault.args[1])
        raise ValueError(f"these courses wait for each other: {circle}") from fault


class _Choice:
    """Open courses against what is missing: one programme, asked in one or two ways."""

    def __init__(
        self, gap: Mapping[int, int], courses: Sequence[SkillCourse], limits: CourseLimits
    ) -> None:
        self.gap = gap
        taught = frozenset(chain.from_iterable(course.teaches for course in courses))
        self.skills = sorted(taught & gap.keys())
        self.courses = _useful(courses, frozenset(self.skills))
        self.number = {course.key: row for row, course in enumerate(self.courses)}
        self.cost = np.array([course.cost for course in self.courses], np.int64)
        self.hours = np.array([course.hours for course in self.courses], np.int64)
        self.price = self.cost + limits.hour * self.hours
        self.spending = [
            (each, limit)
            for each, limit in ((self.hours, limits.hours), (self.cost, limits.cost))
            if limit is not None
        ]
        self.weight = np.array([gap[skill] for skill in self.skills], np.int64)
        self.teaches = np.array(
            [[skill in course.teaches for course in self.courses] for skill in self.skills],
            np.bool_,
        ).reshape(len(self.skills), len(self.courses))
        self.order = check_courses(self.courses)
        self.closures = self._all_before()

    def best(self, seconds: float) -> tuple[BoolArray, int, int]:
        """Which courses are taken, bool (C,), with value and bound."""
        greedy = self._greedy()
        if not self.spending:
            return self._cheapest(greedy, seconds)
        full, value, bound = self._fullest(greedy, seconds)
        return self._cheapest(full, seconds)[0], value, bound

    def plan(
        self, taken: BoolArray, value: int, bound: int, shut: Mapping[str, Shut]
    ) -> CoursePlan:
        """The plan of courses that are taken."""
        chosen = {
            self.courses[row].key: self.courses[row] for row in np.flatnonzero(taken).tolist()
        }
        taught = chain.from_iterable(each.teaches for each in chosen.values())
        covered = frozenset(taught) & frozenset(self.gap)
        return CoursePlan(
            tuple(chosen[key] for key in self.order if key in chosen),
            covered,
            frozenset(self.skills) - covered,
            frozenset(self.gap) - frozenset(self.skills),
            shut,
            int(self.cost[taken].sum()),
            int(self.hours[taken].sum()),
            value,
            bound,
        )

    def _cheapest(self, known: BoolArray, seconds: float) -> tuple[BoolArray, int, int]:
        """The lowest price at which everything is taught that a `known` plan teaches."""
        wanted = self._taught(known)
        rows = [(self.teaches[wanted].astype(np.float64), 1.0, inf), *self._bounds(0)]
        found, bound = _solve(self.price.astype(np.float64), rows, seconds)
        plans = [self._pruned(each, wanted) for each in (known, found) if each is not None]
        taken = min(plans, key=self._paid)
        value = self._paid(taken)
        return taken, value, value if bound is None else min(value, max(0, _up(bound)))

    def _fullest(self, known: BoolArray, seconds: float) -> tuple[BoolArray, int, int]:
        """The most weight that fits in the limits."""
        size, skills = len(self.courses), len(self.skills)
        taught = np.hstack([self.teaches.astype(np.float64), -np.eye(skills)])
        worth = np.concatenate([np.zeros(size), -self.weight.astype(np.float64)])
        found, bound = _solve(worth, [(taught, 0.0, inf), *self._bounds(skills)], seconds)
        plans = [known] if found is None else [known, found[:size]]
        taken = max(plans, key=self._worth)
        value = self._worth(taken)
        if bound is None:
            return taken, value, value
        return taken, value, max(value, min(int(self.weight.sum()), -_up(bound)))

    def _bounds(self, others: int) -> Sequence[_Rows]:
        """What a plan must keep to besides, with room for `others` variables: what comes first, and the limits."""
        pairs = [
            (row, self.number[before])
            for row, course in enumerate(self.courses)
            for before in sorted(course.after)
        ]
        first = np.zeros((len(pairs), len(self.courses) + others))
        for line, (row, before) in enumerate(pairs):
            first[line, row], first[line, before] = -1.0, 1.0
        spent = [
            (np.concatenate([each, np.zeros(others)])[None, :], -inf, float(limit))
            for each, limit in self.spending
        ]
        return [(first, 0.0, inf), *spent]

    def _greedy(self) -> BoolArray:
        """Most new weight for the effort, one course with all that comes before it after another, while it fits."""
        taken = np.zeros(len(self.courses), np.bool_)
        teaches = (self.closures @ self.teaches.T.astype(np.int64)) > 0
        while True:
            worth = (teaches & ~self._taught(taken)) @ self.weight
            options = np.flatnonzero((worth > 0) & self._fit(taken))
            if not options.size:
                return taken
            best = options[np.argmin(self._efforts(taken)[options] / worth[options])]
            taken = taken | self._closure(best)

    def _fit(self, taken: BoolArray) -> BoolArray:
        """Which courses fit with all that comes before them beside those taken, bool (C,)."""
        fit = np.ones(len(self.courses), np.bool_)
        for each, limit in self.spending:
            fit &= each[taken].sum() + self.closures @ np.where(taken, 0, each) <= limit
        return fit

    def _efforts(self, taken: BoolArray) -> Float64Array:
        """What each course and all that comes before it takes more: a share of the limits, or its price without any."""
        if not self.spending:
            return np.asarray(self.closures @ np.where(taken, 0, self.price), np.float64)
        shares = [each / max(limit, 1) for each, limit in self.spending]
        return np.asarray(self.closures @ np.where(taken, 0.0, sum(shares)))

    def _pruned(self, taken: BoolArray, wanted: BoolArray) -> BoolArray:
        """A plan without courses that it does not need, the last one first."""
        kept = taken.copy()
        for key in reversed(self.order):
            row = self.number[key]
            if not kept[row]:
                continue
            kept[row] = False
            needed = (self.closures[kept][:, [row]]).nnz > 0
            kept[row] = needed or not (self._taught(kept) >= wanted).all()
        return kept

    def _all_before(self) -> sparse.csr_array:
        """Each course (row) with itself and all that must come before it, CSR int64 (C, C)."""
        before: dict[str, frozenset[str]] = {}
        for key in self.order:
            after = self.courses[self.number[key]].after
            before[key] = frozenset({key}).union(*(before[each] for each in after))
        pairs = [
            (self.number[key], self.number[each]) for key in self.order for each in before[key]
        ]
        row, column = np.array(pairs, np.int64).reshape(-1, 2).T
        size = len(self.courses)
        return sparse.csr_array((np.ones(row.size, np.int64), (row, column)), shape=(size, size))

    def _closure(self, row: int) -> BoolArray:
        """A course and all that must come before it, bool (C,)."""
        return np.asarray(self.closures[[row]].toarray()[0] > 0)

    def _taught(self, taken: BoolArray) -> BoolArray:
        return np.asarray(self.teaches[:, taken].any(axis=1))

    def _worth(self, taken: BoolArray) -> int:
        return int(self.weight[self._taught(taken)].sum())

    def _paid(self, taken: BoolArray) -> int:
        return int(self.price[taken].sum())


def _solve(
    price: Float64Array, rows: Sequence[_Rows], seconds: float
) -> tuple[BoolArray | None, float | None]:
    """What the programme takes at the lowest price, where it found anything, and the bound: None where that was reached."""
    from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

    limits = [
        LinearConstraint(sparse.csc_array(matrix), low, high)
        for matrix, low, high in rows
        if len(matrix)
    ]
    if not price.size:
        return None, None

    def solved(whole: int, within: float) -> OptimizeResult:
        return milp(
            price,
            integrality=np.full(price.size, whole),
            bounds=Bounds(0, 1),
            constraints=limits,
            options={"mip_rel_gap": 0.0, "time_limit": within},
        )

    done = solved(1, seconds)
    found = None if done.x is None else np.asarray(done.x > _HALF)
    if done.status == _OPTIMAL:
        return found, None
    if done.status != _OUT_OF_TIME:
        raise ValueError(f"the programme was not solved: {done.message}")
    by_parts = solved(0, inf).fun  # parts of courses are soon reckoned with, and never dearer
    bounds = (done.mip_dual_bound, by_parts)
    return found, max(float(each) for each in bounds if each is not None and np.isfinite(each))


def _useful(courses: Sequence[SkillCourse], skills: frozenset[int]) -> Sequence[SkillCourse]:
    """The courses that teach any of the skills, and those that must come before them."""
    known = {course.key: course for course in courses}
    todo = [course for course in courses if course.teaches & skills]
    useful: set[str] = set()
    while todo:
        course = todo.pop()
        if course.key not in useful:
            useful.add(course.key)
            todo += [known[before] for before in course.after]
    return [course for course in courses if course.key in useful]


def _shut(courses: Sequence[SkillCourse], limits: CourseLimits) -> Mapping[str, Shut]:
    """The courses that are not open, and why."""
    known = {course.key: course for course in courses}
    shut: dict[str, Shut] = {}
    for key in check_courses(courses):
        course = known[key]
        if course.seats is not None and course.seats < limits.people:
            shut[key] = Shut.FULL
        elif limits.level is not None and course.level > limits.level:
            shut[key] = Shut.LEVEL
        elif course.after & shut.keys():
            shut[key] = Shut.BEFORE
    return shut


def _check_numbers(gap: Mapping[int, int], limits: CourseLimits) -> None:
    for skill, weight in gap.items():
        if weight < 1:
            raise ValueError(f"skill {skill} weighs {weight}; it must be at least 1")
    told = (limits.hours, limits.cost, limits.level, limits.hour)
    if min(each or 0 for each in told) < 0 or limits.people < 1:
        raise ValueError("limits must be at least 0, and people at least 1")


def _up(bound: float) -> int:
    """The least whole number that a bound allows."""
    return ceil(bound - _CLOSE * max(1.0, abs(bound)))
