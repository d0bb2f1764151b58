"""The API of matches: who fits a listing, and the matrix."""

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.coalition.models import Hub
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Resource, checked
from katalysator.listings.api import Number, visible_listing
from katalysator.listings.filters import FilterForm
from katalysator.matches import schemas
from katalysator.matches.candidates import SHOWN, candidates
from katalysator.matches.matrix import counted
from katalysator.matches.schemas import MatchList, Matrix

router = Router(tags=["matches"], by_alias=True)


class MatrixQuery(Resource):
    """Which part of the country; the whole where both are empty."""

    region: str = Field("", description="A region of /regions.")
    hub: str = Field("", description="A hub of /hubs.")


class MatchQuery(Resource):
    """How many matches."""

    limit: int = Field(SHOWN, ge=1, le=SHOWN)


@router.get("/listings/{id}/matches", response=MatchList)
def matches(request: HttpRequest, pk: Number, query: Query[MatchQuery]) -> MatchList:
    """Who fits and why, the best first; none where the listing is not open."""
    this = visible_listing(request, pk)
    inside = speaks_for_any(request.user)
    if not this.is_open:
        return MatchList(items=[], seen=0, hidden={}, is_pending=False)
    found = candidates(this, seen_by=request.user, limit=query.limit)
    return schemas.match_list(request, this, found, inside=inside)


@router.get("/matrix", response=Matrix)
def matrix(request: HttpRequest, query: Query[MatrixQuery]) -> Matrix:
    """What is open in each area and block, for what the asker may see."""
    place = checked(FilterForm(query.model_dump())).cleaned_data
    hub = Hub.objects.get(slug=place["hub"]) if place["hub"] else None
    return schemas.matrix(counted(request.user, region=place["region"], hub=hub))
