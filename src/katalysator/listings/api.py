"""The API of listings: needs and offers, and the markets."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path
from pydantic import Field

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Paging, checked, page_facts, paged
from katalysator.listings import schemas
from katalysator.listings.filters import FilterForm, narrowed, state_choices
from katalysator.listings.market import markets as all_markets
from katalysator.listings.models import Listing
from katalysator.listings.schemas import (
    ListingPage,
    ListingResource,
    MarketList,
)

router = Router(tags=["listings"], by_alias=True)

Number = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


def _of_the_workflow(shape: dict[str, Any]) -> None:
    shape["enum"] = [state for state, _label in state_choices()]


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
    state: str = Field("", description="Open ones if empty.", json_schema_extra=_of_the_workflow)
    sort: Literal["", "newest", "ending", "gaps", "title"] = Field(
        "", description="Newest if empty."
    )


@router.get("/listings", response=ListingPage)
def listings(request: HttpRequest, query: Query[ListingQuery]) -> ListingPage:
    """Needs and offers that the asker may see."""
    inside = speaks_for_any(request.user)
    form = checked(FilterForm(query.filters()))
    found = narrowed(Listing.objects.visible_to(request.user), form, inside=inside)
    page = paged(found.with_names(), query)
    items = [schemas.summary(request, each, inside=inside) for each in page]
    return ListingPage(items=items, **page_facts(request, page))


@router.get("/listings/{id}", response=ListingResource)
def listing(request: HttpRequest, pk: Number) -> ListingResource:
    """One need or offer."""
    return schemas.whole(request, visible_listing(request, pk), inside=speaks_for_any(request.user))


@router.get("/markets", response=MarketList)
def markets(request: HttpRequest) -> MarketList:  # noqa: ARG001
    """The markets that there are, with the terms of each."""
    return MarketList(items=[schemas.market(each) for each in all_markets()])


def visible_listing(request: HttpRequest, pk: int) -> Listing:
    """One listing that the asker may see; raises a 404 for any other."""
    seen = Listing.objects.visible_to(request.user).select_related("organisation")
    found: Listing = get_object_or_404(seen, pk=pk)
    return found
