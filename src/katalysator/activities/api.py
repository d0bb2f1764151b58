"""The API of activities: what is held, when and where, and whether there are places."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path

from katalysator.activities.calendar.entries import link_of
from katalysator.activities.enrolments.queries import who, with_people
from katalysator.activities.filters import ActivityFilter
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.workflow import ACTIVITY, ENROLMENT, HOLD
from katalysator.core.actors import permits
from katalysator.core.api import Links, PageOf, Paging, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag
from katalysator.core.filters import ListQuery

router = Router(tags=["activities"], by_alias=True)

ActivityNumber = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class HolderResource(Resource):
    """The organisation that holds an activity."""

    slug: str
    name: str


class ActivitySummary(Resource):
    """An activity in a list. `organisation` is null where the bureau holds it; `capacity` where there is no limit.

    `group` is the working group that holds it; `placesFree` is null where there is no limit; `series` is the same for activities of one series.
    """

    id: int
    uid: str
    kind: str
    state: str
    language: str
    title: str
    text: str
    organisation: HolderResource | None
    group: str | None
    areas: list[str]
    blocks: list[str]
    mode: str
    place: str
    region: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime | None
    policy: str
    visibility: str
    capacity: int | None
    places_taken: int
    places_free: int | None
    waiting: int
    takes_registrations: bool
    series: int | None
    outcome: str
    lessons: str
    links: Links


class EnrolmentResource(Resource):
    """That somebody comes, or wants to; of who was only invited no more than for whom they speak. `turn` is the place in the line."""

    id: int
    state: str
    turn: int | None
    email: str
    name: str
    organisations: list[str]
    made_at: datetime
    deeds: list[str]


class ActivityResource(ActivitySummary):
    """An activity, with what is of the asker: `link` for who has a place, `enrolment` of their own, and what they may do.

    `partners` hold it together with `organisation`.
    """

    partners: list[str]
    link: str
    enrolment: EnrolmentResource | None
    deeds: list[str]


class ActivityPage(PageOf):
    """One page of activities."""

    items: list[ActivitySummary]


class EnrolmentList(Resource):
    """Those of whom something was said at once."""

    items: list[EnrolmentResource]


class EnrolmentPage(PageOf):
    """One page of those who come, wait, ask, or did."""

    items: list[EnrolmentResource]


_AS_STATED = (
    "id", "kind", "state", "language", "title", "text", "areas", "blocks", "mode", "place", "region",
    "starts_at", "ends_at", "closes_at", "policy", "visibility", "capacity", "takes_registrations", "outcome",
    "lessons",
)  # fmt: skip


@router.get("/activities", response=ActivityPage)
def activities(request: HttpRequest, query: Query[ListQuery[ActivityFilter]]) -> ActivityPage:
    """Activities that the asker may see: those to come, the first first, unless `when` says otherwise."""
    found = query.narrow(visible_activities(request).shown(), request)
    page = paged(found, query)
    items = [activity_summary(request, each) for each in page]
    return ActivityPage(items=items, **page_facts(request, page))


@router.get("/activities/{id}", response=ActivityResource)
def activity(request: HttpRequest, response: HttpResponse, pk: ActivityNumber) -> ActivityResource:
    """One activity."""
    found = visible_activity(request, pk)
    tag(response, found)
    return whole_activity(request, found)


@router.get("/activities/{id}/enrolments", response=EnrolmentPage)
def enrolments(request: HttpRequest, pk: ActivityNumber, query: Query[Paging]) -> EnrolmentPage:
    """Who comes, for who holds it, with their addresses; for others their own place only."""
    found = visible_activity(request, pk)
    page = paged(with_people(visible_enrolments(request, found)), query)
    items = [enrolment_resource(request, each) for each in page]
    return EnrolmentPage(items=items, **page_facts(request, page))


def visible_activities(request: HttpRequest) -> Any:
    """Activities that the asker may see, `with_places`."""
    return Activity.objects.visible_to(request.user).with_places().select_related("choice")


def visible_activity(request: HttpRequest, pk: int) -> Activity:
    """One activity that the asker may see; raises a 404 for any other."""
    found: Activity = get_object_or_404(visible_activities(request), pk=pk)
    return found


def visible_enrolments(request: HttpRequest, activity: Activity) -> Any:
    """The places in an activity that the asker may see: one's own, and all for who holds it."""
    return Enrolment.objects.visible_to(request.user).filter(activity=activity)


def whole_activity(request: HttpRequest, record: Activity) -> ActivityResource:
    """An activity that was read `with_places`, with what is of the asker. Cost: about five queries."""
    own = visible_enrolments(request, record).of(request.user)
    mine = with_people(own.open()).first()
    holds = request.user.is_authenticated and permits(request.user, HOLD, record)
    partners = record.co_organisers.values_list("organisation__slug", flat=True)
    return ActivityResource(
        **_facts(request, record),
        partners=list(partners),
        link=record.link if holds else link_of(record, mine),
        enrolment=mine and enrolment_resource(request, mine),
        deeds=[
            each for each in deeds_for(request.user, ACTIVITY, record) if _in_time(record, each)
        ],
    )


def activity_summary(request: HttpRequest, record: Activity) -> ActivitySummary:
    """An activity for a list, read `with_places`."""
    return ActivitySummary(**_facts(request, record))


def enrolment_resource(request: HttpRequest, record: Enrolment) -> EnrolmentResource:
    """A place that was read `with_people`, with what the asker may do with it."""
    email, name, organisations = who(record)
    about = {HOLD: record.activity}
    deeds = [
        each
        for each in deeds_for(request.user, ENROLMENT, record, about=about)
        if each not in ("attend", "miss") or record.activity.has_begun
    ]
    return EnrolmentResource(
        id=record.pk,
        state=record.state,
        turn=record.turn,
        email=email,
        name=name,
        organisations=[each.slug for each in organisations],
        made_at=record.made_at,
        deeds=deeds,
    )


def _in_time(record: Activity, deed: str) -> bool:
    """Whether the clock lets a deed be done."""
    return {"hold": record.has_begun, "cancel": not record.is_over}.get(deed, True)


def _facts(request: HttpRequest, record: Activity) -> dict[str, Any]:
    holder = record.organisation
    return {name: getattr(record, name) for name in _AS_STATED} | {
        "uid": str(record.uid),
        "organisation": holder and HolderResource(slug=holder.slug, name=holder.name),
        "group": record.group and record.group.slug,
        "places_taken": record.seated,
        "places_free": record.places_free,
        "waiting": record.in_line,
        "series": record.series_id,
        "links": Links.of(request, record, "activity"),
    }
