"""The API of listings: needs and offers, and the markets."""

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import page_facts, paged
from katalysator.core.filters import ListQuery
from katalysator.listings import schemas
from katalysator.listings.filters import ListingFilter
from katalysator.listings.market import markets as all_markets
from katalysator.listings.models import Listing
from katalysator.listings.schemas import (
    ListingPage,
    ListingResource,
    MarketList,
)

router = Router(tags=["listings"], by_alias=True)

ListingNumber = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


@router.get("/listings", response=ListingPage)
def listings(request: HttpRequest, query: Query[ListQuery[ListingFilter]]) -> ListingPage:
    """Needs and offers that the asker may see."""
    found = query.narrow(Listing.objects.visible_to(request.user), request)
    page = paged(found.with_names(), query)
    inside = speaks_for_any(request.user)
    items = [schemas.summary(request, each, inside=inside) for each in page]
    return ListingPage(items=items, **page_facts(request, page))


@router.get("/listings/{id}", response=ListingResource)
def listing(request: HttpRequest, pk: ListingNumber) -> ListingResource:
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
