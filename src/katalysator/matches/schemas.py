"""Matches and the matrix as the API sends them: codes and numbers, not labels."""

from collections.abc import Mapping
from typing import Literal

from django.http import HttpRequest

from katalysator.core.api import Resource
from katalysator.listings.models import Listing
from katalysator.listings.schemas import ListingSummary, summary
from katalysator.matches.candidates import Candidate, Candidates
from katalysator.matches.cards import MatchCard, match_cards
from katalysator.matches.matrix import Counts, Key


class Reasons(Resource):
    """Why, in sentences of the language of the answer; empty where there is nothing to say."""

    fits: str
    missing: str
    change: str
    pressure: str


class MatchResource(Resource):
    """One fit: the score is the sum of its parts."""

    listing: ListingSummary
    score: float
    parts: dict[str, float]
    strength: Literal["strong", "good", "weak"]
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
    """What is open in one cell; matches and gaps together are the needs."""

    needs: int
    offers: int
    matches: int
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


_DECIMALS = 6


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
        reasons=Reasons(
            fits=card.fits, missing=card.missing, change=card.change, pressure=card.pressure
        ),
    )


def matrix(counts: Mapping[Key, Counts]) -> MatrixResource:
    """The counts as cells and totals, in the order of their names."""
    cells = [
        CellResource(area=area, block=block, **_counts(count))
        for (area, block), count in sorted(counts.items())
        if area
    ]
    totals = [
        TotalResource(block=block, **_counts(count))
        for (area, block), count in sorted(counts.items())
        if not area
    ]
    return MatrixResource(cells=cells, totals=totals)


def _counts(count: Counts) -> dict[str, int]:
    return {name: getattr(count, name) for name in CellCounts.model_fields}
