"""What can be done with pilots of learning. Each verb is one transaction with its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Area, Organisation
from katalysator.core import audit, regions
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.learning.digests import person_digest
from katalysator.talent.learning.rules import KEEP_PILOT
from katalysator.talent.models import LearningPilot, LearningStage
from katalysator.talent.oversight.rules import require

MOST_ROWS: Final = 200_000
"""So many lines are reported at once at most."""
_LONGEST_KEY: Final = 200
_GONE: Final = _("This pilot is not here any more.")


@dataclass(frozen=True, slots=True)
class PilotFacts:
    """What a pilot says of itself."""

    name: str
    region: str
    sector: Area
    skill_group: str
    starts_on: date
    ends_on: date
    target: int


@dataclass(frozen=True, slots=True)
class StageReport:
    """That a person, by the key of who reports it, came as far as a stage on a day."""

    key: str
    stage: int
    on: date


@transaction.atomic
def make(organisation: Organisation, facts: PilotFacts, *, by: Actor) -> LearningPilot:
    """Make a pilot of an organisation. Raises InvalidInput, NotAllowed."""
    require(by, KEEP_PILOT, organisation)
    made = LearningPilot(organisation=organisation)
    _fill(made, facts)
    made.save()
    audit.record("learning-pilot.make", made, by=by, after=_told(made))
    return made


@transaction.atomic
def edit(pilot: LearningPilot, facts: PilotFacts, *, by: Actor) -> LearningPilot:
    """Change what a pilot says of itself. Raises InvalidInput, NotAllowed, Conflict."""
    row = locked(pilot, _GONE)
    require(by, KEEP_PILOT, row.organisation)
    before = _told(row)
    _fill(row, facts)
    row.save()
    audit.record_edit("learning-pilot.edit", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def remove(pilot: LearningPilot, *, by: Actor) -> None:
    """Throw a pilot away, with all that was reported of it. Raises NotAllowed, Conflict."""
    row = locked(pilot, _GONE)
    require(by, KEEP_PILOT, row.organisation)
    audit.record("learning-pilot.remove", row, by=by, before=_told(row))
    row.delete()


@transaction.atomic
def report(pilot: LearningPilot, rows: Sequence[StageReport], *, by: Actor) -> int:
    """Take in how far people of a pilot came, all lines or none; gives how many of them say something new.

    The same line twice counts once, with its first day; the key itself is not kept. Raises InvalidInput with the line,
    NotAllowed, Conflict.
    """
    row = locked(pilot, _GONE)
    require(by, KEEP_PILOT, row.organisation)
    if not rows:
        raise InvalidInput("nobody", _("There is nobody in this sheet.")).at("file")
    if len(rows) > MOST_ROWS:
        raise InvalidInput(
            "too-many-lines",
            _("These are %(lines)s lines; %(most)s at most can be taken in at once."),
            lines=len(rows),
            most=MOST_ROWS,
        ).at("file")
    today = timezone.localdate()
    firsts: dict[tuple[bytes, int], date] = {}
    for number, each in enumerate(rows, 1):
        _check(row, each, number, today)
        told = (person_digest(row.organisation, each.key), each.stage)
        firsts[told] = min(each.on, firsts.get(told, each.on))
    before = row.stages.count()
    LearningStage.objects.bulk_create(
        (
            LearningStage(pilot=row, person=who, stage=stage, on=on)
            for (who, stage), on in firsts.items()
        ),
        batch_size=5_000,
        ignore_conflicts=True,
    )
    new = row.stages.count() - before
    audit.record("learning-pilot.report", row, by=by, after={"lines": len(rows), "new": new})
    return new


def _check(pilot: LearningPilot, row: StageReport, number: int, today: date) -> None:
    if not 0 < len(plain_line(row.key)) <= _LONGEST_KEY:
        raise InvalidInput(
            "key-missing", _("Line %(line)s has no key of a person."), line=number
        ).at("file")
    if row.stage not in LearningStage.Stage.values:
        raise InvalidInput(
            "stage-unknown",
            _("Line %(line)s has no stage that we know."),
            hint=_("A stage is reached, started, completed or placed."),
            line=number,
        ).at("file")
    if not pilot.starts_on <= row.on <= today:
        raise InvalidInput(
            "day-outside",
            _("The day of line %(line)s is before the pilot or still to come."),
            line=number,
        ).at("file")


def _fill(pilot: LearningPilot, facts: PilotFacts) -> None:
    pilot.name, pilot.skill_group = plain_line(facts.name), plain_line(facts.skill_group)
    pilot.region, pilot.sector = regions.parse(facts.region), facts.sector
    pilot.starts_on, pilot.ends_on, pilot.target = facts.starts_on, facts.ends_on, facts.target
    if pilot.ends_on < pilot.starts_on:
        raise InvalidInput("ends-before", _("It ends before it starts.")).at("ends_on")
    others = LearningPilot.objects.filter(organisation=pilot.organisation, name=pilot.name)
    if others.exclude(pk=pilot.pk).exists():
        raise Conflict("pilot-twice", _("Your organisation has a pilot of this name already."))
    require_sound(pilot)


def _told(pilot: LearningPilot) -> dict[str, str | int]:
    return {
        "organisation": pilot.organisation.slug,
        "name": pilot.name,
        "region": pilot.region,
        "sector": pilot.sector_id,
        "skill_group": pilot.skill_group,
        "starts_on": pilot.starts_on.isoformat(),
        "ends_on": pilot.ends_on.isoformat(),
        "target": pilot.target,
    }
