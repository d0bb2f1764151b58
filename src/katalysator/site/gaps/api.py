"""The API of what lacks: gaps, offers that nobody needs, cells, and the course of their numbers."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.core.api import PageOf, Resource, page_facts, paged
from katalysator.core.filters import ListQuery
from katalysator.listings.api import ListingNumber, ListingSummary, summary, visible_listing
from katalysator.listings.models import Listing
from katalysator.matches.models import Match
from katalysator.site.gaps.course import course_of
from katalysator.site.gaps.filters import NeedGapFilter
from katalysator.site.gaps.proposals import helpers
from katalysator.site.gaps.shortages import gaps as gaps_of, shown

router = Router(tags=["gaps"], by_alias=True)

_DECIMALS = 6


class GapResource(Resource):
    """Needs that ask nearly the same and have no good offer, the longest waiting first.

    So many `owners` ask it, the first for so many `days`; `best` is the chance of the nearest offer of any;
    `weight` puts gaps in order. `nearest` is the offer that lies nearest, if the asker sees one.
    """

    needs: list[int]
    title: str
    market: str
    owners: int
    days: int
    best: float
    is_target: bool
    weight: float
    nearest: int | None


class GapPage(PageOf):
    """One page of gaps, those that matter most first."""

    items: list[GapResource]


class HelperResource(Resource):
    """A participant that could fill a gap, and why, in sentences of the language of the answer."""

    organisation: str
    name: str
    reasons: list[str]


class HelperList(Resource):
    """Who could fill the gap of a need."""

    need: ListingSummary
    items: list[HelperResource]


class GapCountResource(Resource):
    """What lacked on a day; `empty` counts cells, over all markets."""

    day: date
    needs: int
    unserved: int
    offers: int
    unused: int
    empty: int | None


class GapCourse(Resource):
    """What lacked day by day, the oldest first."""

    items: list[GapCountResource]


class CourseQuery(Resource):
    """Of which market and area; all if empty."""

    market: str = Field("", description="A market of /markets.")
    area: str = Field("", description="An area of /areas.")


@router.get("/gaps", response=GapPage)
def gaps(request: HttpRequest, query: Query[ListQuery[NeedGapFilter]]) -> GapPage:
    """Needs without a good offer, those that ask nearly the same as one, those that matter most first."""
    asked = query.asked(Listing.objects.visible_to(request.user), request)
    page = paged(gaps_of(asked.qs, inside=asked.inside), query)
    found = shown(list(page), Match.objects.visible_to(request.user))
    items = [
        GapResource(
            needs=list(each.gap.needs),
            title=each.need.title,
            market=each.need.market,
            owners=each.gap.owners,
            days=each.gap.days,
            best=round(each.gap.best, _DECIMALS),
            is_target=each.gap.is_target,
            weight=round(each.gap.weight, _DECIMALS),
            nearest=each.nearest.offer_id if each.nearest else None,
        )
        for each in found
    ]
    return GapPage(items=items, **page_facts(request, page))


@router.get("/gaps/course", response=GapCourse)
def gap_course(request: HttpRequest, query: Query[CourseQuery]) -> GapCourse:
    """What lacked, day by day, as it was counted at night."""
    found = course_of(request.user, query.market, query.area)
    names = GapCountResource.model_fields
    return GapCourse(
        items=[GapCountResource(**{name: getattr(each, name) for name in names}) for each in found]
    )


@router.get("/listings/{id}/helpers", response=HelperList)
def gap_helpers(request: HttpRequest, pk: ListingNumber) -> HelperList:
    """Who could help with a need, and why; nobody for an offer."""
    need = visible_listing(request, pk)
    found = helpers(need, request.user) if need.is_need else []
    items = [
        HelperResource(
            organisation=each.organisation.slug,
            name=each.organisation.name,
            reasons=list(each.reasons),
        )
        for each in found
    ]
    return HelperList(need=summary(request, need, inside=False), items=items)
