"""The API of those who write about organisations: what each says of itself, and how it takes part."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from pydantic import Field

from katalysator.coalition.api import (
    OrganisationResource,
    Slug,
    organisation_resource,
    router,
)
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.organisations import verbs
from katalysator.coalition.organisations.facts import facts_of
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Scope, seen, tag
from katalysator.faults import InvalidInput, gettext_noop as _

__all__ = (
    "ORGANISATIONS",
    "named_organisation",
    "named_organisations",
    "router",
    "visible_organisation",
)

ORGANISATIONS = Scope(
    "organisations", _("Change what organisations say of themselves, and what they bring")
)


class OrganisationChange(Given):
    """What an organisation says of itself from now on; what is left out stays as it is. `about` holds a text by language."""

    name: str = ""
    other_names: list[str] = Field(default_factory=list)
    kind: str = ""
    city: str = ""
    region: str = ""
    kvk: str = ""
    website: str = ""
    about: dict[str, str] = Field(default_factory=dict)
    blocks: list[str] = Field(default_factory=list)
    areas: list[str] = Field(default_factory=list)
    contact: str = ""
    mail_domains: list[str] = Field(default_factory=list)


@router.patch("/organisations/{slug}", response=OrganisationResource, **ORGANISATIONS.required)
def change_organisation(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    given: OrganisationChange,
    if_match: IfMatch = "",
) -> OrganisationResource:
    """Change what an organisation says of itself; that it is correct is said with it."""
    record = visible_organisation(request, slug)
    facts = facts_of(record, **given.stated)
    changed = verbs.edit(record, by=request.user, facts=facts, seen=seen(if_match))
    return _shown(request, response, changed)


@router.post(
    "/organisations/{slug}/confirmations", response=OrganisationResource, **ORGANISATIONS.required
)
def confirm_organisation(
    request: PersonRequest, response: HttpResponse, slug: Slug
) -> OrganisationResource:
    """Say that all that stands there is still correct."""
    confirmed = verbs.confirm(visible_organisation(request, slug), by=request.user)
    return _shown(request, response, confirmed)


@router.post("/organisations/{slug}/deeds", response=OrganisationResource, **ORGANISATIONS.required)
def move_organisation(
    request: PersonRequest, response: HttpResponse, slug: Slug, given: DeedGiven
) -> OrganisationResource:
    """Change how an organisation takes part: `join`, `suspend`, `resume`, `leave`."""
    record = visible_organisation(request, slug)
    moved = verbs.move(record, given.deed, by=request.user, reason=given.reason)
    return _shown(request, response, moved)


def visible_organisation(request: HttpRequest, slug: str) -> Organisation:
    """One organisation that the asker may see; raises a 404 for any other."""
    found: Organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user), slug=slug
    )
    return found


def named_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation that is sent as `organisation`. Raises InvalidInput where the asker sees none of this name."""
    seen_ = Organisation.objects.visible_to(request.user)
    (found,) = named_organisations(seen_, [slug], at="organisation")
    return found


def named_organisations(
    among: OrganisationQuerySet, slugs: Collection[str], *, at: str
) -> tuple[Organisation, ...]:
    """The organisations that are sent by their names, each once. Raises InvalidInput at the first that is none. Cost: one query."""
    found = {each.slug: each for each in among.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise InvalidInput(
                "organisation", _("There is no organisation “%(slug)s”."), slug=slug
            ).at(at)
    return tuple(found[slug] for slug in dict.fromkeys(slugs))


def _shown(request: PersonRequest, response: HttpResponse, record: Any) -> OrganisationResource:
    tag(response, record)
    return organisation_resource(request, record)
