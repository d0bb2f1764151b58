"""Listings as a page shows them, and pages of a long list: labels and sentences in the reader's language."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.core.paginator import Page, Paginator
from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.naming import area_names
from katalysator.core import audit, regions
from katalysator.core.changes import EVERYTHING, state
from katalysator.core.kept import each_kept
from katalysator.core.language import active_language, locale
from katalysator.core.parts import part
from katalysator.core.periods import Period
from katalysator.core.terms import LabelText
from katalysator.engine.matching import GOOD, POSSIBLE, STRONG
from katalysator.listings.models import Kind, Listing
from katalysator.listings.owners import Owner
from katalysator.listings.queries import ListingQuerySet, row_versions
from katalysator.listings.workflow import EXPIRED, LISTING, OPEN

PAGE = 25
_SUMMARY_WORDS = 28
_HAPPENED = 10  # events of a listing that its page tells
_BYTES = 3_300  # that a card takes with its row, about


@dataclass(frozen=True)
class Card:
    """A listing in a list, in one language."""

    kind: str
    kind_label: str
    title: str
    language: str
    summary: str
    get_absolute_url: str
    owner: Owner
    areas: Sequence[str]
    block: Block
    market_label: LabelText
    region_label: str
    period_label: str
    state: str
    state_label: str
    is_open: bool
    best_match: str
    best_sign: str
    number: int
    stands_until: date | None

    @cached_property
    def edit_url(self) -> str:
        """Where it is changed."""
        return reverse("listing-edit", args=[self.number])

    @property
    def row(self) -> SafeString:
        """It as a row of a list, filled in once."""
        return mark_safe(self._row.decode())  # noqa: S308 — a template's

    @cached_property
    def _row(self) -> bytes:
        """As bytes: one letter that is not of Europe's west doubles a text in memory, and a summary ends in one."""
        return part("listing.html", listing=self, note="").encode()


def card(listing: Listing, names: Mapping[str, str], *, inside: bool) -> Card:
    """One listing for a list, with the names of the areas at hand."""
    best = listing.best_inside if inside else listing.best
    return Card(
        kind=listing.kind,
        kind_label=str(Kind(listing.kind).label),
        title=listing.title,
        language=listing.language,
        summary=truncatewords(listing.text, _SUMMARY_WORDS),
        get_absolute_url=listing.get_absolute_url(),
        owner=listing.owner,
        areas=[names[slug] for slug in listing.areas],
        block=Block(listing.block),
        market_label=listing.market_label,
        region_label=region_label(listing),
        period_label=period_label(listing),
        state=listing.state,
        state_label=LISTING.label(listing.state),
        is_open=listing.is_open,
        best_match=_best_match(best),
        best_sign="match" if best >= GOOD else "possible",
        number=listing.pk,
        stands_until=listing.stands_until,
    )


def _best_match(best: float) -> str:
    if best >= STRONG:
        return _("Strong match")
    if best >= GOOD:
        return _("Good match")
    return _("Possible: have a look") if best >= POSSIBLE else ""


def region_label(listing: Listing) -> str:
    """The regions by name."""
    language = active_language()
    return ", ".join(regions.name(code, language) for code in listing.regions)


def period_label(listing: Listing) -> str:
    """The period in words; empty where none is stated."""
    if listing.start is None and listing.end is None:
        return ""
    return str(Period(listing.start, listing.end))


def terms_rows(listing: Listing, names: Mapping[str, str]) -> list[tuple[LabelText, str]]:
    """All that is agreed upon, as rows of label and value."""
    terms = listing.market_class.terms
    stated = {name: value for name, value in listing.stated().items() if value is not None}
    rows: list[tuple[LabelText, str]] = [
        (_("Areas"), _listed([names[slug] for slug in listing.areas], listing.areas_required)),
        (_("Regions"), _listed([region_label(listing)], listing.region_required)),
        *((terms[name].label, terms[name].words(value)) for name, value in stated.items()),
        (_("Skills"), ", ".join(listing.skills)),
    ]
    return [(label, value) for label, value in rows if value]


def standing_rows(listing: Listing) -> list[tuple[LabelText, str]]:
    """Until when it is open, or was before it expired, as a row of label and value; none where that says nothing."""
    label = {OPEN: _("Open until"), EXPIRED: _("Was open until")}.get(listing.state)
    return [(label, day_label(listing.stands_until))] if label and listing.stands_until else []


def day_label(day: date) -> str:
    """A day as people write it."""
    return format_date(day, "long", locale())


def _listed(values: list[str], required: bool) -> str:
    text = ", ".join(values)
    return _("%(values)s (required)") % {"values": text} if required else text


def timeline(listing: Listing) -> list[tuple[datetime, str]]:
    """What happened to a listing, the newest first. Cost: one query."""
    return [(at, LISTING.history(verb)) for at, verb in audit.newest(listing, _HAPPENED)]


if TYPE_CHECKING:
    _Paginator = Paginator[Listing]
else:
    _Paginator = Paginator


class ListingPaginator(_Paginator):
    """Counts in the index, and reads the rows of one page only, however deep it is."""

    object_list: ListingQuerySet

    def page(self, number: int | str) -> "Page[Listing]":
        """One page: the number of each listing."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        return Page(self.object_list.between(first, first + self.per_page), valid, self)  # type: ignore[arg-type]


def card_page(
    listings: ListingQuerySet, number: str | None, *, inside: bool, most: int = PAGE
) -> "Page[Card]":
    """One page of cards; a number that is none, or out of reach, gives the nearest page.

    Cost: four queries, and two where a card is not at hand as its listing is now.
    """
    page = ListingPaginator(listings, most).get_page(number)
    around = state(EVERYTHING)
    numbers: list[int] = list(page.object_list)  # type: ignore[arg-type]
    versions = {pk: (around, version) for pk, version in row_versions(numbers).items()}
    found = cards_at_hand(versions, _with_names, inside=inside)
    cards = [found[pk] for pk in versions if pk in found]
    return Page(cards, page.number, page.paginator)  # type: ignore[arg-type]


def cards_at_hand(
    versions: Mapping[int, Hashable],
    read: Callable[[list[int]], Iterable[Listing]],
    *,
    inside: bool,
) -> dict[int, Card]:
    """The cards of listings, by number; each is made once for its version, which names all that it shows.

    `inside`: matches among participants count. `read` gives those listings that are asked of it, with their
    owners. Cost: none; where any is made, that of the areas' names, and of `read`.
    """
    language = active_language()
    keys = {pk: (inside, language, version) for pk, version in versions.items()}

    def made(missing: list[int]) -> dict[int, Card]:
        names = area_names()
        return {each.pk: card(each, names, inside=inside) for each in read(missing)}

    return each_kept("card", keys, made, lambda _card: _BYTES)


def _with_names(numbers: list[int]) -> ListingQuerySet:
    found: ListingQuerySet = Listing.objects.filter(pk__in=numbers).with_names()
    return found
