"""The rows that are written: one for each match, with its chance, and parts that add up to the odds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Final

from katalysator.coalition.areas import AREAS
from katalysator.core import regions
from katalysator.core.language import active_language, as_language, speaking
from katalysator.engine.matching import (
    Part,
    Profile,
    Progress,
    RankedMatch,
    RankedMatches,
    Strength,
    rounded,
    strength,
)
from katalysator.listings.market import all_hard_terms
from katalysator.listings.sheets import RowKind
from katalysator.matches import wording
from katalysator.matches.sheet_profiles import Listings, TermNames
from katalysator.tables.grid import letters
from katalysator.tables.writing import Value

DECIMALS: Final = 4
_TITLE_WIDTH: Final = 100
_TICK: Final = 4_096  # rows between two reports of progress


@dataclass(frozen=True, slots=True)
class Row:
    """A match as it is written: score and parts are rounded, the reason is in `language`."""

    need: str
    offer: str
    rank: int
    score: float
    odds: float
    parts: Mapping[Part, float]
    seats: int
    strength: Strength
    reason: str
    need_title: str
    offer_title: str
    language: str
    kept: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Value]:
        """The row by column, in the order of the columns, with what was kept of the sheets behind it."""
        parts = {str(part): value for part, value in self.parts.items()}
        own = {name: parts[name] if name in parts else getattr(self, name) for name in COLUMNS}
        return {**own, **self.kept}


@dataclass(frozen=True, slots=True)
class Kept:
    """The cells of both sheets, by the ids of their rows, for a result that goes on where they are."""

    needs: Listings
    offers: Listings

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*_own(self.needs, "need"), *_own(self.offers, "offer"))

    def of(self, need: str, offer: str) -> dict[str, str]:
        """The cells of two rows by column."""
        cells = (*self.needs.cells(need), *self.offers.cells(offer))
        return dict(zip(self.columns, cells, strict=True))


def _own(side: Listings, kind: RowKind) -> Iterator[str]:
    """Names that no two columns have: a sheet may have a name twice, or none."""
    for place, name in enumerate(side.read.table.header.cells):
        again = side.read.table.header.cells.index(name) < place
        yield f"{kind}: {letters(place) if again or not name else name}"


DECIMAL_COLUMNS: Final = frozenset({"score", "odds", *map(str, Part)})
COLUMNS: Final = (
    *("need", "offer", "rank", "score"),
    *map(str, Part),
    *("odds", "seats", "strength", "reason", "need_title", "offer_title"),
)


def report_rows(
    matches: RankedMatches,
    names: TermNames | None,
    language: str | None,
    progress: Progress,
    kept: Kept | None = None,
) -> Iterator[Row]:
    """The matches as rows, each made when it is written.

    Reasons are in `language`, else in that of the need; they are left empty without `names`.
    """
    for place, match in enumerate(matches):
        if place % _TICK == 0:
            progress("write", place, len(matches))
        spoken = language or as_language(match.need.language)
        odds, parts = rounded(match.parts)
        yield Row(
            need=match.need.key,
            offer=match.offer.key,
            rank=match.rank,
            score=round(match.score, DECIMALS),
            odds=odds,
            parts=parts,
            seats=match.seats,
            strength=strength(match.score),
            reason=_reason(match, spoken, names) if names is not None else "",
            need_title=_title(match.need),
            offer_title=_title(match.offer),
            language=spoken,
            kept=kept.of(match.need.key, match.offer.key) if kept else {},
        )


def _reason(match: RankedMatch, spoken: str, names: TermNames) -> str:
    with speaking(spoken):
        said = (
            wording.reason(match.explanation, _SheetNames(names)),
            wording.verdict(match.judgement),
        )
        return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class _SheetNames(wording.Names):
    """Labels as they were written in the sheets; regions, terms and slugs of areas by name."""

    names: TermNames

    def area(self, value: str) -> str:
        written = self.names.get(("area", value), value)
        return str(AREAS.get(written, written))

    def region(self, code: str) -> str:
        return regions.name(code, active_language())

    def choices(self, term: str, shared: Sequence[str]) -> str:
        written = [self.names.get((term, choice), choice) for choice in shared]
        return f"{str(all_hard_terms()[term].label).lower()} {wording.either(written)}"

    def interval(self, term: str, shared: tuple[float, float]) -> str:
        return all_hard_terms()[term].agreement(shared)


def _title(profile: Profile) -> str:
    return profile.title or shorten(profile.text, _TITLE_WIDTH, placeholder=" …")
