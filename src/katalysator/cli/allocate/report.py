"""What is said of an allocation: its size, its value, the proof of its quality, other choices."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from katalysator.cli.allocate.groups import Grouping, explanation
from katalysator.cli.answering import grid
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import number, plural, say, translate
from katalysator.engine import matching
from katalysator.engine.arrays import IntArray
from katalysator.faults import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Certified:
    """An allocation for the highest total score, and how far below the best it may be."""

    value: float
    bound: float
    gap: float
    rounds: int
    method: str = "optimal"

    def sentences(self) -> Iterator[str]:
        """Rounded so that nothing sounds better than it is."""
        value = lower(self.value)
        if self.gap == 0.0:
            yield say("Total score: %(value)s. This is the best possible, proven.", value=value)
            return
        yield say(
            "Total score: %(value)s. Nobody can reach more than %(bound)s with these pairs and "
            "seats, so this is at most %(gap)s %% below the best possible.",
            value=value,
            bound=number(_hundredths(self.bound, ceil), 2),
            gap=percent(self.gap),
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """A stable matching, and the pairs that would undo it, counted without trusting its maker."""

    value: float
    blocking_pairs: int
    proposals: int
    method: str = "stable"

    def sentences(self) -> Iterator[str]:
        """The total, and what matters more here."""
        yield say("Total score: %(value)s.", value=lower(self.value))
        blocking = plural(
            "%(count)s blocking pair, counted afterwards: a person and an opening that would both "
            "rather have each other than what they got.",
            "%(count)s blocking pairs, counted afterwards: a person and an opening that would both "
            "rather have each other than what they got.",
            self.blocking_pairs,
        )
        yield blocking % {"count": number(self.blocking_pairs)}


Proof = Certified | Settled
Solved = matching.Allocation | matching.Stable


def proof(
    market: matching.NamedMarket, solved: Solved, placements: pl.DataFrame, progress: ProgressLine
) -> Proof:
    """The certificate, or the blocking pairs counted by who did not make the matching."""
    if isinstance(solved, matching.Allocation):
        given = solved.certificate
        return Certified(given.value, given.bound, given.gap, solved.rounds)
    progress("prove")
    if market.opinions is None:
        raise ValueError("a market without opinions has no blocking pairs")
    mine, theirs = market.opinions
    blocking = matching.blocking_pairs(
        market.edges, market.capacity, theirs, solved.opening, mine=mine
    )
    value = float(placements["score"].to_numpy().sum(dtype=np.float64))
    return Settled(value, int(blocking.size), solved.proposals)


def lower(value: float) -> str:
    """A total score, rounded down."""
    return number(_hundredths(value, floor), 2)


def _hundredths(value: float, to_whole: Callable[[float], int]) -> float:
    """Rounded to two decimals; beyond 2^53 there are only whole numbers, and a hundred may be too much."""
    return to_whole(value * 100) / 100 if value < 2.0**53 else value


def percent(part: float) -> str:
    """A part of 1 in percent, rounded up."""
    return number(ceil(part * 100_000) / 1_000, 3)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The choices in the order in which they are shown, and what each loses to the best."""

    costs: tuple[matching.Cost, ...]

    @classmethod
    def of(cls, market: matching.NamedMarket, choices: Mapping[str, IntArray]) -> "Comparison":
        """Compare who got which opening under each name. Cost: a pass over the pairs for each."""
        edges, seats = market.edges, market.capacity
        given = {name: matching.outcome(edges, seats, choice) for name, choice in choices.items()}
        return cls(matching.compare(given))

    def as_json(self) -> list[dict[str, Any]]:
        """A row for each choice; the second figure of each measure is the difference."""
        return [
            {
                "method": cost.name,
                "value": cost.outcome.value,
                "value_lost": cost.value,
                "placed": cost.outcome.placed,
                "placed_lost": cost.placed,
                "openings_empty": cost.outcome.empty,
                "openings_empty_more": self._emptier(cost),
                "gini": cost.outcome.gini,
                "gini_more": cost.gini,
            }
            for cost in self.costs
        ]

    def sentences(self) -> Iterator[str]:
        """In words what the choices are, then the table."""
        yield say(
            "What each choice costs. “optimal” gives the highest total score. “stable” leaves no "
            "person and opening that would both rather have each other. “greedy” fills the seats "
            "by falling score, without looking back."
        )
        if all(cost.name != "stable" for cost in self.costs):
            yield say("Here is no “stable”: that takes the columns score_person and score_opening.")
        yield say(
            "The Gini coefficient tells how unevenly the seats are used: 0 where all openings are "
            "equally full, near 1 where a few have everybody. In brackets stands the difference "
            "with the best of the column."
        )
        heads = (_("total score"), _("people placed"), _("openings with nobody"), _("Gini"))
        yield from grid([["", *map(translate, heads)], *map(self._row, self.costs)])

    def _row(self, cost: matching.Cost) -> list[str]:
        given, more = cost.outcome, self._emptier(cost)
        lost = f"-{number(ceil(cost.value_share * 10_000) / 100, 2)} %"
        uneven, best = f"+{number(cost.gini, 3)}", translate("best")
        return [
            cost.name,
            f"{lower(given.value)} ({lost if cost.value else best})",
            _counted(given.placed, -cost.placed, best),
            _counted(given.empty, more, best),
            f"{number(given.gini, 3)} ({uneven if cost.gini else best})",
        ]

    def _emptier(self, cost: matching.Cost) -> int:
        return cost.outcome.empty - min(each.outcome.empty for each in self.costs)


