"""Background work of working groups: papers are read, letters, and that they go on when somebody is gone."""

from typing import Any, Final

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import SUCCESSION
from katalysator.core.jobs import RETRY, SHORT, defer_once
from katalysator.faults import gettext_noop as _
from katalysator.groups.members.verbs import mend
from katalysator.groups.models import (
    Decision,
    GroupMembership,
    GroupTask,
    Meeting,
    Steward,
    WorkingGroup,
)
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.search.indexing import read_unread

GROUPS: Final = letter_kind("working-groups", _("Working groups that I am in, or run"))
TO_BUREAU: Final = {"proposed", "rests"}
"""The letters that the bureau gets; all others go to the chair of a group, or to one person."""
_ELSEWHERE: Final = {"not_let_in", "taken_out"}  # who gets these is led to the list of groups
_EVERY_HOUR: Final = "50 * * * *"
_READ_PAPERS: Final = "read-papers"
_MEETING_LETTERS: Final = ("planned", "cancelled")


def read_papers_soon() -> None:
    """Queue the reading of papers: one job for all that wait for it."""
    defer_once(read_papers, _READ_PAPERS)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="groups.read_papers", queue=SHORT, queueing_lock=_READ_PAPERS, retry=RETRY)
def read_papers(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read the papers that are new, or say something else now."""
    are_more = [read_unread(each.objects.all()) for each in (Meeting, Decision)]
    if any(are_more):
        read_papers_soon()


@app.task(name="groups.mend", queue=SHORT, retry=RETRY)
def mend_group(group_id: int) -> None:
    """Let go who takes part no longer, and see to it that there is a chair."""
    group = WorkingGroup.objects.filter(pk=group_id).first()
    if group is not None:
        mend(group, by=SUCCESSION)


@app.task(name="groups.tell_leaders", queue=SHORT, retry=RETRY)
def tell_leaders(letter: str, group_id: int) -> None:
    """Write to the chair of a group; to the bureau what is for it, and where there is no chair."""
    group = WorkingGroup.objects.filter(pk=group_id).first()
    if group is None:
        return
    active = Person.objects.filter(is_active=True)
    chairs = GroupMembership.objects.chairs().filter(group=group).values("person")
    chair = active.filter(pk__in=chairs)
    is_for_chair = letter not in TO_BUREAU and chair.exists()
    for person in chair if is_for_chair else active.filter(is_coordinator=True):
        _write(letter, person, group)


@app.task(name="groups.tell_person", queue=SHORT, retry=RETRY)
def tell_person(letter: str, group_id: int, person_id: int) -> None:
    """Write to one person how it stands between them and a group."""
    group = WorkingGroup.objects.filter(pk=group_id).first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if group is not None and person is not None:
        _write(letter, person, group)


@app.task(name="groups.tell_of_meeting", queue=SHORT, retry=RETRY)
def tell_of_meeting(meeting_id: int) -> None:
    """Queue a letter to every member that a meeting is planned, or is cancelled."""
    meeting = Meeting.objects.filter(pk=meeting_id, state__in=_MEETING_LETTERS).first()
    members = GroupMembership.objects.members().filter(group__meetings=meeting or 0)
    for person_id in members.values_list("person", flat=True):
        name = f"tell-of-meeting-{meeting_id}-{person_id}"
        defer_once(tell_member, name, meeting_id=meeting_id, person_id=person_id)


@app.task(name="groups.tell_member", queue=SHORT, retry=RETRY)
def tell_member(meeting_id: int, person_id: int) -> None:
    """Write to a member how it stands with a meeting."""
    found = Meeting.objects.filter(pk=meeting_id, state__in=_MEETING_LETTERS)
    meeting = found.select_related("group").first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if meeting is not None and person is not None:
        page = ("group-meeting", meeting.group.slug, meeting.pk)
        _send(f"meeting_{meeting.state}", person, page, meeting=meeting)


@app.task(name="groups.tell_holder", queue=SHORT, retry=RETRY)
def tell_holder(task_id: int, person_id: int) -> None:
    """Write to a member that a task is theirs, while it is."""
    found = GroupTask.objects.open().filter(pk=task_id, holder__person_id=person_id)
    task = found.select_related("group", "holder__person").first()
    if task is not None and task.holder is not None and task.holder.person.is_active:
        _send("task", task.holder.person, ("group-tasks", task.group.slug), task=task)


@app.task(name="groups.tell_steward", queue=SHORT, retry=RETRY)
def tell_steward(steward_id: int) -> None:
    """Write to somebody that they are shown as chair or contact point, and what they may choose."""
    steward = Steward.objects.filter(pk=steward_id).select_related("person").first()
    if steward is not None and steward.person is not None and steward.person.is_active:
        _send("steward", steward.person, ("account",), steward=steward)


def _write(letter: str, person: Person, group: WorkingGroup) -> None:
    page = ("group-list",) if letter in _ELSEWHERE else ("group", group.slug)
    event = audit.history(group).filter(verb="group.decline").last()
    reason = event.reason if event and letter == "declined" else ""
    _send(letter, person, page, group=group, reason=reason)


def _send(letter: str, person: Person, page: tuple[object, ...], **shown: Any) -> None:
    write(GROUPS, person, f"groups/letters/{letter}.txt", page=page, **shown)
