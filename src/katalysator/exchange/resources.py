"""Needs, offers, matches and markets as the API sends them: codes and numbers, not labels."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse

from katalysator.core.api import Links, PageOf, Resource
from katalysator.engine.matching.explanation import Strength, strength
from katalysator.exchange import presentation
from katalysator.exchange.matching import Candidate, Candidates
from katalysator.exchange.matrix import Counts, Key
from katalysator.exchange.models import Listing
from katalysator.exchange.registry import Market


class Owner(Resource):
    """The organisation that posted it."""

    slug: str
    name: str


class ListingSummary(Resource):
    """A need or offer in a list. `bestMatch` counts what the asker may see; null below good."""

    id: int
    kind: Literal["need", "offer"]
    market: str
    block: str
    language: str
    title: str
    text: str
    organisation: Owner
    areas: list[str]
    areas_required: bool
    regions: list[str]
    region_required: bool
    skills: list[str]
    start: date | None
    end: date | None
    capacity: int
    min_capacity: int
    ticket_min: Decimal | None
    ticket_max: Decimal | None
    visibility: str
    state: str
    published_at: datetime | None
    best_match: Literal["strong", "good"] | None
    links: Links


class ListingResource(ListingSummary):
    """A need or offer, with its terms as /markets describes them."""

    terms: dict[str, list[str]]


class ListingPage(PageOf):
    """One page of needs and offers."""

    items: list[ListingSummary]


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


class Cell(CellCounts):
    """One cell of the matrix."""

    area: str
    block: str


class Total(CellCounts):
    """One column of the matrix; a listing in two areas counts once here."""

    block: str


class Matrix(Resource):
    """Areas × blocks; what is empty is left out."""

    cells: list[Cell]
    totals: list[Total]


class MarketResource(Resource):
    """A market; `terms` is the JSON Schema of what is agreed upon, `labels` names its parts."""

    slug: str
    name: str
    need_example: str
    offer_example: str
    blocks: list[str]
    has_ticket: bool
    terms: dict[str, Any]
    hard_terms: list[str]
    labels: dict[str, str]


class MarketList(Resource):
    """All markets."""

    items: list[MarketResource]


_DECIMALS = 6
_OWN = {"organisation", "best_match", "links", "terms"}
_AS_STATED = tuple(name for name in ListingSummary.model_fields if name not in _OWN)


def summary(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingSummary:
    """A listing for a list. `inside`: matches among participants count."""
    return ListingSummary(**_facts(request, listing, inside=inside))


def whole(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingResource:
    """A listing with its terms."""
    return ListingResource(**_facts(request, listing, inside=inside), terms=listing.terms)


def _facts(request: HttpRequest, listing: Listing, *, inside: bool) -> dict[str, Any]:
    best = strength(listing.best_inside if inside else listing.best)
    this = reverse("api:listing", args=[listing.pk])
    return {name: getattr(listing, name) for name in _AS_STATED} | {
        "organisation": Owner(slug=listing.organisation.slug, name=listing.organisation.name),
        "best_match": None if best is Strength.WEAK else best.value,
        "links": Links(
            this=request.build_absolute_uri(this),
            page=request.build_absolute_uri(listing.get_absolute_url()),
        ),
    }


def match_list(
    request: HttpRequest, listing: Listing, found: Candidates | None, *, inside: bool
) -> MatchList:
    """The fits of a listing, with the same sentences as its page."""
    if found is None:
        return MatchList(items=[], seen=0, hidden={}, is_pending=True)
    cards = presentation.match_cards(listing, found, inside=inside)
    items = [
        _match(request, item, card, inside=inside)
        for item, card in zip(found.items, cards, strict=True)
    ]
    return MatchList(items=items, seen=found.seen, hidden=dict(found.hidden), is_pending=False)


def _match(
    request: HttpRequest, item: Candidate, card: presentation.MatchCard, *, inside: bool
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


def matrix(counts: Mapping[Key, Counts]) -> Matrix:
    """The counts as cells and totals, in the order of their names."""
    cells = [
        Cell(area=area, block=block, **_counts(count))
        for (area, block), count in sorted(counts.items())
        if area
    ]
    totals = [
        Total(block=block, **_counts(count))
        for (area, block), count in sorted(counts.items())
        if not area
    ]
    return Matrix(cells=cells, totals=totals)


def _counts(count: Counts) -> dict[str, int]:
    return {name: getattr(count, name) for name in CellCounts.model_fields}


def market(each: type[Market]) -> MarketResource:
    """A market, its labels in the active language."""
    labels = each.term_labels | each.choice_labels
    return MarketResource(
        slug=each.slug,
        name=str(each.label),
        need_example=str(each.need_example),
        offer_example=str(each.offer_example),
        blocks=[block.value for block in each.blocks],
        has_ticket=each.has_ticket,
        terms=each.terms.model_json_schema(),
        hard_terms=list(each.hard_terms()),
        labels={name: str(label) for name, label in labels.items()},
    )
