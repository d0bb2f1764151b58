"""The exchange's part of the API: needs and offers, their matches, the matrix and the markets."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path
from pydantic import Field

from katalysator.coalition.models import Hub
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Paging, Resource, checked, page_facts, paged
from katalysator.exchange import resources
from katalysator.exchange.filtering import narrowed
from katalysator.exchange.forms import FilterForm
from katalysator.exchange.matching import SHOWN, candidates
from katalysator.exchange.matrix import counted
from katalysator.exchange.models import Listing
from katalysator.exchange.registry import markets as all_markets
from katalysator.exchange.resources import (
    ListingPage,
    ListingResource,
    MarketList,
    MatchList,
    Matrix,
)
from katalysator.exchange.workflow import OPEN

router = Router(tags=["exchange"], by_alias=True)

Number = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class ListingQuery(Paging):
    """Which needs and offers; what is left empty does not narrow."""

    q: str = Field("", description="Words of title or text, by their Dutch or English stems.")
    kind: Literal["", "need", "offer"] = ""
    market: str = Field("", description="A market of /markets.")
    area: str = Field("", description="An area of /areas.")
    block: Literal["", "talent", "research", "data", "trust", "growth"] = ""
    region: str = Field("", description="A region of /regions: what is in it or around it.")
    hub: str = Field("", description="A hub of /hubs.")
    show: Literal["", "matches", "gaps"] = Field(
        "", description="Open needs with or without a good offer."
    )
    state: Literal["", "draft", "matched", "closed", "expired", "any"] = Field(
        "", description="Open ones if empty."
    )
    sort: Literal["", "newest", "ending", "gaps", "title"] = Field(
        "", description="Newest if empty."
    )


class MatrixQuery(Resource):
    """Which part of the country; the whole where both are empty."""

    region: str = Field("", description="A region of /regions.")
    hub: str = Field("", description="A hub of /hubs.")


class MatchQuery(Resource):
    """How many matches."""

    limit: int = Field(SHOWN, ge=1, le=SHOWN)


@router.get("/listings", response=ListingPage)
def listings(request: HttpRequest, query: Query[ListingQuery]) -> ListingPage:
    """Needs and offers that the asker may see."""
    inside = speaks_for_any(request.user)
    form = checked(FilterForm(query.filters()))
    found = narrowed(Listing.objects.visible_to(request.user), form, inside=inside)
    page = paged(found.with_names(), query)
    items = [resources.summary(request, each, inside=inside) for each in page]
    return ListingPage(items=items, **page_facts(request, page))


@router.get("/listings/{id}", response=ListingResource)
def listing(request: HttpRequest, pk: Number) -> ListingResource:
    """One need or offer."""
    return resources.whole(request, _visible(request, pk), inside=speaks_for_any(request.user))


@router.get("/listings/{id}/matches", response=MatchList)
def matches(request: HttpRequest, pk: Number, query: Query[MatchQuery]) -> MatchList:
    """Who fits and why, the best first; none where the listing is not open."""
    this = _visible(request, pk)
    inside = speaks_for_any(request.user)
    if this.state != OPEN:
        return MatchList(items=[], seen=0, hidden={}, is_pending=False)
    found = candidates(this, seen_by=request.user, limit=query.limit)
    return resources.match_list(request, this, found, inside=inside)


@router.get("/matrix", response=Matrix)
def matrix(request: HttpRequest, query: Query[MatrixQuery]) -> Matrix:
    """What is open in each area and block, for what the asker may see."""
    place = checked(FilterForm(query.model_dump())).cleaned_data
    hub = Hub.objects.get(slug=place["hub"]) if place["hub"] else None
    return resources.matrix(counted(request.user, region=place["region"], hub=hub))


@router.get("/markets", response=MarketList)
def markets(request: HttpRequest) -> MarketList:  # noqa: ARG001
    """The markets that there are, with the terms of each."""
    return MarketList(items=[resources.market(each) for each in all_markets()])


def _visible(request: HttpRequest, pk: int) -> Listing:
    seen = Listing.objects.visible_to(request.user).select_related("organisation")
    found: Listing = get_object_or_404(seen, pk=pk)
    return found
