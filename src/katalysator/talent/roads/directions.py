"""Three directions for somebody: work that asks for what they can do, with what it pays, how much it is asked for, and a course."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.engine.skills import Taxonomy
from katalysator.talent.models import LearningCourse
from katalysator.talent.roads.answers import Matter, RoadAnswers
from katalysator.talent.roads.reckoning import Route, Tier, routes_from
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

    `own` is what is known of the work that one came from.
    """

    shown: Sequence[WorkDirection]
    looked_at: int
    by_figures: bool
    own: WorkFigures


def directions_of(answers: RoadAnswers, taxonomy: Taxonomy) -> WorkDirections:
    """The directions for these answers. Cost: four queries at most."""
    here = taxonomy.occupations.row.get(answers.occupation)
    came_from = [] if here is None else [here]
    routes = list(routes_from(taxonomy, came_from, answers.skills(taxonomy)))
    within = [each for each in routes if each.tier != Tier.LONGER][:_LOOKED_AT]
    routes = within if len(within) >= SHOWN else routes[:SHOWN]
    isco = [taxonomy.isco[each.occupation] for each in routes]
    own = taxonomy.isco[here] if here is not None else ""
    figures = figures_of({*isco, own} - {""}, answers.region)
    weight = _WEIGHT.get(Matter(answers.matters), _by_pay) if answers.matters else _by_pay
    nothing = WorkFigures()
    worth = [weight(figures.get(code, nothing), answers) for code in isco]
    order = sorted(
        range(len(routes)),
        key=lambda place: (-(worth[place] or 0.0), -routes[place].coverage, place),
    )
    courses = list(LearningCourse.objects.all())
    return WorkDirections(
        [
            _direction(routes[place], figures.get(isco[place], nothing), answers, taxonomy, courses)
            for place in order[:SHOWN]
        ],
        len(routes),
        any(each is not None for each in worth),
        figures.get(own, nothing),
    )


def _direction(
    route: Route,
    figures: WorkFigures,
    answers: RoadAnswers,
    taxonomy: Taxonomy,
    courses: Sequence[LearningCourse],
) -> WorkDirection:
    pay = figures.pay
    return WorkDirection(
        taxonomy.occupations.keys[route.occupation],
        route,
        figures,
        helping_course(route, taxonomy, courses),
        pay.a_month(answers.hours) if pay and answers.hours else None,
    )


def helping_course(
    route: Route, taxonomy: Taxonomy, courses: Sequence[LearningCourse]
) -> CourseGain | None:
    """The course that brings most of what is missing; of two that bring as much the cheaper one."""
    missing = {taxonomy.skills.keys[part.skill]: part for part in route.missing}
    whole = sum(part.worth for part in route.parts)
    gained = sum(part.worth for part in route.parts if part.has)
    best: tuple[tuple[int, int, int, str], LearningCourse] | None = None
    for course in courses:
        gain = sum(missing[key].worth for key in course.teaches if key in missing)
        order = (-gain, course.cost, course.hours, course.key)
        if gain and (best is None or order < best[0]):
            best = (order, course)
    if best is None:
        return None
    taught = [missing[key].skill for key in best[1].teaches if key in missing]
    return CourseGain(best[1], taught, (gained - best[0][0]) / whole)


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
