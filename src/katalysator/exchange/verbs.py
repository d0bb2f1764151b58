"""What can be done with listings. Each verb is one transaction with its audit event inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

import rules
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from katalysator.coalition.models import Area, Organisation, Person
from katalysator.core import audit, regions
from katalysator.core.errors import Conflict, NotAllowed
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.registry import Market, market
from katalysator.exchange.rematching import forget_matches
from katalysator.exchange.tasks import match_soon
from katalysator.exchange.workflow import LISTING, OPEN
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the owner of a listing says. The market decides which `terms` there are."""

    language: str
    title: str
    text: str
    block: str
    areas: tuple[str, ...]
    regions: tuple[str, ...]
    areas_required: bool = False
    region_required: bool = False
    skills: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    capacity: int = 1
    min_capacity: int = 1
    ticket_min: Decimal | None = None
    ticket_max: Decimal | None = None
    visibility: str = "everyone"
    terms: Mapping[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def post(
    organisation: Organisation, *, by: Person | None, kind: Kind, market_slug: str, content: Content
) -> Listing:
    """Write down a need or offer as a draft. Raises InvalidInput, NotAllowed."""
    listing = Listing(organisation=organisation, kind=kind, market=market_slug, author=by)
    if not organisation.is_participant:
        raise NotAllowed(
            "not-a-participant",
            _("%(organisation)s does not take part in the coalition."),
            hint=_("Ask the coordinator to make it a participant."),
            organisation=organisation.name,
        )
    _allow(listing, by)
    _fill(listing, content)
    listing.save()
    audit.record("listing.post", listing, by=by, after=_facts(listing))
    return listing


@transaction.atomic
def edit(
    listing: Listing, *, by: Person | None, content: Content, seen: int | None = None
) -> Listing:
    """Change what a listing says; matches are found again.

    `seen` is the newest event of the listing that the editor saw; where there is a newer one,
    somebody else was first. Raises InvalidInput, NotAllowed, Conflict.
    """
    listing = _locked(listing)
    _allow(listing, by)
    if seen is not None and seen != audit.latest_of(listing):
        raise Conflict(
            "changed-meanwhile",
            _("Somebody changed this while you were writing."),
            hint=_("Open it in another tab, compare, and save again to overwrite."),
        )
    before = _facts(listing)
    _fill(listing, content)
    listing.save()
    after = _facts(listing)
    changed = {name for name in after if after[name] != before[name]}
    audit.record(
        "listing.edit",
        listing,
        by=by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    match_soon(listing)
    return listing


@transaction.atomic
def move(listing: Listing, verb: str, *, by: Person | None, reason: str = "") -> Listing:
    """Take a listing to its next state by a verb of its workflow. Raises Conflict, NotAllowed.

    `by` is None where the clock does it, as for `expire`.
    """
    listing = _locked(listing)
    _allow(listing, by)
    before = listing.state
    listing.state = LISTING.next(before, verb)
    if listing.state == OPEN and listing.published_at is None:
        listing.published_at = timezone.now()
    listing.save(update_fields=["state", "published_at"])
    audit.record(
        f"listing.{verb}",
        listing,
        by=by,
        before={"state": before},
        after={"state": listing.state},
        reason=reason,
    )
    match_soon(listing)
    return listing


@transaction.atomic
def delete(listing: Listing, *, by: Person) -> None:
    """Throw a draft away. What was published is closed, not deleted. Raises Conflict, NotAllowed."""
    listing = _locked(listing)
    _allow(listing, by)
    if listing.state != LISTING.initial:
        raise Conflict(
            "not-a-draft",
            _("Only a draft can be thrown away."),
            hint=_("Close this listing instead."),
        )
    audit.record("listing.delete", listing, by=by, before=_facts(listing))
    forget_matches(listing)
    listing.delete()


def _locked(listing: Listing) -> Listing:
    """The row as it is now, kept from others: a page may have been open for an hour."""
    row: Listing | None = Listing.objects.select_for_update().filter(pk=listing.pk).first()
    if row is None:
        raise Conflict("gone", _("This is not there any more: somebody threw it away."))
    return row


def _allow(listing: Listing, by: Person | None) -> None:
    if by is not None and not rules.has_perm("exchange.edit_listing", by, listing):
        raise NotAllowed(
            "not-your-listing",
            _("Only people of %(name)s may do this."),
            name=listing.organisation.name,
        )


def _fill(listing: Listing, content: Content) -> None:
    """Put the content into the row, checked as a whole."""
    where = market(listing.market)
    terms = _checked_terms(where, content.terms)
    for part in fields(content):
        if part.name not in {"terms", "areas", "regions"}:
            setattr(listing, part.name, getattr(content, part.name))
    listing.areas = _checked_areas(content.areas)
    listing.regions = _checked_regions(content.regions)
    listing.skills = list(content.skills)
    listing.terms = terms
    listing.labels = [f"{term}:{choice}" for term in where.hard_terms() for choice in terms[term]]
    _check_block(where, content.block)


def _checked_terms(where: type[Market], terms: Mapping[str, list[str]]) -> dict[str, list[str]]:
    try:
        return where.terms(**terms).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(
            "terms",
            _("This is not one of the choices."),
            hint=_("Choose at least one from the list."),
        ).at(str(first["loc"][0])) from error


def _checked_areas(slugs: tuple[str, ...]) -> list[str]:
    known = set(Area.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise InvalidInput(
            "area",
            _("There is no area “%(area)s”."),
            hint=_("Choose from the list."),
            area=unknown[0],
        ).at("areas")
    return _some(list(slugs), "areas")


def _checked_regions(codes: tuple[str, ...]) -> list[str]:
    try:
        known = [regions.parse(code) for code in codes]
    except InvalidInput as error:
        raise error.at("regions") from None
    return _some(known, "regions")


def _some(values: list[str], name: str) -> list[str]:
    if not values:
        raise InvalidInput("empty", _("Nothing is chosen."), hint=_("Choose at least one.")).at(
            name
        )
    return values


def _check_block(where: type[Market], block: str) -> None:
    if block not in where.blocks:
        raise InvalidInput("block", _("This market is not in that block.")).at("block")


def _facts(listing: Listing) -> dict[str, Any]:
    """What is written in the audit trail: all that the owner says, as JSON knows it."""
    facts = {part.name: getattr(listing, part.name) for part in fields(Content)}
    facts |= {"kind": str(listing.kind), "market": listing.market}
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"  # as the table keeps it, so that 10 and 10.00 are no change
    return str(value) if isinstance(value, date) else value
