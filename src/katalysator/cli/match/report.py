"""The rows that are written: one for each match, with parts that add up to its score as printed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from katalysator.cli.match.rows import Names
from katalysator.cli.match.terms import TERMS
from katalysator.coalition.areas import AREAS
from katalysator.core import regions
from katalysator.core.language import Language, as_language
from katalysator.engine.matching import wording
from katalysator.engine.matching.explanation import Strength
from katalysator.engine.matching.pipeline import Match
from katalysator.engine.matching.profiles import Profile
from katalysator.engine.matching.rounding import rounded
from katalysator.engine.matching.scoring import Part

DECIMALS: Final = 4
_TITLE_WIDTH: Final = 100

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
    language: Language

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


def rows(matches: Iterable[Match], names: Names, language: Language | None) -> Iterator[Row]:
    """The matches as rows. Reasons are in `language`, else in that of the need."""
    for match in matches:
        spoken = language or as_language(match.need.language)
        score, parts = rounded(match.parts)
        yield Row(
            need=match.need.key,
            offer=match.offer.key,
            rank=match.rank,
            score=score,
            parts=parts,
            seats=match.seats,
            strength=match.explanation.strength,
            reason=wording.reason(match.explanation, spoken, _Namer(names, spoken)),
            need_title=_title(match.need),
            offer_title=_title(match.offer),
            language=spoken,
        )


@dataclass(frozen=True, slots=True)
class _Namer:
    """Gives labels back as they were written; regions, terms and slugs of areas by name."""

    names: Names
    language: Language

    def __call__(self, kind: str, value: str) -> str:
        if kind == "region":
            return regions.name(value, self.language)
        if kind == "term" and value in TERMS:
            return TERMS[value].in_(self.language)
        written = self.names.get((kind, value), value)
        if kind == "area" and written in AREAS:
            return AREAS[written].in_(self.language)
        return written


def _title(profile: Profile) -> str:
    return profile.title or shorten(profile.text, _TITLE_WIDTH, placeholder=" …")
