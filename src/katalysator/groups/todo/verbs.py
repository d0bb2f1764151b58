"""What can be done with tasks of a group. Each verb is one transaction with its event."""

from datetime import date

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.members.workflow import INSIDE
from katalysator.groups.models import GroupMembership, GroupTask, Meeting, WorkingGroup
from katalysator.groups.papers.workflow import TASK
from katalysator.groups.rows import require_running
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import WORK


@transaction.atomic
def add(
    group: WorkingGroup,
    *,
    by: Actor,
    what: str,
    holder: GroupMembership | None = None,
    due: date | None = None,
    meeting: Meeting | None = None,
) -> GroupTask:
    """Add a task, of a member or of nobody yet. Raises InvalidInput, NotAllowed, Conflict."""
    require_power(group, by, WORK)
    require_running(group)
    row = GroupTask(group=group, meeting=meeting)
    _fill(row, what, holder, due)
    row.save()
    audit.record("group-task.add", row, by=by, after={"group": group.slug, **_told(row)})
    return row


@transaction.atomic
def edit(
    task: GroupTask,
    *,
    by: Actor,
    what: str,
    holder: GroupMembership | None,
    due: date | None,
    seen: int | None = None,
) -> GroupTask:
    """Change what a task is, whose and by when. `seen`: see `audit.require_seen`. Raises InvalidInput, NotAllowed, Conflict."""
    row = _locked(task, by)
    audit.require_seen(row, seen)
    before = _told(row)
    _fill(row, what, holder, due)
    row.save()
    audit.record_edit("group-task.edit", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def move(task: GroupTask, deed: str, *, by: Actor) -> GroupTask:
    """Say that a task is done, is dropped, or is open again. Raises Conflict, NotAllowed."""
    row = _locked(task, by)
    before, row.state = row.state, TASK.transition(row.state, deed).target
    row.save(update_fields=["state"])
    audit.record_step(TASK, deed, row, by=by, before=before)
    return row


def _locked(task: GroupTask, by: Actor) -> GroupTask:
    require_power(task.group, by, WORK)
    return locked(task, _("This task is not here any more."))


def _fill(row: GroupTask, what: str, holder: GroupMembership | None, due: date | None) -> None:
    if holder is not None and (holder.group_id, holder.state) != (row.group_id, INSIDE):
        raise InvalidInput("holder", _("Choose a member of this group.")).at("holder")
    row.what, row.holder, row.due = plain_line(what), holder, due
    if not row.what:
        raise InvalidInput("what", _("Say what is to be done.")).at("what")
    require_sound(row)


def _told(row: GroupTask) -> dict[str, str | int | None]:
    holder = row.holder.person_id if row.holder else None
    due = row.due.isoformat() if row.due else None
    return {"what": row.what, "holder": holder, "due": due}
