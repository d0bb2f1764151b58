"""The API of matches: who fits a listing, and the matrix."""

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Resource
from katalysator.core.filters import FilterQuery
from katalysator.listings.api import ListingNumber, visible_listing
from katalysator.listings.models import Listing
from katalysator.matches import schemas
from katalysator.matches.candidates import SHOWN, candidates
from katalysator.matches.filters import MatrixFilter
from katalysator.matches.matrix import counted
from katalysator.matches.schemas import MatchList, MatrixResource

router = Router(tags=["matches"], by_alias=True)


class MatchQuery(Resource):
    """How many matches."""

    limit: int = Field(SHOWN, ge=1, le=SHOWN)


@router.get("/listings/{id}/matches", response=MatchList)
def matches(request: HttpRequest, pk: ListingNumber, query: Query[MatchQuery]) -> MatchList:
    """Who fits and why, the best first; none where the listing is not open."""
    this = visible_listing(request, pk)
    inside = speaks_for_any(request.user)
    if not this.is_open:
        return MatchList(items=[], seen=0, hidden={}, is_pending=False)
    found = candidates(this, seen_by=request.user, limit=query.limit)
    return schemas.match_list(request, this, found, inside=inside)


@router.get("/matrix", response=MatrixResource)
def matrix(request: HttpRequest, query: Query[FilterQuery[MatrixFilter]]) -> MatrixResource:
    """What is open in each area and block, for what the asker may see."""
    region, hub = query.asked(Listing.objects.none(), request).place
    return schemas.matrix(counted(request.user, region=region, hub=hub))
