"""Three directions for somebody: work that asks for what they can do, with what it pays, how much it is asked for, and a course."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from katalysator.engine.arrays import Int64Array
from katalysator.engine.skills import (
    WHOLE,
    Opener,
    Route,
    Taxonomy,
    Tier,
    coverage_with,
    demands_of,
    held_skills,
    routes_from,
)
from katalysator.talent.models import LearningCourse
from katalysator.talent.roads.answers import Matter, RoadAnswers
from katalysator.talent.work.figures import WorkFigures, figures_of

SHOWN: Final = 3
_LOOKED_AT: Final = 30
"""So many of the most covered kinds of work are put in order by what matters."""


@dataclass(frozen=True, slots=True)
class CourseGain:
    """A course, what it teaches of what is missing, and the coverage with it."""

    course: LearningCourse
    teaches: Sequence[int]
    after: float


@dataclass(frozen=True, slots=True)
class WorkDirection:
    """A way to other work, with what is known of that."""

    key: str
    route: Route
    figures: WorkFigures
    course: CourseGain | None
    a_month: int | None


@dataclass(frozen=True, slots=True)
class WorkDirections:
    """Three directions out of so many that were `looked_at`; `by_figures` where figures put them in order.

    `own` is what is known of the work that one came from, and `opener` the skill that would open most.
    """

    shown: Sequence[WorkDirection]
    looked_at: int
    by_figures: bool
    own: WorkFigures
    opener: Opener | None


def directions_of(answers: RoadAnswers, taxonomy: Taxonomy) -> WorkDirections:
    """The directions for these answers. Cost: four queries at most, and 30 ms for ESCO."""
    held = _held(answers, taxonomy)
    found = routes_from(taxonomy, held.came_from, held.skills)
    rows = [*found.rows(Tier.NOW), *found.rows(Tier.COURSE)][:_LOOKED_AT]
    rows = [int(row) for row in (rows if len(rows) >= SHOWN else found.order[:SHOWN])]
    isco = {row: taxonomy.isco[row] for row in (*rows, *held.came_from)}
    figures = figures_of(set(isco.values()) - {""}, answers.region)
    known = {row: figures.get(code, WorkFigures()) for row, code in isco.items()}
    weight = _WEIGHT[Matter(answers.matters)] if answers.matters else _by_pay
    worth = {row: weight(known[row], answers) for row in rows}
    order = sorted(rows, key=lambda row: -(worth[row] or 0.0))  # of equals, what is covered most
    routes = [found.route(row) for row in order[:SHOWN]]
    helping = _Helping.of(taxonomy, held, routes)
    return WorkDirections(
        [_direction(each, known[each.occupation], answers, helping) for each in routes],
        len(rows),
        any(each is not None for each in worth.values()),
        next((known[row] for row in held.came_from), WorkFigures()),
        next(iter(found.openers(1)), None),
    )


class _Held(NamedTuple):
    """The work that somebody came from, and what they have of skills, in percent: none of what they took away."""

    came_from: Sequence[int]
    skills: Mapping[int, int]


def _held(answers: RoadAnswers, taxonomy: Taxonomy) -> _Held:
    here = taxonomy.occupations.row.get(answers.occupation)
    came_from = [] if here is None else [here]
    taken_away = dict.fromkeys(map(int, taxonomy.essential[came_from].indices), 0)
    ticked = dict.fromkeys(answers.skills(taxonomy), WHOLE)
    return _Held(came_from, taken_away | ticked)


class _Helping(NamedTuple):
    """What is at hand to find the course that helps most."""

    taxonomy: Taxonomy
    has: Int64Array
    courses: Sequence[LearningCourse]

    @classmethod
    def of(cls, taxonomy: Taxonomy, held: _Held, routes: Sequence[Route]) -> Self:
        """What one has, and the courses that teach what is missing on some routes and ask for no more. Cost: a query."""
        has = held_skills(taxonomy, held.came_from, held.skills)
        keys, row = taxonomy.skills.keys, taxonomy.skills.row
        missing = {keys[skill] for route in routes for skill in _missing(route)}
        teaching = LearningCourse.objects.running().filter(teaches__overlap=sorted(missing))
        open_to = [
            each for each in teaching if all(has[row[key]] for key in each.asks if key in row)
        ]
        return cls(taxonomy, has, open_to)

    def best(self, route: Route) -> CourseGain | None:
        """The course after which one has most of what is essential; of two that bring as much the cheaper one."""
        row, missing, asked = self.taxonomy.skills.row, _missing(route), demands_of(self.taxonomy)
        taught = [
            tuple(row[key] for key in course.teaches if row.get(key) in missing)
            for course in self.courses
        ]
        after = {
            skills: float(coverage_with(asked, self.has, *skills).essential[route.occupation])
            for skills in set(taught)
        }
        gains = [
            CourseGain(course, skills, after[skills])
            for course, skills in zip(self.courses, taught, strict=True)
        ]
        order = sorted(gains, key=lambda gain: (-gain.after, gain.course.cost, gain.course.key))
        return next((each for each in order if each.after > route.essential), None)


def _missing(route: Route) -> set[int]:
    """What cannot be done without, and one does not have."""
    return {part.skill for part in route.missing if part.is_essential}


def _direction(
    route: Route, figures: WorkFigures, answers: RoadAnswers, helping: _Helping
) -> WorkDirection:
    pay = figures.pay
    return WorkDirection(
        helping.taxonomy.occupations.keys[route.occupation],
        route,
        figures,
        helping.best(route),
        pay.a_month(answers.hours) if pay and answers.hours else None,
    )


def _by_pay(figures: WorkFigures, _answers: RoadAnswers) -> float | None:
    return figures.pay.middle if figures.pay else None


def _by_demand(figures: WorkFigures, _answers: RoadAnswers) -> float | None:
    return figures.demand.tightness if figures.demand else None


def _by_demand_there(figures: WorkFigures, answers: RoadAnswers) -> float | None:
    demand = figures.demand
    return demand.tightness if demand and demand.region == answers.region else None


_WEIGHT: Final[Mapping[Matter, Callable[[WorkFigures, RoadAnswers], float | None]]] = {
    Matter.PAY: _by_pay,
    Matter.SECURITY: _by_demand,
    Matter.NEAR: _by_demand_there,
}
