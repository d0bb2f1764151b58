"""What who plans talks does with them. Each verb is one transaction with its event."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.activities.models import Activity
from katalysator.activities.workflow import ANNOUNCED
from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.rounds.meeting.rows import moved, require_holder, taken
from katalysator.rounds.models import MeetingDay
from katalysator.rounds.models.meeting_days import MOST_TABLES

_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySettings:
    """When and where talks are, and how many; see `MeetingDay`."""

    starts_at: datetime
    slots: int
    minutes: int
    rooms: tuple[tuple[str, int], ...]
    between: int = 0
    break_after: int | None = None
    break_minutes: int = 0
    most: int | None = None
    only_agreed: bool = False

    @classmethod
    def of(cls, day: MeetingDay) -> "DaySettings":
        """Those of a day."""
        said = {each.name: getattr(day, each.name) for each in fields(cls)}
        return cls(**said | {"rooms": tuple((name, number) for name, number in day.rooms)})


@transaction.atomic
def make(activity: Activity, settings: DaySettings, *, by: Actor) -> MeetingDay:
    """Plan talks at an activity: who has a place can say whom they want to meet. Raises InvalidInput at its field, Conflict, NotAllowed."""
    row = MeetingDay(activity=activity, author=person_of(by))
    require_holder(row, by)
    if activity.state != ANNOUNCED or activity.is_over:
        raise Conflict(
            "not-to-come",
            _("There are talks only at an activity that is announced and not over."),
        )
    if MeetingDay.objects.filter(activity=activity).exists():
        raise Conflict("planned-already", _("Talks are planned here already."))
    _set(row, settings)
    row.save()
    audit.record("meeting-day.make", row, by=by, after=_told(row))
    return row


@transaction.atomic
def edit(
    found: MeetingDay, settings: DaySettings, *, by: Actor, seen: int | None = None
) -> MeetingDay:
    """Change when and where talks are; not once they are published.

    `seen` is the newest event that the changer knows of. Raises InvalidInput at its field, Conflict, NotAllowed.
    """
    row = taken(found, by)
    audit.require_seen(row, seen)
    if row.runs or row.published_at:
        raise Conflict(
            "day-fixed",
            _("Times and tables stay as they are while it is computed, and once it is published."),
        )
    before = _told(row)
    _set(row, settings)
    row.talks.all().delete()
    row.figures = {}
    row.save()
    if row.state == "computed":
        moved(row, "change", by=by)
    audit.record_edit("meeting-day.edit", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def compute(found: MeetingDay, *, by: Actor) -> MeetingDay:
    """Let the schedule be computed; talks that are published stay where they are. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    earlier = row.figures or row.earlier
    return moved(
        row, "compute", by=by, run=row.run + 1, done=0, stages=0, earlier=earlier, figures={}
    )


@transaction.atomic
def stop(found: MeetingDay, *, by: Actor) -> MeetingDay:
    """Stop computing. Raises Conflict, NotAllowed."""
    return moved(taken(found, by), "stop", by=by)


@transaction.atomic
def publish(found: MeetingDay, *, by: Actor) -> MeetingDay:
    """Let everybody see their own talks. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    row = moved(row, "publish", by=by, published_at=timezone.now())
    row.talks.filter(is_out=False).update(is_out=True)
    return row


DEEDS: Final = {"compute": compute, "stop": stop, "publish": publish}
"""Those that need no words, by their names in the table."""


def _set(row: MeetingDay, settings: DaySettings) -> None:
    """Put checked settings in a row. Raises InvalidInput at its field."""
    for each in fields(settings):
        setattr(row, each.name, getattr(settings, each.name))
    row.rooms = [[plain_line(name), number] for name, number in settings.rooms]
    _require_rooms(row)
    require_sound(row)
    if row.break_after and row.break_after >= row.slots:
        raise InvalidInput("break_after", _("A break comes after a slot that is not the last.")).at(
            "break_after"
        )
    activity = row.activity
    if not activity.starts_at <= row.starts_at or row.ends(row.slots - 1) > activity.ends_at:
        raise InvalidInput(
            "starts_at",
            _("The talks must fit in the activity, %(when)s."),
            hint=_("Begin earlier, or plan fewer or shorter talks."),
            when=activity.when,
        ).at("starts_at")


def _require_rooms(row: MeetingDay) -> None:
    for name, number in row.rooms:
        if not 0 < len(name) <= _LONGEST_NAME or number < 1:
            raise InvalidInput(
                "rooms", _("Each room has a short name, and at least one table.")
            ).at("rooms")
    if not row.rooms or row.tables > MOST_TABLES:
        raise InvalidInput(
            "rooms", _("Name rooms with together 1 to %(most)s tables."), most=MOST_TABLES
        ).at("rooms")


def _told(row: MeetingDay) -> dict[str, Any]:
    """What the trail keeps of a day."""
    said = {each.name: getattr(row, each.name) for each in fields(DaySettings)}
    return said | {"activity": row.activity_id, "starts_at": row.starts_at.isoformat()}
