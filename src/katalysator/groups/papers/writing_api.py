"""The API of what a working group writes down: meetings with their minutes, decisions and tasks."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field

from katalysator.coalition.api import Slug
from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Moment, seen, tag
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.api import (
    DecisionResource,
    GroupTaskResource,
    MeetingResource,
    decision_resource,
    meeting_resource,
    task_resource,
    visible_group,
    visible_members,
)
from katalysator.groups.models import Decision, GroupTask, Meeting, WorkingGroup
from katalysator.groups.pages import paper_of
from katalysator.groups.papers import verbs
from katalysator.groups.papers.forms import meeting_initial, task_initial
from katalysator.groups.papers.workflow import DECISION
from katalysator.groups.rules import powers
from katalysator.groups.todo import verbs as todo
from katalysator.groups.writing_api import GROUPS, router

__all__ = ("router",)

_OF: Final = "/working-groups/{slug}"
_MEETING: Final = f"{_OF}/meetings/{{meeting}}"
_TASK: Final = f"{_OF}/tasks/{{task}}"


class MeetingChange(Given):
    """When and where a meeting is, and what it is about; what is left out stays as it is."""

    starts_at: Moment = Field(default_factory=timezone.now)
    place: str = ""
    agenda: str = ""


class NewMeeting(MeetingChange):
    """A meeting that is planned."""

    starts_at: Moment


class MinutesGiven(Given):
    """What was said, as Markdown."""

    minutes: str


class NewDecision(Given):
    """What was decided, as Markdown: when, and at which meeting."""

    text: str
    on: date
    meeting: RecordNumber | None = None


class TaskChange(Given):
    """What is to be done; what is left out stays as it is. `holder` is the number of a member, null for nobody yet."""

    what: str = ""
    holder: RecordNumber | None = None
    due: date | None = None


class NewTask(TaskChange):
    """A task, and the meeting at which it was given."""

    what: str
    meeting: RecordNumber | None = None


@router.post(f"{_OF}/meetings", response={201: MeetingResource}, **GROUPS.required)
def plan_meeting(
    request: PersonRequest, response: HttpResponse, slug: Slug, given: NewMeeting
) -> MeetingResource:
    """Plan a meeting of a group; its members hear of it by mail."""
    made = verbs.plan(visible_group(request, slug), by=request.user, **given.stated)
    return _meeting(request, response, made)


@router.patch(_MEETING, response=MeetingResource, **GROUPS.required)
def change_meeting(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    meeting: RecordNumber,
    given: MeetingChange,
    if_match: IfMatch = "",
) -> MeetingResource:
    """Change when and where a meeting is, and what it is about."""
    found = _visible_meeting(request, visible_group(request, slug), meeting)
    said = {**meeting_initial(found), **given.stated}
    return _meeting(
        request, response, verbs.edit(found, by=request.user, seen=seen(if_match), **said)
    )


@router.put(f"{_MEETING}/minutes", response=MeetingResource, **GROUPS.required)
def write_minutes(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    meeting: RecordNumber,
    given: MinutesGiven,
    if_match: IfMatch = "",
) -> MeetingResource:
    """Write what was said at a meeting: a draft for members until it is adopted, by a deed."""
    found = _visible_meeting(request, visible_group(request, slug), meeting)
    written = verbs.write(found, by=request.user, minutes=given.minutes, seen=seen(if_match))
    return _meeting(request, response, written)


@router.post(f"{_MEETING}/deeds", response=MeetingResource, **GROUPS.required)
def move_meeting(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    meeting: RecordNumber,
    given: DeedGiven,
) -> MeetingResource:
    """Adopt minutes, open them again, or cancel a meeting."""
    found = _visible_meeting(request, visible_group(request, slug), meeting)
    return _meeting(request, response, verbs.move(found, given.deed, by=request.user))


@router.post(f"{_OF}/decisions", response={201: DecisionResource}, **GROUPS.required)
def take_decision(request: PersonRequest, slug: Slug, given: NewDecision) -> DecisionResource:
    """Write down a decision, with the next number of its year in the group."""
    group = visible_group(request, slug)
    at = _sent_meeting(request, group, given.meeting)
    made = verbs.decide(group, by=request.user, text=given.text, on=given.on, meeting=at)
    return decision_resource(made, powers(request.user, group))


@router.post(f"{_OF}/decisions/{{decision}}/deeds", response=DecisionResource, **GROUPS.required)
def move_decision(
    request: PersonRequest, slug: Slug, decision: RecordNumber, given: DeedGiven
) -> DecisionResource:
    """Revoke a decision: it stays, with its number."""
    group = visible_group(request, slug)
    found: Decision = paper_of(group, Decision.objects.visible_to(request.user), decision)
    DECISION.transition(found.state, given.deed)
    revoked = verbs.revoke(found, by=request.user)
    return decision_resource(revoked, powers(request.user, group))


@router.post(f"{_OF}/tasks", response={201: GroupTaskResource}, **GROUPS.required)
def add_task(
    request: PersonRequest, response: HttpResponse, slug: Slug, given: NewTask
) -> GroupTaskResource:
    """Add a task, of a member or of nobody yet."""
    group = visible_group(request, slug)
    said = _with_holder(request, group, given.stated)
    said["meeting"] = _sent_meeting(request, group, given.meeting)
    return _task(request, response, todo.add(group, by=request.user, **said))


@router.patch(_TASK, response=GroupTaskResource, **GROUPS.required)
def change_task(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    task: RecordNumber,
    given: TaskChange,
    if_match: IfMatch = "",
) -> GroupTaskResource:
    """Change what a task is, whose and by when."""
    group = visible_group(request, slug)
    found = _visible_task(request, group, task)
    said = {**task_initial(found), **_with_holder(request, group, given.stated)}
    return _task(request, response, todo.edit(found, by=request.user, seen=seen(if_match), **said))


@router.post(f"{_TASK}/deeds", response=GroupTaskResource, **GROUPS.required)
def move_task(
    request: PersonRequest, response: HttpResponse, slug: Slug, task: RecordNumber, given: DeedGiven
) -> GroupTaskResource:
    """Say that a task is done, is dropped, or is open again."""
    found = _visible_task(request, visible_group(request, slug), task)
    return _task(request, response, todo.move(found, given.deed, by=request.user))


def _visible_meeting(request: PersonRequest, group: WorkingGroup, number: int) -> Meeting:
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), number)
    return found


def _visible_task(request: PersonRequest, group: WorkingGroup, number: int) -> GroupTask:
    found: GroupTask = paper_of(
        group, GroupTask.objects.visible_to(request.user).with_holders(), number
    )
    return found


def _sent_meeting(
    request: PersonRequest, group: WorkingGroup, number: int | None
) -> Meeting | None:
    """The meeting that is sent by its number. Raises InvalidInput where there is none that the asker sees."""
    if number is None:
        return None
    seen_ = Meeting.objects.visible_to(request.user).filter(group=group)
    found: Meeting | None = seen_.filter(pk=number).first()
    if found is None:
        raise InvalidInput("meeting", _("Choose a meeting of this group.")).at("meeting")
    return found


def _with_holder(
    request: PersonRequest, group: WorkingGroup, said: dict[str, Any]
) -> dict[str, Any]:
    """What was sent, with a membership for its number. Raises InvalidInput for who is no member."""
    if said.get("holder") is not None:
        found = visible_members(request, group).members().filter(pk=said["holder"]).first()
        if found is None:
            raise InvalidInput("holder", _("Choose a member of this group.")).at("holder")
        said["holder"] = found
    return said


def _meeting(request: PersonRequest, response: HttpResponse, meeting: Meeting) -> MeetingResource:
    tag(response, meeting)
    return meeting_resource(meeting, powers(request.user, meeting.group))


def _task(request: PersonRequest, response: HttpResponse, task: GroupTask) -> GroupTaskResource:
    tag(response, task)
    found = GroupTask.objects.with_holders().get(pk=task.pk)
    return task_resource(found, powers(request.user, found.group))
