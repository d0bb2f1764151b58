"""The rows that are written: one for each match, with parts that add up to its score as printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Final, overload

from katalysator.cli.match.rows import TermNames
from katalysator.cli.match.terms import terms
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
    silent,
    strength,
)
from katalysator.matches import wording

DECIMALS: Final = 4
_TITLE_WIDTH: Final = 100
_TICK: Final = 4_096  # rows between two reports of progress

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Row:
    """A match as it is written: score and parts are rounded, the reason is in `language`."""

    need: str
    offer: str
    rank: int
    score: float
    parts: Mapping[Part, float]
    seats: int
    strength: Strength
    reason: str
    need_title: str
    offer_title: str
    language: str

    def values(self) -> dict[str, Value]:
        """The row by column, in the order of the columns."""
        return {
            "need": self.need,
            "offer": self.offer,
            "rank": self.rank,
            "score": self.score,
            **{str(part): self.parts[part] for part in Part},
            "seats": self.seats,
            "strength": str(self.strength),
            "reason": self.reason,
            "need_title": self.need_title,
            "offer_title": self.offer_title,
        }


DECIMAL_COLUMNS: Final = frozenset({"score", *map(str, Part)})
COLUMNS: Final = (
    *("need", "offer", "rank", "score"),
    *map(str, Part),
    *("seats", "strength", "reason", "need_title", "offer_title"),
)


@dataclass(frozen=True, slots=True, eq=False)
class ReportRows(Sequence[Row]):
    """The matches as rows, each made when it is written.

    Reasons are in `language`, else in that of the need; left empty where they are not `reasoned`.
    """

    matches: RankedMatches
    names: TermNames
    language: str | None
    reasoned: bool = True
    progress: Progress = silent

    def __len__(self) -> int:
        return len(self.matches)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "ReportRows": ...
    def __getitem__(self, place: int | slice) -> "Row | ReportRows":
        if isinstance(place, slice):
            return replace(self, matches=self.matches[place])
        return self._row(self.matches[place])

    def __iter__(self) -> Iterator[Row]:
        for place, match in enumerate(self.matches):
            if place % _TICK == 0:
                self.progress("write", place, len(self))
            yield self._row(match)

    def _row(self, match: RankedMatch) -> Row:
        spoken = self.language or as_language(match.need.language)
        score, parts = rounded(match.parts)
        return Row(
            need=match.need.key,
            offer=match.offer.key,
            rank=match.rank,
            score=score,
            parts=parts,
            seats=match.seats,
            strength=strength(match.score),
            reason=self._reason(match, spoken) if self.reasoned else "",
            need_title=_title(match.need),
            offer_title=_title(match.offer),
            language=spoken,
        )

    def _reason(self, match: RankedMatch, spoken: str) -> str:
        with speaking(spoken):
            return wording.reason(match.explanation, _SheetNames(self.names))


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
        return f"{str(terms()[term].label).lower()} {wording.either(written)}"

    def interval(self, term: str, shared: tuple[float, float]) -> str:
        return terms()[term].agreement(shared)


def _title(profile: Profile) -> str:
    return profile.title or shorten(profile.text, _TITLE_WIDTH, placeholder=" …")
