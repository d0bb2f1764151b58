"""The pairs that are scored in full, found and scored one block of needs after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from katalysator.engine.arrays import FloatArray, Int64Array, Rows
from katalysator.engine.matching.allocation.edges import runs
from katalysator.engine.matching.blocks import Arrays, Blocks, Progress
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.ordering import falling, ranks
from katalysator.engine.matching.profiles import Profile
from katalysator.engine.matching.reading import Readings, lexicon_of
from katalysator.engine.matching.retrieval.shortlist import shortlist
from katalysator.engine.matching.scoring import READ, Part, Scores, Weights, chance, odds_of, score
from katalysator.engine.matching.sides import Side, laid_out
from katalysator.engine.matching.usual import Sample, standing
from katalysator.engine.text import Lexicon


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPairs:
    """Pairs by need: how many each need has, int64 (N,), their offers (E,) and scores, float64 (E,)."""

    count: Int64Array
    offer: Rows
    total: FloatArray

    @property
    def need(self) -> Rows:
        """The need of each pair, (E,)."""
        return np.repeat(np.arange(len(self.count)), self.count)

    def judged(self, odds: FloatArray) -> Self:
        """The same pairs, with what a judge adds to the log-odds of each, (E,)."""
        total = np.where(odds == 0.0, self.total, chance(odds_of(self.total) + odds))
        return replace(self, total=total)

    def runs(self) -> Iterator[tuple[int, int, Self]]:
        """The same in runs of whole needs, of about a million pairs: the first need and the first pair of each."""
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.count)])
        for first, last in runs(start):
            rows = slice(start[first], start[last])
            some = replace(
                self, count=self.count[first:last], offer=self.offer[rows], total=self.total[rows]
            )
            yield first, int(start[first]), some

    def best(self, score: FloatArray, top: int, least: float) -> tuple[Rows, Rows]:
        """The pairs above `least` that are among the `top` of their need, and their ranks from 1 on.

        `score` (E,) is what they are ordered by; equal ones keep the order of the offers.
        """
        pair, rank = falling(self.count, score, self.offer), ranks(self.count)
        shown = (rank < top) & (score[pair] > least)
        return pair[shown], rank[shown] + 1


@dataclass(frozen=True, slots=True, eq=False)
class TextMarket:
    """Two sides that were read, the offers laid out for all needs, and what stands for each side."""

    needs: Readings
    offers: Sequence[Profile]
    giving: Side
    samples: tuple[Sample, Sample]
    lexicon: Lexicon
    weights: Weights | None
    asked: dict[int, Side] = field(default_factory=dict)

    @classmethod
    def of(cls, needs: Readings, offers: Readings, weights: Weights | None) -> Self:
        """Count the words of both sides, and lay out the offers."""
        lexicon, given = lexicon_of(needs, offers), offers.whole()
        asking, theirs = samples = needs.sample(), offers.sample()
        among_needs = standing(offers.profiles, given, asking, theirs)
        giving = laid_out(offers.profiles, given, lexicon, among_needs)
        return cls(needs, offers.profiles, giving, samples, lexicon, weights)

    def pairs(self, size: int, blocks: Blocks, progress: Progress) -> ScoredPairs:
        """The `size` best offers of each need at first sight, scored. Memory: a block's."""
        everyone = len(self.needs.profiles)
        progress("compare", 0, everyone)
        found = []
        for number, span in enumerate(self.needs.spans):
            name = f"pairs-{number:03}"
            if name not in blocks:
                blocks[name] = self._compared(number, size, progress)
            found.append(blocks[name])
            progress("compare", min(span.stop, everyone), everyone)
        return ScoredPairs(
            np.concatenate([np.zeros(0, np.int64), *(each["count"] for each in found)]),
            np.concatenate(
                [np.zeros(0, np.int32), *(each["offer"] for each in found)], dtype=np.intp
            ),
            np.concatenate([np.zeros(0), *(each["total"] for each in found)]),
        )

    def _compared(self, number: int, size: int, progress: Progress) -> Arrays:
        span = self.needs.spans[number]
        asking = self._asking(number)
        pairs = shortlist(
            asking,
            self.giving,
            Constraints.between(self.needs.profiles[span], self.offers),
            size=size,
            tick=lambda done: progress("compare", span.start + done, len(self.needs.profiles)),
        )
        scores = score(asking, self.giving, *pairs, self.weights)
        count = np.bincount(scores.need, minlength=len(asking))
        return {"count": count, "offer": scores.offer.astype(np.int32), "total": scores.total}

    def parts(self, need: Rows, offer: Rows) -> dict[Part, FloatArray]:
        """The parts of some pairs, by need. Cost: that of scoring them."""
        found: list[Scores] = []
        for number, span in enumerate(self.needs.spans):
            rows = slice(*np.searchsorted(need, (span.start, span.stop)))
            inside = need[rows] - span.start
            found.append(
                score(self._asking(number), self.giving, inside, offer[rows], self.weights)
            )
        return {
            part: np.concatenate([np.zeros(0), *(each.parts[part] for each in found)])
            for part in READ
        }

    def meant(self, need: int, offer: int) -> tuple[dict[int, float], dict[int, float]]:
        """The concepts of both sides of a pair."""
        number = next(n for n, span in enumerate(self.needs.spans) if need < span.stop)
        asked = self._asking(number).meant(need - self.needs.spans[number].start)
        return asked, self.giving.meant(offer)

    def _asking(self, number: int) -> Side:
        """A block of needs, ready to be scored; the last one is kept."""
        if number not in self.asked:
            profiles, asked = (
                self.needs.profiles[self.needs.spans[number]],
                self.needs.block(number),
            )
            asking, giving = self.samples
            among_offers = standing(profiles, asked, giving, asking)
            self.asked.clear()
            self.asked[number] = laid_out(profiles, asked, self.lexicon, among_offers)
        return self.asked[number]
