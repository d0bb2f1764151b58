"""The API of chairs and contact points: whom to turn to in which part of the coalition."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from katalysator.core.api import PageOf, Paging, Resource, page_facts, paged
from katalysator.groups.models import Steward
from katalysator.groups.queries import StewardQuerySet

router = Router(tags=["coalition"], by_alias=True)


class StewardResource(Resource):
    """A chair or contact point (`duty`) of an area, a block, where these meet, or a hub.

    `name` is empty where it is the organisation itself, `address` where it is not shown; `deeds` is what the asker
    may do: `stop` it, or `show-address`.
    """

    id: int
    duty: str
    area: str | None
    block: str | None
    hub: str | None
    organisation: str
    name: str
    function: str
    address: str
    deeds: list[str]


class StewardPage(PageOf):
    """One page of chairs and contact points."""

    items: list[StewardResource]


@router.get("/stewards", response=StewardPage)
def stewards(request: HttpRequest, query: Query[Paging]) -> StewardPage:
    """Chairs and contact points of areas, blocks, cells and hubs; for the bureau also those who are not shown now."""
    seen = Steward.objects.visible_to(request.user)
    if request.user.is_authenticated and request.user.is_coordinator:
        seen = Steward.objects.with_names()
    page = paged(_with_corners(seen), query)
    items = [steward_resource(request, each) for each in page]
    return StewardPage(items=items, **page_facts(request, page))


def answered_stewards(request: HttpRequest) -> StewardQuerySet:
    """Those that the asker may say something of."""
    return _with_corners(Steward.objects.answered_by(request.user).with_names())


def steward_resource(request: HttpRequest, steward: Any) -> StewardResource:
    """A chair or contact point that was read `with_names`, and what the asker may do."""
    person = request.user
    is_own = person.is_authenticated and steward.person_id == person.pk
    may_stop = is_own or (person.is_authenticated and person.is_coordinator)
    return StewardResource(
        id=steward.pk,
        duty=steward.duty,
        area=steward.area.slug if steward.area else None,
        block=steward.block or None,
        hub=steward.hub.slug if steward.hub else None,
        organisation=steward.organisation.slug,
        name=steward.shown_name,
        function=steward.shown_function,
        address=steward.address,
        deeds=["stop"] * may_stop + ["show-address"] * is_own,
    )


def _with_corners(found: StewardQuerySet) -> StewardQuerySet:
    return found.select_related("area", "hub", "person", "organisation").order_by("pk")
