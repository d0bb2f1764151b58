"""What can be done with listings. Each verb is one transaction with its audit event inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Area, Organisation, Person
from katalysator.core import audit, regions
from katalysator.core.actors import Actor, permits
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.listings.market import Market, market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import EDIT, LISTING, OPEN, SHOWN

_AS_SAID: Final = (
    "language", "title", "text", "areas_required", "region_required", "visibility",
)  # fmt: skip
_LISTS: Final = ("areas", "regions", "skills")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the owner of a listing says. A draft needs a title only; the market names the `terms`."""

    language: str
    title: str
    text: str = ""
    block: str = ""
    areas: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    areas_required: bool = False
    region_required: bool = False
    skills: tuple[str, ...] = ()
    visibility: str = "everyone"
    terms: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def post(
    organisation: Organisation, *, by: Actor, kind: Kind, market_slug: str, content: Content
) -> Listing:
    """Write down a need or offer as a draft. Raises InvalidInput, NotAllowed."""
    listing = Listing(
        organisation=organisation,
        kind=kind,
        market=market_slug,
        author=by if isinstance(by, Person) else None,
    )
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
def edit(listing: Listing, *, by: Actor, content: Content, seen: int | None = None) -> Listing:
    """Change what a listing says.

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
    return listing


@transaction.atomic
def move(listing: Listing, deed: str, *, by: Actor, reason: str = "") -> Listing:
    """Take a listing to its next state by a deed of its workflow.

    Raises Conflict, NotAllowed, and InvalidInput where it is not finished and would be seen.
    """
    listing = _locked(listing)
    before = listing.state
    if not LISTING.allows(before, deed):
        _allow(listing, by)  # others need not hear in which state it is
    step = LISTING.transition(before, deed)
    _allow(listing, by, step.permission)
    listing.state = step.target
    if before == LISTING.initial or (listing.state in SHOWN and before not in SHOWN):
        _require_finished(listing)
    if listing.state == OPEN and listing.published_at is None:
        listing.published_at = timezone.now()
    listing.save(update_fields=["state", "published_at"])
    audit.record(
        LISTING.audit_verb(deed),
        listing,
        by=by,
        before={"state": before},
        after={"state": listing.state},
        reason=reason,
    )
    return listing


@transaction.atomic
def delete(listing: Listing, *, by: Actor) -> None:
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
    listing.delete()


def _locked(listing: Listing) -> Listing:
    """The row as it is now, kept from others: a page may have been open for an hour."""
    row: Listing | None = Listing.objects.select_for_update().filter(pk=listing.pk).first()
    if row is None:
        raise Conflict("gone", _("This is not there any more: somebody threw it away."))
    return row


def _allow(listing: Listing, by: Actor, permission: str = EDIT) -> None:
    if not permits(by, permission, listing):
        raise NotAllowed(
            "not-your-listing",
            _("Only people of %(name)s may do this."),
            name=listing.organisation.name,
        )


def _fill(listing: Listing, content: Content) -> None:
    """Put the content into the row, checked as a whole."""
    where = market(listing.market)
    values = where.clean(content.terms)
    for name in _AS_SAID:
        setattr(listing, name, getattr(content, name))
    listing.title, listing.text = plain_line(content.title), without_markup(content.text)
    listing.block = content.block or where.blocks[0].value
    _check_title(listing.title)
    require_short(listing.text, Listing, "text")
    _check_block(where, listing.block)
    listing.areas = _checked_areas(content.areas)
    listing.regions = _checked_regions(content.regions)
    listing.skills = list(dict.fromkeys(filter(None, map(plain_line, content.skills))))
    for skill in listing.skills:
        require_short(skill, Listing, "skills")
    listing.set_terms(values)
    if listing.state != LISTING.initial:
        _require_finished(listing)


def _require_finished(listing: Listing) -> None:
    if missing := listing.unfinished():
        raise InvalidInput(
            "unfinished",
            _("Before others can see this, fill in: %(fields)s."),
            hint=_("Until then, keep it as a draft."),
            fields=tuple(missing.values()),
        ).at(next(iter(missing)))


def _check_title(title: str) -> None:
    if not title:
        raise InvalidInput(
            "title", _("It has no title."), hint=_("Give it one, so that you can find it back.")
        ).at("title")
    require_short(title, Listing, "title")


def _checked_areas(slugs: tuple[str, ...]) -> list[str]:
    known = set(Area.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise InvalidInput(
            "area",
            _("There is no area “%(area)s”."),
            hint=_("Choose from the list."),
            area=unknown[0],
        ).at("areas")
    return list(slugs)


def _checked_regions(codes: tuple[str, ...]) -> list[str]:
    try:
        return [regions.parse(code) for code in codes]
    except InvalidInput as error:
        raise error.at("regions") from None


def _check_block(where: type[Market], block: str) -> None:
    if block not in where.blocks:
        raise InvalidInput("block", _("This market is not in that block.")).at("block")


def _facts(listing: Listing) -> dict[str, Any]:
    """What is written in the audit trail: all that the owner says, as JSON knows it."""
    facts = {name: getattr(listing, name) for name in (*_AS_SAID, "block", *_LISTS)}
    return facts | {
        "kind": str(listing.kind),
        "market": listing.market,
        "terms": {
            name: _exact(value) for name, value in listing.stated().items() if value is not None
        },
    }


def _exact(value: Any) -> Any:
    """The value with its fractions as text: the trail keeps no floats."""
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    return str(value) if isinstance(value, float) else value
