"""Listings and matches as a page shows them: labels and sentences in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from katalysator.coalition.models import Area, Organisation
from katalysator.core import audit, regions
from katalysator.core.language import active_language
from katalysator.core.money import Money
from katalysator.core.periods import Period
from katalysator.engine.matching.explanation import GOOD, STRONG
from katalysator.engine.matching.rounding import rounded
from katalysator.engine.matching.scoring import Part
from katalysator.exchange.matching import Candidate, Candidates
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.registry import Market
from katalysator.exchange.workflow import LISTING
from katalysator.matches import wording

_SUMMARY_WORDS = 28
_HAPPENED = 10  # events of a listing that its page tells

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Card:
    """A listing in a list."""

    kind: str
    title: str
    language: str
    summary: str
    get_absolute_url: str
    organisation: Organisation
    areas: Sequence[str]
    block: str
    market_label: Label
    region_label: str
    period_label: str
    state: str
    state_label: str
    is_open: bool
    best_match: str
    edit_url: str


def cards(listings: Iterable[Listing], *, inside: bool) -> list[Card]:
    """Listings for a list. `inside`: matches among participants count. Cost: one query for areas."""
    names = area_names()
    return [card(listing, names, inside=inside) for listing in listings]


def card(listing: Listing, names: Mapping[str, str], *, inside: bool) -> Card:
    """One listing for a list, with the names of the areas at hand."""
    return Card(
        kind=listing.kind,
        title=listing.title,
        language=listing.language,
        summary=truncatewords(listing.text, _SUMMARY_WORDS),
        get_absolute_url=listing.get_absolute_url(),
        organisation=listing.organisation,
        areas=[names[slug] for slug in listing.areas],
        block=listing.block,
        market_label=listing.market_label,
        region_label=region_label(listing),
        period_label=period_label(listing),
        state=listing.state,
        state_label=_(LISTING.states[listing.state]),
        is_open=listing.is_open,
        best_match=_best_match(listing, inside=inside),
        edit_url=reverse("listing-edit", args=[listing.pk]),
    )


def _best_match(listing: Listing, *, inside: bool) -> str:
    best = listing.best_inside if inside else listing.best
    if best >= STRONG:
        return _("Strong match")
    return _("Good match") if best >= GOOD else ""


def area_names() -> dict[str, str]:
    """The names of all areas in the active language. Cost: one query."""
    return {area.slug: str(area) for area in Area.objects.all()}


def region_label(listing: Listing) -> str:
    """The regions by name."""
    language = active_language()
    return ", ".join(regions.name(code, language) for code in listing.regions)


def period_label(listing: Listing) -> str:
    """The period in words; empty where none is stated."""
    if listing.start is None and listing.end is None:
        return ""
    return str(Period(listing.start, listing.end))


def terms_rows(listing: Listing, names: Mapping[str, str]) -> list[tuple[Label, str]]:
    """All that is agreed upon, as rows of label and value."""
    market = listing.market_class
    rows: list[tuple[Label, str]] = [
        (_("Areas"), _listed([names[slug] for slug in listing.areas], listing.areas_required)),
        (_("Regions"), _listed([region_label(listing)], listing.region_required)),
        (_("Period"), period_label(listing)),
        *_market_rows(listing, market),
        (_("Amount"), _ticket(listing)),
        (_("Skills"), ", ".join(listing.skills)),
        (_("How many"), str(listing.capacity) if listing.capacity > 1 else ""),
        (_("At least together"), str(listing.min_capacity) if listing.min_capacity > 1 else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _market_rows(listing: Listing, market: type[Market]) -> list[tuple[Label, str]]:
    return [
        (market.term_labels[term], ", ".join(str(market.choice_labels[c]) for c in choices))
        for term, choices in listing.terms.items()
    ]


def _listed(values: list[str], required: bool) -> str:
    text = ", ".join(values)
    return _("%(values)s (required)") % {"values": text} if required else text


def _ticket(listing: Listing) -> str:
    low, high = _euros(listing.ticket_min), _euros(listing.ticket_max)
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if high:
        return _("up to %(high)s") % {"high": high}
    return _("from %(low)s") % {"low": low} if low else ""


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else str(Money(int(amount * 100)))


def timeline(listing: Listing) -> list[tuple[datetime, str]]:
    """What happened to a listing, the newest first. Cost: one query."""
    sentences = {
        "listing.post": _("Written down"),
        "listing.edit": _("Changed"),
        "listing.publish": _("Published"),
        "listing.settle": _("Matched"),
        "listing.reopen": _("Opened again"),
        "listing.close": _("Closed"),
        "listing.withdraw": _("Taken back to draft"),
        "listing.expire": _("Expired"),
    }
    newest = audit.history(listing).order_by("-pk")[:_HAPPENED]
    return [(event.at, sentences[event.verb]) for event in newest]


@dataclass(frozen=True, slots=True)
class PartBar:
    """One part of a score: its name, its value, and how long its bar is (0 to 100)."""

    label: str
    value: str
    width: int
    negative: bool


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A match on the page of a listing: the other listing and the reasons."""

    rank: int
    other: Card
    strength: str
    strength_label: str
    score: str
    fits: str
    missing: str
    change: str
    pressure: str
    parts: Sequence[PartBar]


