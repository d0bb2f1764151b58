"""The API of activities: what is held, when and where, and whether there are places."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router
from ninja.params.functions import Path

from katalysator.activities.filters import ActivityFilter
from katalysator.activities.models import Activity
from katalysator.core.api import Links, PageOf, Resource, page_facts, paged
from katalysator.core.filters import ListQuery

router = Router(tags=["activities"], by_alias=True)

ActivityNumber = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class HolderResource(Resource):
    """The organisation that holds an activity."""

    slug: str
    name: str


class ActivityResource(Resource):
    """An activity. `organisation` is null where the bureau holds it; `capacity` where there is no limit.

    `placesFree` is null where there is no limit; `series` is the same for activities of one series.
    """

    id: int
    uid: str
    kind: str
    state: str
    language: str
    title: str
    text: str
    organisation: HolderResource | None
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


class ActivityPage(PageOf):
    """One page of activities."""

    items: list[ActivityResource]


_AS_STATED = (
    "id", "kind", "state", "language", "title", "text", "areas", "blocks", "mode", "place", "region",
    "starts_at", "ends_at", "closes_at", "policy", "visibility", "capacity", "takes_registrations", "outcome",
    "lessons",
)  # fmt: skip


@router.get("/activities", response=ActivityPage)
def activities(request: HttpRequest, query: Query[ListQuery[ActivityFilter]]) -> ActivityPage:
    """Activities that the asker may see: those to come, the first first, unless `when` says otherwise."""
    found = query.narrow(_seen(request).shown(), request)
    page = paged(found, query)
    items = [_resource(request, each) for each in page]
    return ActivityPage(items=items, **page_facts(request, page))


@router.get("/activities/{id}", response=ActivityResource)
def activity(request: HttpRequest, pk: ActivityNumber) -> ActivityResource:
    """One activity."""
    return _resource(request, get_object_or_404(_seen(request), pk=pk))


def _seen(request: HttpRequest) -> Any:
    return Activity.objects.visible_to(request.user).with_places().select_related("choice")


def _resource(request: HttpRequest, record: Activity) -> ActivityResource:
    facts: dict[str, Any] = {name: getattr(record, name) for name in _AS_STATED}
    holder, this = record.organisation, reverse("api:activity", args=[record.pk])
    return ActivityResource(
        **facts,
        uid=str(record.uid),
        organisation=holder and HolderResource(slug=holder.slug, name=holder.name),
        places_taken=record.seated,
        places_free=record.places_free,
        waiting=record.in_line,
        series=record.series_id,
        links=Links(
            this=request.build_absolute_uri(this),
            page=request.build_absolute_uri(record.get_absolute_url()),
        ),
    )