def _counted(count: int, difference: int, best: str) -> str:
    sign = "-" if difference < 0 else "+"
    apart = f"{sign}{number(abs(difference))}" if difference else best
    return f"{number(count)} ({apart})"


_FIGURES: Final = ("people", "openings", "pairs", "seats", "placed", "seconds")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a run that was written to `out`."""

    out: Path
    people: int
    openings: int
    pairs: int
    seats: int
    placed: int
    proof: Proof
    seconds: float
    scored_by_both: bool = False
    comparison: Comparison | None = None
    groupings: Sequence[Grouping] = ()
    exposure_openings: int = 0

    def as_json(self) -> dict[str, Any]:
        """The figures by name, for programs. The certificate is value, bound and gap."""
        figures: dict[str, Any] = {name: getattr(self, name) for name in _FIGURES}
        figures |= {"out": str(self.out), **asdict(self.proof)}
        if self.comparison:
            figures["comparison"] = self.comparison.as_json()
        if self.groupings:
            figures["groups"] = {each.column: each.as_json() for each in self.groupings}
            figures["exposure_openings"] = self.exposure_openings
        return figures

    def sentences(self) -> Iterator[str]:
        """The figures in words."""
        yield say(
            "People: %(people)s. Openings: %(openings)s, with %(seats)s seats. Possible pairs: "
            "%(pairs)s.",
            people=self.people,
            openings=self.openings,
            seats=self.seats,
            pairs=self.pairs,
        )
        if self.scored_by_both:
            yield say("The score of a pair is sqrt(score_person * score_opening).")
        yield from self._quality()
        if self.comparison:
            yield from self.comparison.sentences()
        for grouping in self.groupings:
            yield from grouping.sentences()
        yield from self._fairness()
        yield say("Time: %(seconds)s seconds.", seconds=number(self.seconds, 1))
        yield say("Written to %(out)s.", out=self.out)

    def _quality(self) -> Iterator[str]:
        if not self.pairs:
            yield say("There are no pairs, so that nobody has a seat.")
            return
        yield say(
            "People with a seat: %(placed)s (%(percent)s %%).",
            placed=self.placed,
            percent=number(floor(1_000 * self.placed / self.people) / 10, 1),
        )
        yield from self.proof.sentences()

    def _fairness(self) -> Iterator[str]:
        """What the tables of all columns mean, once."""
        judged = [row for grouping in self.groupings for row in grouping.judged]
        if not judged:
            return
        yield from explanation(judged)
        if self.exposure_openings < self.openings:
            yield say(
                "“exposure” was counted in the lists of %(some)s of the %(all)s openings, drawn by "
                "lot.",
                some=self.exposure_openings,
                all=self.openings,
            )
