"""Matches as rows of a page: what fits is laid out in front, the weak ones folded.

After a write only those rows are made anew of which a listing has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from django.http import HttpRequest
from django.utils.safestring import SafeString

from katalysator.core.kept import each_kept
from katalysator.core.language import active_language
from katalysator.core.pages import kept_part
from katalysator.core.panels import shown_on_each
from katalysator.core.parts import part
from katalysator.engine.matching import Strength, strength
from katalysator.listings.cards import region_label
from katalysator.listings.models import Listing
from katalysator.matches.candidates import Candidate, Candidates
from katalysator.matches.cards import MarketNames, match_card

NEAREST: Final = 3
"""Weak matches in the open where nothing fits better."""
_BYTES: Final = 1_200  # that a listing takes in these beside its texts


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match in a list, filled in, and how strong it is."""

    strength: Strength
    text: SafeString


def match_rows(
    request: HttpRequest, listing: Listing, found: Candidates, *, inside: bool
) -> list[MatchRow]:
    """Candidates as rows, the best first; the first is open where it may be of use."""
    mine, names = _named(listing), MarketNames.of(listing)
    others = _others(found)

    def row(rank: int, item: Candidate) -> MatchRow:
        step, number = strength(item.score), item.listing.pk
        is_open = rank == 1 and step is not Strength.WEAK

        def body(asked: HttpRequest) -> str:
            other = others[number]
            [panels] = shown_on_each("match", asked, [(mine, other.named)])
            card = match_card(rank, listing, item, names, inside=inside)
            return part("match.html", match=card, other=other, panels=panels, is_open=is_open)

        # its rank stands before what is taken over: one that goes moves all that come after it
        head = part("match_head.html", rank=rank, number=number, strength=str(step))
        key = found.version, number, item.version, is_open
        return MatchRow(step, head + kept_part(request, key, body))

    return [row(rank, item) for rank, item in enumerate(found.items, 1)]


@dataclass(frozen=True, slots=True)
class _Other:
    """A listing as it stands in the rows of all that it is matched with, in one language."""

    link: SafeString
    owner: SafeString
    named: Listing

    @classmethod
    def of(cls, listing: Listing) -> Self:
        region = region_label(listing)
        owner = part("owner.html", other=listing, region=region)
        return cls(part("other.html", other=listing), owner, _named(listing))

    @property
    def size(self) -> int:
        return len(self.link) + len(self.owner) + _BYTES


def _others(found: Candidates) -> dict[int, _Other]:
    """The other listing of each candidate, by number; each is made once for its version."""
    listings = {item.listing.pk: item.listing for item in found.items}
    keys = {item.listing.pk: (active_language(), item.version) for item in found.items}
    return each_kept(
        "other", keys, lambda missing: {pk: _Other.of(listings[pk]) for pk in missing}, _size
    )


def _size(other: _Other) -> int:
    return other.size


def _named(listing: Listing) -> Listing:
    """The same listing, with no more than panels on a match show: their places are kept with the page."""
    fields = ("id", "kind", "market", "organisation_id", "person_id", "title")
    return Listing.from_db(None, fields, [getattr(listing, name) for name in fields])


@dataclass(frozen=True, slots=True)
class MatchFolding:
    """Matches, the best first: `fitting` may be of use, `nearest` and `folded` are weak."""

    fitting: Sequence[MatchRow]
    nearest: Sequence[MatchRow]
    folded: Sequence[MatchRow]

    @property
    def strong(self) -> int:
        """How many are strong."""
        return sum(row.strength is Strength.STRONG for row in self.fitting)

    @property
    def good(self) -> int:
        """How many are good, and not more than that."""
        return sum(row.strength is Strength.GOOD for row in self.fitting)

    @property
    def possible(self) -> int:
        """How many are possible, and not more than that."""
        return len(self.fitting) - self.strong - self.good


def folded(rows: Sequence[MatchRow]) -> MatchFolding:
    """Lay the matches out, in their order."""
    fitting = [row for row in rows if row.strength is not Strength.WEAK]
    weak = [row for row in rows if row.strength is Strength.WEAK]
    near = 0 if fitting else NEAREST
    return MatchFolding(fitting, nearest=weak[:near], folded=weak[near:])
