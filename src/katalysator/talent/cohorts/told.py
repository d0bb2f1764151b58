"""What a page tells of a cohort: scenarios side by side, where each person goes and why, and how groups fare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from katalysator.core import regions
from katalysator.core.language import active_language, translate
from katalysator.engine.matching import UNPLACED
from katalysator.faults import gettext_noop
from katalysator.talent.cohorts.scenarios import BEHIND, MOST, SCENARIOS, SKILLS, Scenario
from katalysator.talent.cohorts.skill_words import SkillWords
from katalysator.talent.models import Cohort
from katalysator.talent.taxonomies.current import current_taxonomy

_AIMS: Final = {
    MOST: gettext_noop("As many people as possible"),
    SKILLS: gettext_noop("Most skill in use"),
    BEHIND: gettext_noop("As many as possible, and nobody left far behind"),
}
_WHY: Final = {
    "nothing": gettext_noop(
        "No work agrees on level and hours, or on the region where that is asked"
    ),
    "coverage": gettext_noop(
        "Of no such work enough is known, also not with a course where that is asked"
    ),
    "taken": gettext_noop("The places for which enough is known went to others"),
}
_SURE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class ToldScenario:
    """A scenario in words and numbers."""

    name: str
    label: str
    placed: int
    share: float
    mean: float
    lowest: float
    with_course: int
    proof: str


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """Where somebody goes, how much of what it asks for they have, what lacks, and by which course; or why nowhere."""

    key: str
    work: str
    listing: int | None
    coverage: float
    missing: Sequence[str]
    course: str
    why: str


def scenario_label(scenario: Scenario) -> str:
    """What a scenario does, in words."""
    parts = [translate(_AIMS[scenario.aim])]
    if scenario.nearby:
        parts.append(_("within the own region"))
    if scenario.courses:
        parts.append(_("with a course where that is needed"))
    return ", ".join(parts)


def scenarios(found: Cohort) -> list[ToldScenario]:
    """All scenarios that are computed, beside each other."""
    kept = found.figures.get("scenarios", {})
    return [_scenario(found, each, kept[each.name]) for each in SCENARIOS if each.name in kept]


def people(found: Cohort, name: str) -> Iterator[ToldPerson]:
    """Where each person goes in a scenario. Cost: a query, for the taxonomy."""
    told, words = found.figures["scenarios"][name], SkillWords(current_taxonomy())
    work, courses, language = found.figures["work"], found.figures["courses"], active_language()
    columns = zip(told["work"], told["course"], told["coverage"], told["why"], strict=True)
    for person, (place, course, coverage, why) in zip(found.people, columns, strict=True):
        if place == UNPLACED:
            yield ToldPerson(person["key"], "", None, 0.0, (), "", translate(_WHY[why]))
            continue
        has = words.skills(person) | (
            words.skills(courses[course]) if course != UNPLACED else set()
        )
        lacks = sorted(words.called(each, language) for each in words.skills(work[place]) - has)
        yield ToldPerson(
            person["key"],
            work[place]["title"],
            work[place]["listing"],
            coverage,
            lacks,
            courses[course]["title"] if course != UNPLACED else "",
            "",
        )


def groups(found: Cohort, by: str) -> list[tuple[str, int, list[int]]]:
    """How each group fares: its name, its people, and how many are placed in each scenario."""
    return [
        (_group(by, each["names"]), each["people"], each["placed"])
        for each in found.figures.get("groups", {}).get(by, ())
    ]


def _group(by: str, names: Sequence[str]) -> str:
    if len(names) > 1:
        return _("Smaller groups together")
    if not names[0]:
        return _("not told")
    return regions.name(names[0], active_language()) if by == "region" else names[0]


def _scenario(found: Cohort, scenario: Scenario, told: dict[str, Any]) -> ToldScenario:
    placed = [
        each for each, work in zip(told["coverage"], told["work"], strict=True) if work != UNPLACED
    ]
    return ToldScenario(
        name=scenario.name,
        label=scenario_label(scenario),
        placed=len(placed),
        share=len(placed) / len(found.people),
        mean=sum(placed) / len(placed) if placed else 0.0,
        lowest=min(placed, default=0.0),
        with_course=sum(each != UNPLACED for each in told["course"]),
        proof=_proof(scenario, len(placed), sum(placed), told["bound"]),
    )


def _proof(scenario: Scenario, placed: int, coverage: float, bound: float | None) -> str:
    if bound is None:
        return _("Not proven: there are too many ways to look at.")
    if scenario.aim == SKILLS:
        gap = max(0.0, 1 - coverage / bound) if bound else 0.0
        if gap <= 10 * len(_AIMS) * _SURE:
            return _("Proven: no way brings more skill in use.")
        return _("Proven: at most %(gap)s %% below the most.") % {
            "gap": number_format(100 * gap, 2)
        }
    if placed >= bound:
        return _("Proven: no way places more people.")
    return _("Proven: no way places more than %(most)s people.") % {
        "most": number_format(int(bound))
    }
