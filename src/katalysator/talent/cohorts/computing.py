"""A cohort computed, one scenario after another; what a dead worker had done stays done."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core.actors import COHORTS
from katalysator.core.regions import related
from katalysator.engine.arrays import BoolArray
from katalysator.engine.matching import UNPLACED
from katalysator.engine.skills import CohortSkills
from katalysator.rounds.rows import stepped
from katalysator.talent.cohorts.fairness import told_groups
from katalysator.talent.cohorts.openings import openings_of
from katalysator.talent.cohorts.scenarios import SCENARIOS, CohortMarket, place, why_not
from katalysator.talent.cohorts.skill_words import SkillWords
from katalysator.talent.cohorts.workflow import COHORT
from katalysator.talent.models import Cohort
from katalysator.talent.taxonomies.current import current_taxonomy

_Said = Mapping[str, Any]


def compute(found: Cohort, run: int) -> None:
    """Compute a cohort, or what is left of it, until it is stopped."""
    if not _is_wanted(found, run):
        return
    if found.author is None:  # whose eyes it would see with
        _end(found, run, "stop")
        return
    market, kept = _market(found, found.author)
    if found.figures.get("work") != kept["work"] or found.figures.get("courses") != kept["courses"]:
        found.figures = kept
    for number, scenario in enumerate(SCENARIOS, 1):
        if scenario.name in found.figures["scenarios"]:
            continue
        placed = place(market, scenario)
        told = {
            "placed": placed.placed,
            "bound": placed.bound,
            "work": placed.work.tolist(),
            "course": placed.course.tolist(),
            "coverage": [round(each, 4) for each in placed.coverage.tolist()],
            "why": list(why_not(market, scenario, placed)),
        }
        if not _keep(found, run, scenario.name, told, number):
            return
    _end(found, run, "finish", computed_at=timezone.now())


def _market(found: Cohort, person: Person) -> tuple[CohortMarket, dict[str, Any]]:
    """What there is to place, as the scenarios take it, and what is kept of it."""
    openings = openings_of(found, person)
    work = [each for each in openings if each["kind"] == "job"]
    courses = [each for each in openings if each["kind"] == "course"]
    taxonomy = current_taxonomy()
    words = SkillWords(taxonomy)
    skills = CohortSkills.of(
        [words.skills(each) for each in found.people],
        [words.skills(each) for each in work],
        [words.skills(each) for each in courses],
        taxonomy,
    )
    market = CohortMarket(
        skills=skills,
        may=_agree(found.people, work),
        near=_table(found.people, work, _is_near),
        may_learn=_agree(found.people, courses),
        seats=np.array([each["seats"] for each in work], np.int64),
        course_seats=np.array([each["seats"] for each in courses], np.int64),
        least=found.least / 100,
    )
    return market, {"work": work, "courses": courses, "scenarios": {}, "groups": {}}


def _agree(people: Sequence[_Said], openings: Sequence[_Said]) -> BoolArray:
    """Who and what agree on level and hours, where both say them."""
    return _table(people, openings, _fits)


def _table(people: Sequence[_Said], openings: Sequence[_Said], holds: Any) -> BoolArray:
    """Whether something holds of each person and opening; those that say the same are asked once."""
    known: dict[tuple[str, str], bool] = {}
    names = [[_said(each) for each in side] for side in (people, openings)]
    table = np.zeros((len(people), len(openings)), np.bool_)
    for row, (person, mine) in enumerate(zip(people, names[0], strict=True)):
        for column, (opening, theirs) in enumerate(zip(openings, names[1], strict=True)):
            if (mine, theirs) not in known:
                known[mine, theirs] = holds(person, opening)
            table[row, column] = known[mine, theirs]
    return table


def _said(each: _Said) -> str:
    return repr((each["levels"], each["hours"], each["regions"]))


def _fits(person: _Said, opening: _Said) -> bool:
    mine, theirs = set(person["levels"]), set(opening["levels"])
    if mine and theirs and not mine & theirs:
        return False
    if not person["hours"] or not opening["hours"]:
        return True
    (low, high), (least, most) = person["hours"], opening["hours"]
    below = high is not None and least is not None and high < least
    above = low is not None and most is not None and low > most
    return not (below or above)


def _is_near(person: _Said, opening: _Said) -> bool:
    """Whether work is in a region of somebody, around it or within it; where either says none, it may be."""
    if not person["regions"] or not opening["regions"]:
        return True
    around = {code for mine in person["regions"] for code in related(mine)}
    return any(code in around for code in opening["regions"])


@transaction.atomic
def _keep(found: Cohort, run: int, name: str, told: dict[str, Any], number: int) -> bool:
    """Keep a scenario, unless the computing was stopped meanwhile; whether it is to go on."""
    row = Cohort.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is None or not _is_wanted(row, run):
        return False
    found.figures["scenarios"][name] = told
    if number == len(SCENARIOS):
        found.figures["groups"] = _groups(found)
    row.figures, row.done, row.stages = found.figures, number, len(SCENARIOS)
    row.save(update_fields=["figures", "done", "stages"])
    return True


def _groups(found: Cohort) -> dict[str, Any]:
    """How regions, and groups that people told themselves, fare in each scenario."""
    placed = {
        name: [work != UNPLACED for work in each["work"]]
        for name, each in found.figures["scenarios"].items()
    }
    by_region = [(each["regions"] or [""])[0][:4] for each in found.people]
    by_group = [each["group"] for each in found.people]
    return {
        "region": [_as_kept(each) for each in told_groups(by_region, placed)],
        "group": [_as_kept(each) for each in told_groups(by_group, placed)]
        if any(by_group)
        else [],
    }


def _as_kept(group: Any) -> dict[str, Any]:
    return {"names": list(group.names), "people": group.people, "placed": list(group.placed)}


@transaction.atomic
def _end(found: Cohort, run: int, deed: str, **then: Any) -> None:
    row = Cohort.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is not None and _is_wanted(row, run):
        stepped(COHORT, row, deed, COHORTS, then)


def _is_wanted(found: Cohort, run: int) -> bool:
    """Whether a job of this run is still to compute it."""
    return found.state == "computing" and found.run == run
