"""The API of listings: needs and offers, and the markets, as codes and numbers, not labels."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path
from pydantic import Field

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import Links, PageOf, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.core.terms import Term
from katalysator.engine.matching import Strength, strength
from katalysator.listings.filters import ListingFilter
from katalysator.listings.market import Market, markets as all_markets
from katalysator.listings.models import Listing
from katalysator.listings.owners import OwnerKind
from katalysator.listings.rules import possible
from katalysator.listings.subjects import subjects_of

router = Router(tags=["listings"], by_alias=True)

ListingNumber = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class OwnerOrganisation(Resource):
    """The organisation that posted it, or where the person takes part who did so in own name."""

    slug: str
    name: str


class OwnerResource(Resource):
    """Whose it is: an organisation, or a person by the name and function by which that one wants to be found."""

    kind: OwnerKind
    name: str
    function: str


class ListingSummary(Resource):
    """A need or offer in a list. `bestMatch` counts what the asker may see; null below good."""

    id: int
    kind: Literal["need", "offer"]
    market: str
    block: str
    language: str
    title: str
    text: str
    owner: OwnerResource
    organisation: OwnerOrganisation
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
    stands_until: date | None
    best_match: Literal["strong", "good", "possible"] | None
    links: Links


class SubjectResource(Resource):
    """What a listing is about: `/listings?subject=` finds others by its value."""

    value: str
    label: str


class ListingResource(ListingSummary):
    """A need or offer, with its terms as /markets describes them, its subjects, and what the asker may do."""

    terms: dict[str, Any]
    subjects: list[SubjectResource]
    deeds: list[str]


class SimilarListing(Resource):
    """What its owner posted before that says nearly the same, in Dutch or English."""

    id: int
    title: str
    state: str
    deeds: list[str]
    links: Links


class PostedListing(ListingResource):
    """A need or offer that was just posted, and what of its owner it looks like, the nearest first."""

    similar: list[SimilarListing]


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
    """A market, and the terms on which things are asked and offered there; `inOwnName` says whether people post too."""

    slug: str
    name: str
    need_example: str
    offer_example: str
    in_own_name: bool
    blocks: list[str]
    terms: list[TermResource]


class MarketList(Resource):
    """All markets."""

    items: list[MarketResource]


_OWN = {"owner", "organisation", "best_match", "links"}
_AS_STATED = tuple(name for name in ListingSummary.model_fields if name not in _OWN)


def summary(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingSummary:
    """A listing for a list. `inside`: matches among participants count."""
    return ListingSummary(**_facts(request, listing, inside=inside))


def whole(request: HttpRequest, listing: Listing, *, inside: bool) -> ListingResource:
    """A listing with its terms."""
    facts = _facts(request, listing, inside=inside)
    deeds = [step.deed for step in possible(listing, request.user)]
    subjects = [SubjectResource(value=each.key, label=each.name) for each in subjects_of(listing)]
    return ListingResource(**facts, terms=listing.terms, subjects=subjects, deeds=deeds)


def similar(request: HttpRequest, listing: Listing) -> SimilarListing:
    """One that says nearly the same, with what the asker may do with it."""
    return SimilarListing(
        id=listing.pk,
        title=listing.title,
        state=listing.state,
        deeds=[step.deed for step in possible(listing, request.user)],
        links=Links.of(request, listing, "listing"),
    )


def _facts(request: HttpRequest, listing: Listing, *, inside: bool) -> dict[str, Any]:
    best = strength(listing.best_inside if inside else listing.best)
    owner = listing.owner
    return {name: getattr(listing, name) for name in _AS_STATED} | {
        "owner": OwnerResource(kind=owner.kind, name=owner.name, function=owner.function),
        "organisation": OwnerOrganisation(
            slug=owner.organisation.slug, name=owner.organisation.name
        ),
        "best_match": None if best is Strength.WEAK else best.value,
        "links": Links.of(request, listing, "listing"),
    }


def market(each: type[Market]) -> MarketResource:
    """A market, its labels in the active language."""
    return MarketResource(
        slug=each.slug,
        name=str(each.label),
        need_example=str(each.need_example),
        offer_example=str(each.offer_example),
        in_own_name=each.in_own_name,
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


@router.get("/listings", response=ListingPage)
def listings(request: HttpRequest, query: Query[ListQuery[ListingFilter]]) -> ListingPage:
    """Needs and offers that the asker may see."""
    found = query.narrow(Listing.objects.visible_to(request.user), request)
    page = paged(found.with_names(), query)
    inside = speaks_for_any(request.user)
    items = [summary(request, each, inside=inside) for each in page]
    return ListingPage(items=items, **page_facts(request, page))


@router.get("/listings/{id}", response=ListingResource)
def listing(request: HttpRequest, response: HttpResponse, pk: ListingNumber) -> ListingResource:
    """One need or offer."""
    found = visible_listing(request, pk)
    tag(response, found)
    return whole(request, found, inside=speaks_for_any(request.user))


@router.get("/markets", response=MarketList)
def markets(request: HttpRequest) -> MarketList:  # noqa: ARG001
    """The markets that there are, with the terms of each."""
    return MarketList(items=[market(each) for each in all_markets()])


def visible_listing(request: HttpRequest, pk: int) -> Listing:
    """One listing that the asker may see; raises a 404 for any other."""
    seen = Listing.objects.visible_to(request.user).with_owner()
    found: Listing = get_object_or_404(seen, pk=pk)
    return found
