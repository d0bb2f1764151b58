"""What can be done with the papers of a group. Each verb is one transaction with its event."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked as locked_row
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import Decision, Meeting, WorkingGroup
from katalysator.groups.papers.workflow import DECISION, MEETING
from katalysator.groups.rows import locked, require_running
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import KEEP
from katalysator.search.models import READ

_MOVES: Final = ("starts_at", "place")


@transaction.atomic
def plan(
    group: WorkingGroup, *, by: Actor, starts_at: datetime, place: str = "", agenda: str = ""
) -> Meeting:
    """Plan a meeting. Raises InvalidInput, NotAllowed, and Conflict where the group does not run."""
    require_power(group, by, KEEP)
    require_running(group)
    row = Meeting(group=group)
    _fill(row, starts_at, place, agenda)
    row.save()
    audit.record("meeting.plan", row, by=by, after={"group": group.slug, **_told(row)})
    return row


@transaction.atomic
def edit(
    meeting: Meeting,
    *,
    by: Actor,
    starts_at: datetime,
    place: str = "",
    agenda: str = "",
    seen: int | None = None,
) -> Meeting:
    """Change when and where a meeting is, and what it is about. `seen`: see `audit.require_seen`.

    Raises InvalidInput, NotAllowed, Conflict.
    """
    row = _locked(meeting, by)
    audit.require_seen(row, seen)
    before = _told(row)
    _fill(row, starts_at, place, agenda)
    row.forget_reading()
    after = _told(row)
    row.sequence += any(before[name] != after[name] for name in _MOVES)
    row.save()
    audit.record_edit("meeting.edit", row, by=by, before=before, after=after)
    return row


@transaction.atomic
def write(meeting: Meeting, *, by: Actor, minutes: str, seen: int | None = None) -> Meeting:
    """Write what was said at a meeting: a draft until it is adopted. Raises InvalidInput, NotAllowed, Conflict."""
    row = _locked(meeting, by)
    audit.require_seen(row, seen)
    before, row.state = row.state, MEETING.transition(row.state, "write").target
    had, row.minutes = row.minutes, without_markup(minutes)
    _require_minutes(row)
    require_short(row.minutes, Meeting, "minutes")
    row.forget_reading()
    row.save(update_fields=["state", "minutes", *READ])
    audit.record(
        "meeting.write",
        row,
        by=by,
        before={"state": before, "minutes": had},
        after={"state": row.state, "minutes": row.minutes},
    )
    return row


@transaction.atomic
def move(meeting: Meeting, deed: str, *, by: Actor) -> Meeting:
    """Adopt minutes, open them again, or cancel a meeting. Raises Conflict, NotAllowed; InvalidInput where there are no minutes."""
    row = _locked(meeting, by)
    if deed == "write":
        _require_minutes(row)
    before, row.state = row.state, MEETING.transition(row.state, deed).target
    row.sequence += deed == "cancel"
    row.changed_at = timezone.now()
    row.save(update_fields=["state", "sequence", "changed_at"])
    audit.record_step(MEETING, deed, row, by=by, before=before)
    return row


@transaction.atomic
def decide(
    group: WorkingGroup, *, by: Actor, text: str, on: date, meeting: Meeting | None = None
) -> Decision:
    """Write down a decision, with the next number of its year in the group. Raises InvalidInput, NotAllowed, Conflict."""
    row = locked(group)
    require_power(row, by, KEEP)
    require_running(row)
    if on > timezone.localdate():
        raise InvalidInput("future", _("This day is still to come.")).at("on")
    last = row.decisions.filter(on__year=on.year).aggregate(last=Max("number"))["last"] or 0
    decision = Decision(group=row, on=on, number=last + 1, meeting=meeting)
    decision.text = without_markup(text)
    if not decision.text:
        raise InvalidInput("text", _("Say what was decided.")).at("text")
    require_short(decision.text, Decision, "text")
    decision.save()
    after = {"group": row.slug, "number": str(decision), "text": decision.text}
    audit.record("decision.take", decision, by=by, after=after | {"on": on.isoformat()})
    return decision


@transaction.atomic
def revoke(decision: Decision, *, by: Actor) -> Decision:
    """Revoke a decision: it stays, with its number. Raises Conflict, NotAllowed."""
    require_power(decision.group, by, KEEP)
    row = locked_row(decision, _("This decision is not here any more."))
    before, row.state = row.state, DECISION.transition(row.state, "revoke").target
    row.save(update_fields=["state"])
    audit.record_step(DECISION, "revoke", row, by=by, before=before)
    return row


def _locked(meeting: Meeting, by: Actor) -> Meeting:
    require_power(meeting.group, by, KEEP)
    return locked_row(meeting, _("This meeting is not here any more."))


def _require_minutes(row: Meeting) -> None:
    if not row.minutes:
        raise InvalidInput("minutes", _("Write what was said.")).at("minutes")


def _fill(row: Meeting, starts_at: datetime, place: str, agenda: str) -> None:
    row.starts_at, row.changed_at = starts_at, timezone.now()
    row.place, row.agenda = plain_line(place), without_markup(agenda)
    for name in ("place", "agenda"):
        require_short(getattr(row, name), Meeting, name)


def _told(row: Meeting) -> dict[str, str]:
    return {"starts_at": row.starts_at.isoformat(), "place": row.place, "agenda": row.agenda}
