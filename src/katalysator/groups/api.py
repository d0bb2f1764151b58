"""The API's part on working groups: which there are, and the papers of one, for who may read them."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.coalition.api import Slug
from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.core.workflow import Workflow
from katalysator.groups.filters import GroupFilter
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.models import Decision, GroupMembership, GroupTask, Meeting, WorkingGroup
from katalysator.groups.pages import paper_of
from katalysator.groups.papers.workflow import DECISION, MEETING, TASK
from katalysator.groups.queries import GroupMembershipQuerySet, GroupQuerySet
from katalysator.groups.rules import powers
from katalysator.groups.workflow import CHAIR, GROUP, OWN

router = Router(tags=["coalition"], by_alias=True)

_MOST: Final = 100  # of each kind of papers, the newest


class GroupSummary(Resource):
    """A working group in a list."""

    slug: str
    name: str
    about: str
    areas: list[str]
    blocks: list[str]
    hub: str | None
    enrolment: str
    readers: str
    state: str
    members: int
    links: Links


class GroupPage(PageOf):
    """One page of working groups."""

    items: list[GroupSummary]


class GroupMemberResource(Resource):
    """A member who wants to be found by name."""

    name: str
    function: str
    organisation: str
    role: str


class GroupPersonResource(Resource):
    """Somebody in a group, or on the way in: `name` for who wants to be found, `email` for its chair."""

    id: int
    name: str
    email: str
    organisation: str | None
    role: str
    state: str
    deeds: list[str]


class GroupPersonPage(PageOf):
    """One page of people in a group."""

    items: list[GroupPersonResource]


class MeetingResource(Resource):
    """A meeting; its texts are Markdown. `deeds` is what the asker may do with it now, besides writing its minutes."""

    id: int
    starts_at: datetime
    place: str
    agenda: str
    minutes: str
    state: str
    deeds: list[str]


class DecisionResource(Resource):
    """A decision; its text is Markdown."""

    id: int
    number: str
    on: date
    text: str
    state: str
    deeds: list[str]


class GroupTaskResource(Resource):
    """What a member is to do; `holder` is the name by which they want to be found."""

    id: int
    what: str
    holder: str
    organisation: str | None
    due: date | None
    state: str
    deeds: list[str]


class GroupResource(GroupSummary):
    """A working group, with the newest of those of its papers that the asker may read; tasks are for members.

    `deeds` is what the asker may do with the group now.
    """

    people: list[GroupMemberResource]
    meetings: list[MeetingResource]
    decisions: list[DecisionResource]
    tasks: list[GroupTaskResource]
    deeds: list[str]


@router.get("/working-groups", response=GroupPage)
def working_groups(request: HttpRequest, query: Query[ListQuery[GroupFilter]]) -> GroupPage:
    """Working groups by name."""
    page = paged(query.narrow(_seen(request), request), query)
    items = [GroupSummary(**_facts(request, each)) for each in page]
    return GroupPage(items=items, **page_facts(request, page))


@router.get("/working-groups/{slug}", response=GroupResource)
def working_group(request: HttpRequest, response: HttpResponse, slug: Slug) -> GroupResource:
    """One working group; its papers for who may read them."""
    group = visible_group(request, slug)
    tag(response, group)
    return whole_group(request, group)


@router.get("/working-groups/{slug}/members", response=GroupPersonPage)
def group_members(request: HttpRequest, slug: Slug, query: Query[Paging]) -> GroupPersonPage:
    """Who is in a group, for its members; who is on the way in too, for its chair; for others themselves only."""
    group = visible_group(request, slug)
    page = paged(visible_members(request, group).with_names().select_related("person"), query)
    may = powers(request.user, group)
    items = [group_person(each, may, request.user.pk) for each in page]
    return GroupPersonPage(items=items, **page_facts(request, page))


@router.get("/working-groups/{slug}/meetings/{meeting}", response=MeetingResource)
def group_meeting(
    request: HttpRequest, response: HttpResponse, slug: Slug, meeting: RecordNumber
) -> MeetingResource:
    """One meeting of a group, for who may read its papers."""
    group = visible_group(request, slug)
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), meeting)
    tag(response, found)
    return meeting_resource(found, powers(request.user, group))


@router.get("/working-groups/{slug}/tasks/{task}", response=GroupTaskResource)
def group_task(
    request: HttpRequest, response: HttpResponse, slug: Slug, task: RecordNumber
) -> GroupTaskResource:
    """One task of a group, for its members."""
    group = visible_group(request, slug)
    found = paper_of(group, GroupTask.objects.visible_to(request.user).with_holders(), task)
    tag(response, found)
    return task_resource(found, powers(request.user, group))


def visible_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """One group that the asker may see; raises a 404 for any other."""
    group: WorkingGroup = get_object_or_404(_seen(request), slug=slug)
    return group


def visible_members(request: HttpRequest, group: WorkingGroup) -> GroupMembershipQuerySet:
    """The people in a group, or on the way in, that the asker may see."""
    found: GroupMembershipQuerySet = GroupMembership.objects.visible_to(request.user)
    return found.filter(group=group)


def whole_group(request: HttpRequest, group: WorkingGroup) -> GroupResource:
    """A group with its people and papers. Cost: about ten queries."""
    may = powers(request.user, group)
    papers = _papers(request, group, may)
    deeds = _deeds(GROUP, group, may)
    return GroupResource(**_facts(request, group), **_people(group), **papers, deeds=deeds)


def group_person(each: Any, may: frozenset[str], me: int | None) -> GroupPersonResource:
    """Somebody in a group, read `with_names`, for who `may` so much there; the chair stays till somebody takes over."""
    own = {OWN} if each.person_id == me else set()
    is_chair = each.role == GroupMembership.Role.CHAIR
    return GroupPersonResource(
        id=each.pk,
        name=each.shown_name,
        email=each.person.email if CHAIR in may else "",
        organisation=each.organisation.slug if each.organisation else None,
        role=each.role,
        state=each.state,
        deeds=[] if is_chair else _deeds(MEMBERSHIP, each, may | own),
    )


def meeting_resource(meeting: Meeting, may: frozenset[str]) -> MeetingResource:
    """A meeting, for who `may` so much in its group."""
    names = MeetingResource.model_fields.keys() - {"deeds"}
    deeds = [each for each in _deeds(MEETING, meeting, may) if each != "write"]
    return MeetingResource(**{name: getattr(meeting, name) for name in names}, deeds=deeds)


def decision_resource(decision: Decision, may: frozenset[str]) -> DecisionResource:
    """A decision, for who `may` so much in its group."""
    return DecisionResource(
        id=decision.pk,
        number=str(decision),
        on=decision.on,
        text=decision.text,
        state=decision.state,
        deeds=_deeds(DECISION, decision, may),
    )


def task_resource(task: Any, may: frozenset[str]) -> GroupTaskResource:
    """A task, read `with_holders`, for who `may` so much in its group."""
    owner = task.holder.organisation if task.holder else None
    return GroupTaskResource(
        id=task.pk,
        what=task.what,
        holder=task.shown_name,
        organisation=owner.slug if owner else None,
        due=task.due,
        state=task.state,
        deeds=_deeds(TASK, task, may),
    )


def _deeds(workflow: Workflow, record: Any, may: frozenset[str]) -> list[str]:
    steps = workflow.transitions_from(record.state)
    return [step.deed for step in steps if step.permission in may]


def _seen(request: HttpRequest) -> GroupQuerySet:
    found = WorkingGroup.objects.visible_to(request.user)
    return found.with_counts().prefetch_related("areas")


def _facts(request: HttpRequest, group: Any) -> dict[str, Any]:
    as_stated = ("slug", "name", "blocks", "enrolment", "readers", "state", "members")
    return {name: getattr(group, name) for name in as_stated} | {
        "about": str(group.about),
        "areas": [area.slug for area in group.areas.all()],
        "hub": group.hub_id,
        "links": Links.of(request, group, "working_group"),
    }


def _people(group: WorkingGroup) -> dict[str, Any]:
    found = group.memberships.members().with_names().exclude(shown_name="")[:_MOST]
    return {
        "people": [
            GroupMemberResource(
                name=each.shown_name,
                function=each.shown_function,
                organisation=each.organisation.slug,
                role=each.role,
            )
            for each in found
        ]
    }


def _papers(request: HttpRequest, group: WorkingGroup, may: frozenset[str]) -> dict[str, Any]:
    meetings = Meeting.objects.visible_to(request.user).filter(group=group)
    decisions = Decision.objects.visible_to(request.user).filter(group=group)
    tasks = GroupTask.objects.visible_to(request.user).filter(group=group)
    return {
        "meetings": [meeting_resource(each, may) for each in meetings[:_MOST]],
        "decisions": [decision_resource(each, may) for each in decisions[:_MOST]],
        "tasks": [task_resource(each, may) for each in tasks.with_holders()[:_MOST]],
    }
