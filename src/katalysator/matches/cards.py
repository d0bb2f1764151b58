"""Matches as a page shows them, in the reader's language: reasons in sentences, parts as bars.

What fits is laid out in front, the weak ones folded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from katalysator.core import regions
from katalysator.core.language import active_language
from katalysator.core.terms import LabelText
from katalysator.engine.matching import Part, Strength, rounded
from katalysator.listings.cards import Card, area_names, cards_at_hand
from katalysator.listings.market import Market
from katalysator.listings.models import Listing
from katalysator.matches import wording
from katalysator.matches.candidates import Candidate, Candidates

_WIDEST = 8.0  # log-odds of the longest bar


@dataclass(frozen=True, slots=True)
class PartBar:
    """One part of a score: its name, its log-odds, and how long its bar is (0 to 100)."""

    label: str
    value: str
    width: int
    negative: bool


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A match on the page of a listing: the other listing, the reasons, and what rooms above add."""

    rank: int
    other: Card
    strength: str
    strength_label: str
    score: str
    odds: str
    fits: str
    missing: str
    pressure: str
    parts: Sequence[PartBar]
    verdict: str = ""
    panels: Sequence[SafeString] = ()


def match_cards(listing: Listing, found: Candidates, *, inside: bool) -> list[MatchCard]:
    """Candidates as the page shows them, in the reader's language."""
    others = {item.listing.pk: item.listing for item in found.items}
    cards = cards_at_hand(
        dict.fromkeys(others, listing.market),
        lambda missing: [others[pk] for pk in missing],
        inside=inside,
    )
    names = _MarketNames(listing.market_class, area_names())
    return [
        _match_card(rank, listing, item, cards[item.listing.pk], names, inside=inside)
        for rank, item in enumerate(found.items, 1)
    ]


def _match_card(
    rank: int,
    listing: Listing,
    item: Candidate,
    other: Card,
    names: "_MarketNames",
    *,
    inside: bool,
) -> MatchCard:
    facts = item.explanation
    odds, parts = rounded(item.parts, decimals=1)
    return MatchCard(
        rank=rank,
        other=other,
        strength=str(facts.strength),
        strength_label=wording.strength_label(facts.strength),
        score=wording.chance_label(item.score),
        odds=wording.odds_label(odds),
        fits=wording.fits(facts, names, reader=listing.half),
        missing=wording.missing(facts, reader=listing.half),
        pressure=wording.pressure(facts) if inside and listing.is_need else "",
        parts=[_bar(part, value) for part, value in parts.items() if value],
        verdict=wording.verdict(item.judgement),
    )


@dataclass(frozen=True, slots=True)
class _MarketNames(wording.Names):
    """What things are called in one market, with the names of the areas at hand."""

    market: type[Market]
    areas: Mapping[str, str]

    def area(self, value: str) -> str:
        return self.areas.get(value, value)

    def region(self, code: str) -> str:
        return regions.name(code, active_language())

    def choices(self, term: str, shared: Sequence[str]) -> str:
        return self.market.terms[term].agreement(shared)

    def interval(self, term: str, shared: tuple[float, float]) -> str:
        return self.market.terms[term].agreement(shared)


def _bar(part: Part, value: float) -> PartBar:
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


NEAREST = 3  # weak matches in the open where nothing fits better


@dataclass(frozen=True, slots=True)
class MatchFolding:
    """Matches, the best first: `fitting` may be of use, `nearest` and `folded` are weak."""

    fitting: Sequence[MatchCard]
    nearest: Sequence[MatchCard]
    folded: Sequence[MatchCard]

    @property
    def strong(self) -> int:
        """How many are strong."""
        return sum(card.strength == Strength.STRONG for card in self.fitting)

    @property
    def good(self) -> int:
        """How many are good, and not more than that."""
        return sum(card.strength == Strength.GOOD for card in self.fitting)

    @property
    def possible(self) -> int:
        """How many are possible, and not more than that."""
        return len(self.fitting) - self.strong - self.good


def folded(cards: Sequence[MatchCard]) -> MatchFolding:
    """Lay the matches out, in their order."""
    fitting = [card for card in cards if card.strength != Strength.WEAK]
    weak = [card for card in cards if card.strength == Strength.WEAK]
    near = 0 if fitting else NEAREST
    return MatchFolding(fitting, nearest=weak[:near], folded=weak[near:])
