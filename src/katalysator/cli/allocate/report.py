"""What is said of an allocation: its size, its value, and the proof of its quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any

from katalysator.cli.allocate.comparison import Comparison
from katalysator.cli.allocate.fairness import explanation
from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.proof import Proof
from katalysator.cli.sentences import decimal, say
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.files import Market


@dataclass(frozen=True, slots=True)
class Size:
    """How large a market is."""

    people: int
    openings: int
    pairs: int
    seats: int

    @classmethod
    def of(cls, market: Market) -> "Size":
        """Count both sides, the edges and the seats."""
        edges = market.edges
        pairs, seats = int(edges.score.size), sum(market.capacity.tolist())
        return cls(edges.people, edges.openings, pairs, seats)

    def as_json(self) -> dict[str, int]:
        """The figures by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a run that was written to `out`."""

    out: Path
    size: Size
    placed: int
    proof: Proof
    seconds: float
    scored_by_both: bool = False
    comparison: Comparison | None = None
    groupings: Sequence[Grouping] = ()
    exposure_openings: int = 0

    def as_json(self) -> dict[str, Any]:
        """The figures by name, for programs. The certificate is value, bound and gap."""
        figures: dict[str, Any] = {
            "out": str(self.out),
            **self.size.as_json(),
            "placed": self.placed,
            **self.proof.as_json(),
            "seconds": self.seconds,
        }
        if self.comparison:
            figures["comparison"] = self.comparison.as_json()
        if self.groupings:
            figures["groups"] = {
                each.column: [group.as_json() for group in each.groups] for each in self.groupings
            }
            figures["exposure_openings"] = self.exposure_openings
        return figures

    def sentences(self, language: Language) -> list[str]:
        """The figures in words."""
        lines = [*self._size(language), *self._quality(language)]
        if self.comparison:
            lines += self.comparison.sentences(language)
        for grouping in self.groupings:
            lines += grouping.sentences(language)
        return [*lines, *self._fairness(language), *self._end(language)]

    def _fairness(self, language: Language) -> list[str]:
        """What the tables of all columns mean, once."""
        judged = [row for grouping in self.groupings for row in grouping.judged]
        if not judged:
            return []
        lines = explanation(judged, language)
        if self.exposure_openings < self.size.openings:
            some = gettext_noop(
                "“exposure” was counted in the lists of %(some)s of the %(all)s openings, drawn by "
                "lot."
            )
            counts = {"some": self.exposure_openings, "all": self.size.openings}
            lines.append(say(some, language, **counts))
        return lines

    def _size(self, language: Language) -> list[str]:
        sentence = gettext_noop(
            "People: %(people)s. Openings: %(openings)s, with %(seats)s seats. Possible pairs: "
            "%(pairs)s."
        )
        lines = [say(sentence, language, **self.size.as_json())]
        if self.scored_by_both:
            both = gettext_noop("The score of a pair is sqrt(score_person * score_opening).")
            lines.append(say(both, language))
        return lines

    def _quality(self, language: Language) -> list[str]:
        if not self.size.pairs:
            return [say(gettext_noop("There are no pairs, so that nobody has a seat."), language)]
        placed = say(
            gettext_noop("People with a seat: %(placed)s (%(percent)s %%)."),
            language,
            placed=self.placed,
            percent=decimal(floor(1_000 * self.placed / self.size.people) / 10, 1, language),
        )
        return [placed, *self.proof.sentences(language)]

    def _end(self, language: Language) -> list[str]:
        took = gettext_noop("Time: %(seconds)s seconds.")
        return [
            say(took, language, seconds=decimal(self.seconds, 1, language)),
            say(gettext_noop("Written to %(out)s."), language, out=self.out),
        ]