def match_cards(listing: Listing, found: Candidates, *, inside: bool) -> list[MatchCard]:
    """Candidates as the page shows them, in the reader's language."""
    names = area_names()
    return [
        _match_card(rank, listing, item, names, inside=inside)
        for rank, item in enumerate(found.items, 1)
    ]


def _match_card(
    rank: int, listing: Listing, item: Candidate, names: Mapping[str, str], *, inside: bool
) -> MatchCard:
    facts = item.explanation
    reader: wording.Side = "need" if listing.kind == Kind.NEED else "offer"

    def name(kind: str, value: str) -> str:
        return _name(listing.market_class, names, kind, value)

    score, parts = rounded(item.parts, decimals=2)
    return MatchCard(
        rank=rank,
        other=card(item.listing, names, inside=inside),
        strength=str(facts.strength),
        strength_label=wording.strength_label(facts.strength),
        score=wording.score_label(score),
        fits=wording.fits(facts, name, reader=reader),
        missing=wording.missing(facts, name, reader=reader),
        change=wording.change(facts, name, reader=reader),
        pressure=wording.pressure(facts) if inside and listing.is_need else "",
        parts=[_bar(part, value) for part, value in parts.items() if value],
    )


def _name(market: type[Market], names: Mapping[str, str], kind: str, value: str) -> str:
    if kind == "area":
        return names.get(value, value)
    if kind == "region":
        return regions.name(value, active_language())
    if kind == "term":
        return str(market.term_labels[value]).lower()
    return str(market.choice_labels.get(value, value))


def _bar(part: Part, value: float) -> PartBar:
    width = min(100, round(abs(value) * 100))
    return PartBar(wording.part_label(part), wording.score_label(value), width, value < 0)


def hidden_rows(market: type[Market], hidden: Mapping[str, int]) -> list[tuple[Label, int]]:
    """Why others are not shown, and how many each reason keeps out; the commonest first."""
    labels: dict[str, Label] = {
        "own": _("of the same organisation"),
        "period": _("outside the period"),
        "area": _("in another area"),
        "region": _("in another region"),
        "ticket": _("with another amount"),
        "capacity": _("with too few places"),
    }
    rows = [
        (labels.get(name) or _other_term(market, name), count) for name, count in hidden.items()
    ]
    return sorted(rows, key=lambda row: -row[1])


def _other_term(market: type[Market], term: str) -> str:
    return _("with another choice for “%(term)s”") % {"term": market.term_labels[term]}
