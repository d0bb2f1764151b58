"""The API of matches: who fits a listing, and the matrix, as codes and numbers, not labels."""

from collections.abc import Mapping
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Resource
from katalysator.core.filters import FilterQuery
from katalysator.listings.api import ListingNumber, ListingSummary, summary, visible_listing
from katalysator.listings.models import Listing
from katalysator.matches.candidates import SHOWN, Candidate, Candidates, candidates
from katalysator.matches.cards import MatchCard, match_cards
from katalysator.matches.filters import MatrixFilter
from katalysator.matches.matrix import Counts, Key, counted

router = Router(tags=["matches"], by_alias=True)

_DECIMALS = 6


class Reasons(Resource):
    """Why, in sentences of the language of the answer; empty where there is nothing to say."""

    fits: str
    missing: str
    pressure: str


class MatchResource(Resource):
    """One fit: the score is the chance that it is useful; its parts are log-odds that add up to it."""

    listing: ListingSummary
    score: float
    parts: dict[str, float]
    strength: Literal["strong", "good", "possible", "weak"]
    reasons: Reasons


class MatchList(Resource):
    """The best fits of a listing, of all that were looked at.

    `hidden` counts by the first hard constraint that keeps a listing out; `isPending` says that the
    listing was not read yet.
    """

    items: list[MatchResource]
    seen: int
    hidden: dict[str, int]
    is_pending: bool


class CellCounts(Resource):
    """What is open in one cell; matches, possible ones and gaps together are the needs."""

    needs: int
    offers: int
    matches: int
    possible: int
    gaps: int


class CellResource(CellCounts):
    """One cell of the matrix."""

    area: str
    block: str


class TotalResource(CellCounts):
    """One column of the matrix; a listing in two areas counts once here."""

    block: str


class MatrixResource(Resource):
    """Areas × blocks; what is empty is left out."""

    cells: list[CellResource]
    totals: list[TotalResource]


def match_list(
    request: HttpRequest, listing: Listing, found: Candidates | None, *, inside: bool
) -> MatchList:
    """The fits of a listing, with the same sentences as its page."""
    if found is None:
        return MatchList(items=[], seen=0, hidden={}, is_pending=True)
    cards = match_cards(listing, found, inside=inside)
    items = [
        _match(request, item, card, inside=inside)
        for item, card in zip(found.items, cards, strict=True)
    ]
    return MatchList(items=items, seen=found.seen, hidden=dict(found.hidden), is_pending=False)


def _match(
    request: HttpRequest, item: Candidate, card: MatchCard, *, inside: bool
) -> MatchResource:
    return MatchResource(
        listing=summary(request, item.listing, inside=inside),
        score=round(item.score, _DECIMALS),
        parts={str(part): round(value, _DECIMALS) + 0.0 for part, value in item.parts.items()},
        strength=item.explanation.strength.value,
        reasons=Reasons(fits=card.fits, missing=card.missing, pressure=card.pressure),
    )


def _matrix(counts: Mapping[Key, Counts]) -> MatrixResource:
    """The counts as cells and totals, in the order of their names."""
    found = [(*key, _counts(count)) for key, count in sorted(counts.items())]
    return MatrixResource(
        cells=[
            CellResource(area=area, block=block, **facts) for area, block, facts in found if area
        ],
        totals=[TotalResource(block=block, **facts) for area, block, facts in found if not area],
    )


def _counts(count: Counts) -> dict[str, int]:
    return {name: getattr(count, name) for name in CellCounts.model_fields}


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
    return match_list(request, this, found, inside=inside)


@router.get("/matrix", response=MatrixResource)
def matrix(request: HttpRequest, query: Query[FilterQuery[MatrixFilter]]) -> MatrixResource:
    """What is open in each area and block, for what the asker may see."""
    region, hub = query.asked(Listing.objects.none(), request).place
    return _matrix(counted(request.user, region=region, hub=hub))
