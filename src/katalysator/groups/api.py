"""The API's part on working groups: which there are, and the papers of one, for who may read them."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from katalysator.coalition.api import Slug
from katalysator.core.api import Links, PageOf, Resource, page_facts, paged
from katalysator.core.filters import ListQuery
from katalysator.groups.filters import GroupFilter
from katalysator.groups.models import Decision, GroupTask, Meeting, WorkingGroup
from katalysator.groups.queries import GroupQuerySet

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


class MeetingResource(Resource):
    """A meeting; its texts are Markdown."""

    id: int
    starts_at: datetime
    place: str
    agenda: str
    minutes: str
    state: str


class DecisionResource(Resource):
    """A decision; its text is Markdown."""

    number: str
    on: date
    text: str
    state: str


class GroupTaskResource(Resource):
    """What a member is to do; `holder` is the name by which they want to be found."""

    what: str
    holder: str
    organisation: str | None
    due: date | None
    state: str


class GroupResource(GroupSummary):
    """A working group, with the newest of those of its papers that the asker may read; tasks are for members."""

    people: list[GroupMemberResource]
    meetings: list[MeetingResource]
    decisions: list[DecisionResource]
    tasks: list[GroupTaskResource]


@router.get("/working-groups", response=GroupPage)
def working_groups(request: HttpRequest, query: Query[ListQuery[GroupFilter]]) -> GroupPage:
    """Working groups by name."""
    page = paged(query.narrow(_seen(request), request), query)
    items = [GroupSummary(**_facts(request, each)) for each in page]
    return GroupPage(items=items, **page_facts(request, page))


@router.get("/working-groups/{slug}", response=GroupResource)
def working_group(request: HttpRequest, slug: Slug) -> GroupResource:
    """One working group; its papers for who may read them."""
    group = get_object_or_404(_seen(request), slug=slug)
    return GroupResource(**_facts(request, group), **_people(group), **_papers(request, group))


def _seen(request: HttpRequest) -> GroupQuerySet:
    found = WorkingGroup.objects.visible_to(request.user)
    return found.with_counts().prefetch_related("areas")  # type: ignore[no-any-return]


def _facts(request: HttpRequest, group: Any) -> dict[str, Any]:
    as_stated = ("slug", "name", "blocks", "enrolment", "readers", "state", "members")
    this = reverse("api:working_group", args=[group.slug])
    return {name: getattr(group, name) for name in as_stated} | {
        "about": str(group.about),
        "areas": [area.slug for area in group.areas.all()],
        "hub": group.hub_id,
        "links": Links(
            this=request.build_absolute_uri(this),
            page=request.build_absolute_uri(group.get_absolute_url()),
        ),
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


def _papers(request: HttpRequest, group: WorkingGroup) -> dict[str, Any]:
    meetings, decisions, tasks = (
        kind.objects.visible_to(request.user).filter(group=group)
        for kind in (Meeting, Decision, GroupTask)
    )
    return {
        "meetings": [
            MeetingResource.model_validate(each, from_attributes=True) for each in meetings[:_MOST]
        ],
        "decisions": [
            DecisionResource(number=str(each), on=each.on, text=each.text, state=each.state)
            for each in decisions[:_MOST]
        ],
        "tasks": [_task(each) for each in tasks.with_holders()[:_MOST]],
    }


def _task(task: Any) -> GroupTaskResource:
    owner = task.holder.organisation if task.holder else None
    return GroupTaskResource(
        what=task.what,
        holder=task.shown_name,
        organisation=owner.slug if owner else None,
        due=task.due,
        state=task.state,
    )
