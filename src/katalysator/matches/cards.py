"""Matches as a page shows them, in the reader's language: reasons in sentences, parts as bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from katalysator.coalition.naming import area_names
from katalysator.core import regions
from katalysator.core.language import active_language
from katalysator.core.parts import part
from katalysator.core.terms import LabelText
from katalysator.engine.matching import Part, rounded
from katalysator.listings.market import Market
from katalysator.listings.models import Listing
from katalysator.matches import wording
from katalysator.matches.candidates import Candidate, Candidates

_WIDEST = 8.0  # log-odds of the longest bar
_REMEMBERED = 2_048  # bars: each part has some hundred values of one decimal


@dataclass(frozen=True)
class PartBar:
    """One part of a score: its name, its log-odds, and how long its bar is (0 to 100)."""

    label: str
    value: str
    width: int
    negative: bool

    @cached_property
    def row(self) -> SafeString:
        """It as a row of a table, filled in once."""
        return part("part_bar.html", bar=self)


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A match on the page of a listing: the other listing, and the reasons."""

    rank: int
    other: Listing
    strength: str
    strength_label: str
    score: str
    odds: str
    fits: str
    missing: str
    pressure: str
    parts: Sequence[PartBar]
    verdict: str = ""


def match_cards(listing: Listing, found: Candidates, *, inside: bool) -> list[MatchCard]:
    """Candidates as the page shows them, in the reader's language."""
    names = MarketNames.of(listing)
    return [
        match_card(rank, listing, item, names, inside=inside)
        for rank, item in enumerate(found.items, 1)
    ]


def match_card(
    rank: int, listing: Listing, item: Candidate, names: "MarketNames", *, inside: bool
) -> MatchCard:
    """One of them."""
    facts, language = item.explanation, active_language()
    odds, parts = rounded(item.parts, decimals=1)
    return MatchCard(
        rank=rank,
        other=item.listing,
        strength=str(facts.strength),
        strength_label=wording.strength_label(facts.strength),
        score=wording.chance_label(item.score),
        odds=wording.odds_label(odds),
        fits=wording.fits(facts, names, reader=listing.half),
        missing=wording.missing(facts, reader=listing.half),
        pressure=wording.pressure(facts) if inside and listing.is_need else "",
        parts=[_bar(language, name, value) for name, value in parts.items() if value],
        verdict=wording.verdict(item.judgement),
    )


@dataclass(frozen=True, slots=True)
class MarketNames(wording.Names):
    """What things are called in one market, with the names of the areas at hand."""

    market: type[Market]
    areas: Mapping[str, str]

    @classmethod
    def of(cls, listing: Listing) -> Self:
        """Those of the market of a listing."""
        return cls(listing.market_class, area_names())

    def area(self, value: str) -> str:
        return self.areas.get(value, value)

    def region(self, code: str) -> str:
        return regions.name(code, active_language())

    def choices(self, term: str, shared: Sequence[str]) -> str:
        return self.market.terms[term].agreement(shared)

    def interval(self, term: str, shared: tuple[float, float]) -> str:
        return self.market.terms[term].agreement(shared)


@lru_cache(_REMEMBERED)
def _bar(language: str, part: Part, value: float) -> PartBar:  # noqa: ARG001 — it is said in it
    width = min(100, round(abs(value) / _WIDEST * 100))
    return PartBar(wording.part_label(part), wording.odds_label(value), width, value < 0)


def hidden_rows(market: type[Market], hidden: Mapping[str, int]) -> list[tuple[LabelText, int]]:
    """Why others are not shown, and how many each reason keeps out; the commonest first."""
    labels: dict[str, LabelText] = {
        "own": _("of the same organisation"),
        "area": _("in another area"),
        "region": _("in another region"),
        **{name: term.refusal for name, term in market.terms.items()},
    }
    rows = [(labels[name], count) for name, count in hidden.items()]
    return sorted(rows, key=lambda row: -row[1])
