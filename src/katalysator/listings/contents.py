"""What the owner of a listing says: checked as a whole, put into the row, and told to the audit trail."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Area
from katalysator.core import regions
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.lengths import require_short
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.listings.market import Market, market
from katalysator.listings.models import Listing
from katalysator.listings.standing import check_day, due_by
from katalysator.listings.workflow import LISTING

_AS_SAID: Final = (
    "language", "title", "text", "areas_required", "region_required", "visibility",
)  # fmt: skip
_CHOICES: Final = {
    "language": tuple(TEXT_LANGUAGES),
    "visibility": tuple(Listing.Visibility.values),
}
_LISTS: Final = ("areas", "regions", "skills")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the owner of a listing says. A draft needs a title only; the market names the `terms`.

    `reference` is what the owner's own administration calls it, `stands_until` the last day on which it is open;
    None leaves each as it is.
    """

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
    reference: str | None = None
    stands_until: date | None = None


def content_of(listing: Listing, *, terms: Mapping[str, Any], **said: Any) -> Content:
    """All that a listing says, but for what is said otherwise."""
    kept = {name: getattr(listing, name) for name in (*_AS_SAID, "block")}
    lists = {name: tuple(getattr(listing, name)) for name in _LISTS}
    return Content(**(kept | lists | said), terms={**listing.stated(), **terms})


def fill(listing: Listing, content: Content, *, known_areas: Collection[str] | None = None) -> None:
    """Put the content into the row, checked as a whole. Raises InvalidInput at the name of a part.

    Cost: one query, for the areas; none where `known_areas` names them all.
    """
    where = market(listing.market)
    values = where.clean(content.terms)
    for name in _AS_SAID:
        setattr(listing, name, getattr(content, name))
    listing.title, listing.text = plain_line(content.title), without_markup(content.text)
    listing.block = content.block or where.blocks[0].value
    _check_title(listing.title)
    for name, choices in _CHOICES.items():
        _check_choice(getattr(listing, name), choices, name)
    require_short(listing.text, Listing, "text")
    _check_block(where, listing.block)
    if content.reference is not None:
        listing.reference = plain_line(content.reference)
        require_short(listing.reference, Listing, "reference")
    if content.stands_until not in (None, listing.stands_until):
        check_day(content.stands_until)
        listing.stands_until = content.stands_until
        listing.reminders = due_by(content.stands_until - timezone.localdate())
    listing.areas = _checked_areas(content.areas, known_areas)
    listing.regions = _checked_regions(content.regions)
    listing.skills = list(dict.fromkeys(filter(None, map(plain_line, content.skills))))
    for skill in listing.skills:
        require_short(skill, Listing, "skills")
    listing.set_terms(values)
    if listing.state != LISTING.initial:
        require_finished(listing)


def require_finished(listing: Listing) -> None:
    """Refuse what others would see before it is finished. Raises InvalidInput at the first that is missing."""
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


def _check_choice(value: str, choices: Collection[str], name: str) -> None:
    if value not in choices:
        raise InvalidInput(
            "choice",
            _("“%(value)s” is not one of the choices."),
            hint=_("Give one of these: %(choices)s."),
            value=value,
            choices=tuple(choices),
        ).at(name)


def _checked_areas(slugs: tuple[str, ...], known: Collection[str] | None) -> list[str]:
    if known is None:
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


def facts(listing: Listing) -> dict[str, Any]:
    """What is written in the audit trail: all that the owner says, as JSON knows it."""
    said = {name: getattr(listing, name) for name in (*_AS_SAID, "block", "reference", *_LISTS)}
    return said | {
        "kind": str(listing.kind),
        "market": listing.market,
        "stands_until": str(listing.stands_until or ""),
        "terms": {
            name: _exact(value) for name, value in listing.stated().items() if value is not None
        },
    }


class Told(NamedTuple):
    """What the trail tells of a listing, and what it holds digests of only."""

    facts: dict[str, Any]
    personal: dict[str, str]


def told(listing: Listing) -> Told:
    """All that the owner says; what a person says in own name is sealed, so that it goes with the account."""
    said = facts(listing)
    if listing.person_id is None:
        return Told(said, {})
    open_to_all = {name: said.pop(name) for name in ("kind", "market")}
    return Told(
        open_to_all, {name: json.dumps(each, sort_keys=True) for name, each in said.items()}
    )


def _exact(value: Any) -> Any:
    """The value with its fractions as text: the trail keeps no floats."""
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    return str(value) if isinstance(value, float) else value
