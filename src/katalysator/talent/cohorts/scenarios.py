"""Ways to place a cohort, side by side: each an allocation with a proof of how near the best it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import FINEST, UNPLACED, Edges, allocate
from katalysator.talent.cohorts.coverage import CohortSkills

MOST, SKILLS, BEHIND = "most", "skills", "behind"
_FITS_AGAIN: Final = 20  # times that seats of courses are dealt anew


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

    No way to do the same is worth more than `bound`: of `MOST` in people, else the sum of coverages.
    """

    work: IntArray
    course: IntArray
    coverage: FloatArray
    could: BoolArray
    bound: float

    @property
    def placed(self) -> int:
        """How many go somewhere."""
        return int(np.count_nonzero(self.work != UNPLACED))


def place(market: CohortMarket, scenario: Scenario) -> Placed:
    """Place people as a scenario has it. Of the seats of courses those gain who gain most.

    With courses somebody follows one where that is needed to have the least coverage. The bound then is of the same
    market with seats of courses for all.
    """
    allowed = _allowed(market, scenario)
    base = market.skills.coverage()
    may_learn = market.may_learn.copy()
    if not scenario.courses:
        may_learn[:] = False
    bound = None
    for _again in range(_FITS_AGAIN):
        found = _placed(market, scenario, allowed, *_with_courses(market, base, may_learn))
        bound = found.bound if bound is None else bound
        crowded = _without_seat(market, found)
        if not crowded.size:
            break
        may_learn[crowded, found.course[crowded]] = False
    else:
        crowded = _without_seat(market, found)
        found.work[crowded] = found.course[crowded] = UNPLACED
        found.coverage[crowded] = 0.0
    return replace(found, bound=bound or 0.0)


def _allowed(market: CohortMarket, scenario: Scenario) -> BoolArray:
    """Who may work where in a scenario, whatever they can, (P, O)."""
    return market.may & market.near if scenario.nearby else market.may


def _with_courses(
    market: CohortMarket, base: FloatArray, may_learn: BoolArray
) -> tuple[FloatArray, IntArray]:
    """The coverage of each pair, with the course that brings it above the least where one is needed and does."""
    gained, course = np.zeros_like(base), np.full(base.shape, UNPLACED)
    for number in np.flatnonzero(may_learn.any(axis=0)).tolist():
        gain = np.where(may_learn[:, [number]], market.skills.gain(number), 0.0)
        better = gain > gained
        gained[better], course[better] = gain[better], number
    needed = (base < market.least) & (base + gained >= market.least)
    return np.where(needed, base + gained, base), np.where(needed, course, UNPLACED)


def _placed(
    market: CohortMarket,
    scenario: Scenario,
    allowed: BoolArray,
    coverage: FloatArray,
    course: IntArray,
) -> Placed:
    good = allowed & (coverage >= market.least)
    could = np.asarray(good.any(axis=1))
    if scenario.aim == SKILLS:
        work, bound = _allocated(good, coverage, market.seats)
    else:
        work, bound = _most(good, coverage, market.seats)
        if scenario.aim == BEHIND:
            work, bound = _highest_least(good, coverage, market.seats, work)
    rows = np.flatnonzero(work != UNPLACED)
    got, by = np.zeros(work.size), np.full(work.size, UNPLACED)
    got[rows], by[rows] = coverage[rows, work[rows]], course[rows, work[rows]]
    return Placed(work.astype(np.int64), by, got, could, bound)


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


def _without_seat(market: CohortMarket, found: Placed) -> IntArray:
    """Those for whom their course has no seat: who has least of what the work asks for with it."""
    crowded: list[int] = []
    for number, seats in enumerate(market.course_seats.tolist()):
        taking = np.flatnonzero(found.course == number)
        order = taking[np.argsort(-found.coverage[taking], kind="stable")]
        crowded += order[seats:].tolist()
    return np.array(sorted(crowded), np.int64)


def why_not(market: CohortMarket, scenario: Scenario, found: Placed) -> Sequence[str]:
    """Why each person goes nowhere; empty for who does: `nothing` allowed, too little `coverage`, or `taken`."""
    allowed = _allowed(market, scenario).any(axis=1)
    return [
        "" if work != UNPLACED else ("taken" if could else "coverage") if may else "nothing"
        for work, could, may in zip(
            found.work.tolist(), found.could.tolist(), allowed.tolist(), strict=True
        )
    ]
