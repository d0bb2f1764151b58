"""Needs, offers and markets as the API sends them: codes and numbers, not labels."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from pydantic import Field

from katalysator.core.api import Links, PageOf, Resource
from katalysator.core.terms import Term
from katalysator.engine.matching import Strength, strength
from katalysator.listings.market import Market
from katalysator.listings.models import Listing
from katalysator.listings.rules import possible


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
    visibility: str
    state: str
    published_at: datetime | None
    best_match: Literal["strong", "good"] | None
    links: Links


class ListingResource(ListingSummary):
    """A need or offer, with its terms as /markets describes them, and what the asker may do with it."""

    terms: dict[str, Any]
    deeds: list[str]


class ListingPage(PageOf):
    """One page of needs and offers."""

    items: list[ListingSummary]


class ChoiceResource(Resource):
    """One choice of a term."""

    value: str
    label: str


class TermResource(Resource):
    """A term: `schema` is the JSON Schema of its value; a hard one must agree on both sides."""

    name: str
    label: str
    hard: bool
    required: bool
    shape: dict[str, Any] = Field(alias="schema")
    choices: list[ChoiceResource]


class MarketResource(Resource):
    """A market, and the terms on which things are asked and offered there."""

    slug: str
    name: str
    need_example: str
    offer_example: str
    blocks: list[str]
    terms: list[TermResource]


class MarketList(Resource):
    """All markets."""

    items: list[MarketResource]


_OWN = {"organisation", "best_match", "links"}
_AS_STATED = tuple(name for name in ListingSummary.model_fields if name not in _OWN)


def summary(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingSummary:
    """A listing for a list. `inside`: matches among participants count."""
    return ListingSummary(**_facts(request, listing, inside=inside))


def whole(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingResource:
    """A listing with its terms."""
    facts = _facts(request, listing, inside=inside)
    deeds = [step.deed for step in possible(listing, request.user)]
    return ListingResource(**facts, terms=listing.terms, deeds=deeds)


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


def market(each: type[Market]) -> MarketResource:
    """A market, its labels in the active language."""
    return MarketResource(
        slug=each.slug,
        name=str(each.label),
        need_example=str(each.need_example),
        offer_example=str(each.offer_example),
        blocks=[block.value for block in each.blocks],
        terms=[_term(term) for term in each.terms.values()],
    )


def _term(term: Term) -> TermResource:
    choices = getattr(term, "choices", {}).items()
    return TermResource(
        name=term.name,
        label=str(term.label),
        hard=term.hard,
        required=term.required,
        shape=term.schema(),
        choices=[ChoiceResource(value=value, label=str(label)) for value, label in choices],
    )
