"""What is said of an allocation: its size, its value, and the proof of its quality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any

from katalysator.cli.allocate.comparison import Comparison
from katalysator.cli.allocate.fairness import explanation
from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.proof import Proof
from katalysator.core.language import number, say
from katalysator.engine.matching import NamedMarket


@dataclass(frozen=True, slots=True)
class Size:
    """How large a market is."""

    people: int
    openings: int
    pairs: int
    seats: int

    @classmethod
    def of(cls, market: NamedMarket) -> "Size":
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

    def sentences(self) -> Iterator[str]:
        """The figures in words."""
        yield from self._size()
        yield from self._quality()
        if self.comparison:
            yield from self.comparison.sentences()
        for grouping in self.groupings:
            yield from grouping.sentences()
        yield from self._fairness()
        yield say("Time: %(seconds)s seconds.", seconds=number(self.seconds, 1))
        yield say("Written to %(out)s.", out=self.out)

    def _size(self) -> Iterator[str]:
        yield say(
            "People: %(people)s. Openings: %(openings)s, with %(seats)s seats. Possible pairs: "
            "%(pairs)s.",
            **self.size.as_json(),
        )
        if self.scored_by_both:
            yield say("The score of a pair is sqrt(score_person * score_opening).")

    def _quality(self) -> Iterator[str]:
        if not self.size.pairs:
            yield say("There are no pairs, so that nobody has a seat.")
            return
        yield say(
            "People with a seat: %(placed)s (%(percent)s %%).",
            placed=self.placed,
            percent=number(floor(1_000 * self.placed / self.size.people) / 10, 1),
        )
        yield from self.proof.sentences()

    def _fairness(self) -> Iterator[str]:
        """What the tables of all columns mean, once."""
        judged = [row for grouping in self.groupings for row in grouping.judged]
        if not judged:
            return
        yield from explanation(judged)
        if self.exposure_openings < self.size.openings:
            yield say(
                "“exposure” was counted in the lists of %(some)s of the %(all)s openings, drawn by "
                "lot.",
                some=self.exposure_openings,
                all=self.size.openings,
            )
