"""Rankings of one board: by the score, by parts of it, and by what others would do."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from rank_bm25 import BM25Okapi

from bench.quality.measures import Ranking
from bench.quality.sets import GradedSet
from katalysator.engine.arrays import Float32Array, FloatArray, Rows
from katalysator.engine.concepts import Thesaurus
from katalysator.engine.matching import (
    Constraints,
    Judge,
    Side,
    Weights,
    both_sides,
    read,
    score,
    shortlist,
)
from katalysator.engine.matching.blocks import silent
from katalysator.engine.matching.judging.second_stage import second_stage
from katalysator.engine.matching.pipeline import Matching, match
from katalysator.engine.matching.reading import here
from katalysator.engine.matching.retrieval.shortlist import RowPairs
from katalysator.engine.matching.scoring import Part
from katalysator.engine.text import Embedder, Lexicon
from katalysator.engine.text.keyword import words


@dataclass(frozen=True, eq=False)
class Candidates:
    """All pairs of one board that the constraints allow."""

    needs: Side
    offers: Side
    pairs: RowPairs

    @classmethod
    def of(
        cls,
        graded: GradedSet,
        embedder: Embedder,
        careful: Embedder | None,
        thesaurus: Thesaurus | None = None,
    ) -> "Candidates":
        """Read the texts, for the concepts of a thesaurus (default: ours), and apply the constraints."""
        asked = read(graded.needs, embedder, careful, thesaurus)
        given = read(graded.offers, embedder, careful, thesaurus)
        counted = asked.counted(thesaurus) + given.counted(thesaurus)
        lexicon = Lexicon.fit((*asked.grams, *given.grams), counted, thesaurus)
        needs, offers = both_sides(graded.needs, graded.offers, asked, given, lexicon)
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

    @cached_property
    def parts(self) -> dict[Part, FloatArray]:
        """The parts of the score, each (E,)."""
        return dict(score(self.needs, self.offers, *self.pairs).parts)

    def useful(self, graded: GradedSet, least: int) -> FloatArray:
        """1 where a pair has at least this grade, else 0, (E,)."""
        need, offer = self.pairs
        grades = [
            graded.grades.get(self.needs.profiles[i].key, {}).get(self.offers.profiles[j].key, 0)
            for i, j in zip(need.tolist(), offer.tolist(), strict=True)
        ]
        return (np.array(grades) >= least).astype(np.float64)


Worth = Callable[[Candidates], FloatArray]


def pipeline(
    graded: GradedSet, embedder: Embedder, careful: Embedder | None = None, *, top: int
) -> Matching:
    """What people get to see."""
    return match(graded.needs, graded.offers, top=top, reader=here(embedder, careful))


def shown(found: Matching) -> Ranking:
    """The pipeline's matches as a ranking."""
    ranking: dict[str, list[str]] = {}
    for each in found.matches:
        ranking.setdefault(each.need.key, []).append(each.offer.key)
    return ranking


def by_lot(candidates: Candidates) -> FloatArray:
    """Nothing at all: what the constraints alone are worth."""
    return np.zeros(len(candidates.pairs[0]))


def by_bm25(candidates: Candidates) -> FloatArray:
    """Words, as a search engine weighs them (Robertson and Zaragoza, 2009)."""
    known = BM25Okapi([words(offer.said) or [""] for offer in candidates.offers.profiles])
    asked = [known.get_scores(words(need.said)) for need in candidates.needs.profiles]
    need, offer = candidates.pairs
    return np.asarray(np.array(asked)[need, offer], np.float64)


def by_characters(candidates: Candidates) -> FloatArray:
    """Cosine of the weighted letter groups."""
    need, offer = candidates.pairs
    product = candidates.needs.words[need].multiply(candidates.offers.words[offer])
    return np.asarray(product.sum(axis=1), np.float64).ravel()


def by_concepts(candidates: Candidates) -> FloatArray:
    """The concepts that are shared, alone."""
    return candidates.parts[Part.CONCEPTS]


def by_quick(candidates: Candidates) -> FloatArray:
    """Cosine of the quick encoder."""
    return _cosine(candidates, *(side.reading.meaning for side in _sides(candidates)))


def by_careful(candidates: Candidates) -> FloatArray:
    """Cosine of the careful encoder."""
    return _cosine(candidates, *(side.reading.careful for side in _sides(candidates)))


def by_both(candidates: Candidates) -> FloatArray:
    """Both encoders, each standardised over the need's candidates and over the offer's, added up."""
    return _standardised(candidates, by_quick(candidates)) + _standardised(
        candidates, by_careful(candidates)
    )


def by_score(candidates: Candidates) -> FloatArray:
    """The whole score."""
    return np.asarray(np.sum(list(candidates.parts.values()), axis=0), np.float64)


def without(part: Part) -> Worth:
    """The score with one part taken away."""
    return lambda candidates: by_score(candidates) - candidates.parts[part]


def quick_alone(candidates: Candidates) -> FloatArray:
    """The score where the careful encoder has not read."""
    return score(candidates.needs, candidates.offers, *candidates.pairs, Weights()).odds


def judged(judge: Judge) -> Worth:
    """The score with what a judge says of the best thirty of each need."""

    def worth(candidates: Candidates) -> FloatArray:
        odds = by_score(candidates)
        needs, offers = (side.profiles for side in _sides(candidates))
        second = second_stage(judge, needs, offers, candidates.pairs, odds, silent)
        if second.fault:
            print(second.fault, file=sys.stderr)
        return odds + second.odds

    return worth


LADDER: Final = (
    ("any order (constraints only)", by_lot),
    ("BM25", by_bm25),
    ("characters", by_characters),
    ("concepts", by_concepts),
    ("quick encoder", by_quick),
    ("careful encoder", by_careful),
    ("both encoders, standardised", by_both),
    ("Katalysator, quick", quick_alone),
    ("**Katalysator**", by_score),
)


def _sides(candidates: Candidates) -> tuple[Side, Side]:
    return candidates.needs, candidates.offers


def _cosine(candidates: Candidates, mine: Float32Array, theirs: Float32Array) -> FloatArray:
    need, offer = candidates.pairs
    return np.asarray((mine[need] * theirs[offer]).sum(axis=1), np.float64)


def _standardised(candidates: Candidates, value: FloatArray) -> FloatArray:
    need, offer = candidates.pairs
    return (_over(need, value) + _over(offer, value)) / 2


def _over(rows: Rows, value: FloatArray) -> FloatArray:
    count = np.maximum(np.bincount(rows), 1)
    mean = np.bincount(rows, value) / count
    spread = np.sqrt(np.maximum(np.bincount(rows, value**2) / count - mean**2, 1e-6))
    return np.asarray((value - mean[rows]) / spread[rows])
