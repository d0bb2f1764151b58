"""The API of those who write listings: what the form of the site takes, and the deeds of the workflow."""

from datetime import date
from typing import Any, Literal

from django.http import HttpResponse
from pydantic import Field

from katalysator.coalition.models import Organisation, Person, PersonRequest
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.writing_api import named_organisation
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Scope, seen, tag
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.listings import verbs
from katalysator.listings.alike import alike
from katalysator.listings.api import (
    ListingNumber,
    ListingResource,
    PostedListing,
    router,
    similar,
    visible_listing,
    whole,
)
from katalysator.listings.contents import Content, content_of
from katalysator.listings.market import markets
from katalysator.listings.models import Kind, Listing
from katalysator.listings.owners import OwnerKind

__all__ = ("LISTINGS", "router")

LISTINGS = Scope(
    "listings", _("Post needs and offers, change them, and take them to their next state")
)


class ListingChange(Given):
    """What a need or offer says from now on; what is left out stays as it is. `terms` are as /markets describes them, null for none."""

    language: Literal["nl", "en"] = "nl"
    title: str = ""
    text: str = ""
    block: str = ""
    areas: list[str] = Field(default_factory=list)
    areas_required: bool = False
    regions: list[str] = Field(default_factory=list)
    region_required: bool = False
    skills: list[str] = Field(default_factory=list)
    visibility: str = "everyone"
    terms: dict[str, Any] = Field(default_factory=dict)
    reference: str = ""
    stands_until: date | None = None


class NewListing(ListingChange):
    """A need or offer in a market, of an organisation, by its slug; or, by the `owner` “person”, in one's own name."""

    owner: OwnerKind = "organisation"
    organisation: str = ""
    kind: Literal["need", "offer"]
    market: str


@router.post("/listings", response={201: PostedListing}, **LISTINGS.required)
def post_listing(
    request: PersonRequest, response: HttpResponse, given: NewListing
) -> PostedListing:
    """Write down a need or offer as a draft; the deed `publish` shows it to others. `similar` is what its owner posted before."""
    said = given.stated
    owner, kind = _owner(request, said), Kind(said.pop("kind"))
    market_slug = _market(said.pop("market"))
    content = Content(**{"language": "nl", "title": "", **said})
    made = verbs.post(owner, by=request.user, kind=kind, market_slug=market_slug, content=content)
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    before = [similar(request, each) for each in alike(made, owner)]
    return PostedListing(**dict(shown), similar=before)


@router.patch("/listings/{id}", response=ListingResource, **LISTINGS.required)
def change_listing(
    request: PersonRequest,
    response: HttpResponse,
    pk: ListingNumber,
    given: ListingChange,
    if_match: IfMatch = "",
) -> ListingResource:
    """Change what a need or offer says."""
    listing = visible_listing(request, pk)
    content = content_of(listing, **{"terms": {}, **given.stated})
    changed = verbs.edit(listing, by=request.user, content=content, seen=seen(if_match))
    return _shown(request, response, changed)


@router.post("/listings/{id}/deeds", response=ListingResource, **LISTINGS.required)
def move_listing(
    request: PersonRequest, response: HttpResponse, pk: ListingNumber, given: DeedGiven
) -> ListingResource:
    """Take a need or offer to its next state, by one of its `deeds`."""
    listing = visible_listing(request, pk)
    moved = verbs.move(listing, given.deed, by=request.user, reason=given.reason)
    return _shown(request, response, moved)


@router.delete("/listings/{id}", response={204: None}, **LISTINGS.required)
def delete_listing(request: PersonRequest, pk: ListingNumber) -> None:
    """Throw a draft away. What was published is closed, by a deed."""
    verbs.delete(visible_listing(request, pk), by=request.user)


def _shown(request: PersonRequest, response: HttpResponse, listing: Listing) -> ListingResource:
    tag(response, listing)
    return whole(request, listing, inside=speaks_for_any(request.user))


def _owner(request: PersonRequest, said: dict[str, Any]) -> Organisation | Person:
    """In whose name it is posted, which is taken out of what was said. Raises InvalidInput."""
    slug, kind = said.pop("organisation", ""), said.pop("owner", "organisation")
    if kind == "person":
        return request.user
    if not slug:
        raise InvalidInput(
            "organisation",
            _("This has to be there."),
            hint=_("Or give “person” as the owner, to post in your own name."),
        ).at("organisation")
    return named_organisation(request, slug)


def _market(slug: str) -> str:
    known = [each.slug for each in markets()]
    if slug not in known:
        raise InvalidInput(
            "market",
            _("There is no market “%(market)s”."),
            hint=_("There are: %(known)s."),
            market=slug,
            known=tuple(known),
        ).at("market")
    return slug
