"""Rankings of one test set: by the real pipeline, and by parts of the score alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bench.quality.measures import Ranking
from bench.quality.sets import GradedSet
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    Constraints,
    Side,
    Weights,
    needs_side,
    offers_side,
    read,
    score,
    shortlist,
)
from katalysator.engine.matching.pipeline import Matching, match
from katalysator.engine.matching.retrieval import RowPairs
from katalysator.engine.matching.scoring import Part
from katalysator.engine.text import Embedder, Lexicon

_WEIGHTS: Final = Weights()
_ONE_SIDED: Final = replace(_WEIGHTS, mutual=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """All pairs of one test set that the constraints allow."""

    needs: Side
    offers: Side
    pairs: RowPairs

    @classmethod
    def of(cls, graded: GradedSet, embedder: Embedder) -> "Candidates":
        """Read the texts and apply the constraints."""
        asked, given = read(graded.needs, embedder), read(graded.offers, embedder)
        lexicon = Lexicon.fit((*asked.grams, *given.grams))
        needs = needs_side(graded.needs, asked, lexicon)
        offers = offers_side(graded.offers, given, lexicon)
        constraints = Constraints.between(graded.needs, graded.offers)
        return cls(needs, offers, shortlist(needs, offers, constraints, size=len(offers)))

    def ranked(self, value: FloatArray, *, seed: int = 0) -> Ranking:
        """Every need's offers by falling value, shape (E,); equals in an order drawn by lot."""
        need, offer = self.pairs
        lot = np.random.default_rng(seed).permutation(len(self.offers))
        ranking: dict[str, list[str]] = {}
        for pair in np.lexsort((lot[offer], -value, need)).tolist():
            key = self.needs.profiles[need[pair]].key
            ranking.setdefault(key, []).append(self.offers.profiles[offer[pair]].key)
        return ranking


Worth = Callable[[Candidates], FloatArray]


def pipeline(graded: GradedSet, embedder: Embedder, *, top: int) -> Matching:
    """What people get to see."""
    return match(graded.needs, graded.offers, top=top, embedder=embedder)


def shown(found: Matching) -> Ranking:
    """The pipeline's matches as a ranking."""
    ranking: dict[str, list[str]] = {}
    for each in found.matches:
        ranking.setdefault(each.need.key, []).append(each.offer.key)
    return ranking


def by_lot(candidates: Candidates) -> FloatArray:
    """Nothing at all: what the constraints alone are worth."""
    return np.zeros(len(candidates.pairs[0]))


def by_words(candidates: Candidates) -> FloatArray:
    """Cosine of the weighted letter groups."""
    need, offer = candidates.pairs
    product = candidates.needs.words[need].multiply(candidates.offers.words[offer])
    return np.asarray(product.sum(axis=1), np.float64).ravel()


def by_meaning(candidates: Candidates) -> FloatArray:
    """Cosine of the meaning of the whole texts."""
    need, offer = candidates.pairs
    mine, theirs = candidates.needs.reading.meaning, candidates.offers.reading.meaning
    return np.asarray((mine[need] * theirs[offer]).sum(axis=1), np.float64)


def by_areas(candidates: Candidates) -> FloatArray:
    """The areas alone, without a look at the texts."""
    return _scored(candidates, _ONE_SIDED, only=Part.AREAS)


def hybrid(candidates: Candidates) -> FloatArray:
    """All parts, without what is lost because both sides must fit."""
    return _scored(candidates, _ONE_SIDED)


def reciprocal(candidates: Candidates) -> FloatArray:
    """All parts in both directions: the score before any price."""
    return _scored(candidates, _WEIGHTS)


def without(part: str) -> Worth:
    """The reciprocal score with one part's weight taken away."""
    return lambda candidates: _scored(candidates, replace(_WEIGHTS, **{part: 0.0}))


def _scored(candidates: Candidates, weights: Weights, only: Part | None = None) -> FloatArray:
    scores = score(candidates.needs, candidates.offers, *candidates.pairs, weights)
    return scores.total if only is None else scores.parts[only]
