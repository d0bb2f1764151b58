"""How likely it is that a need and an offer are useful to each other, as named parts that add up.

Each part is evidence in log-odds: what it says makes the chance rise or fall, and all together, with
where one starts from, are the chance. The weights were learned on the boards of `bench/quality`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final, Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, FloatArray, Rows
from katalysator.engine.matching.sides import Side

_FEW = 30.0  # offers; among fewer a need is taken to find as many useful ones as among so many
_STEP = 8_192  # pairs scored at once
_IN_CACHE = 512  # pairs whose vectors and words are looked up at once


class Part(StrEnum):
    """The parts of a score, in the order in which they are shown; a judge has seen few pairs, if any."""

    START = "start"
    MEANING = "meaning"
    CONCEPTS = "concepts"
    WORDS = "words"
    SKILLS = "skills"
    DIRECTION = "direction"
    JUDGE = "judge"


READ: Final = tuple(part for part in Part if part is not Part.JUDGE)
"""The parts that every pair has, from what was read in its texts."""
LEARNED: Final = tuple(part for part in READ if part is not Part.START)
"""Those of them that are weighed by what was learned."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds of each part: of nothing at all (`start`), and for each unit of what was seen.

    `meaning` and `careful` are for each spread that a pair lies nearer than usual, by the quick
    encoder and the careful one; `concepts` for the root of what they share, as if
    among as many texts as taught it; `words` for a cosine;
    `skills` for the root of what their skills share; `direction` for an offer that asks. Learned: see
    docs/matching.md.
    """

    start: float = -6.58
    meaning: float = 0.97
    careful: float = 0.0
    concepts: float = 1.12
    words: float = 9.6
    skills: float = 1.26
    direction: float = 3.0

    @classmethod
    def with_careful(cls) -> Self:
        """Where the careful encoder has read too."""
        return cls(start=-6.63, meaning=0.60, careful=0.87, concepts=0.96, words=7.07, skills=1.18)

    def times(self, counts: Mapping[Part, float]) -> "Weights":
        """The same, where each part counts so many times what it did."""
        named = [("careful", Part.MEANING), *((str(part), part) for part in Part)]
        times = {name: counts.get(part, 1.0) for name, part in named if part in LEARNED}
        return replace(self, **{name: getattr(self, name) * by for name, by in times.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scored pairs: rows of the needs and of the offers (E,), and each part, float64 (E,)."""

    need: Rows
    offer: Rows
    parts: Mapping[Part, FloatArray] = field(default_factory=dict)

    @property
    def odds(self) -> FloatArray:
        """The sum of the parts: the log-odds that the pair is useful, float64 (E,)."""
        return np.asarray(np.sum(list(self.parts.values()), axis=0), np.float64)

    @property
    def total(self) -> FloatArray:
        """The score: the chance that the pair is useful, float64 (E,) from 0 to 1."""
        return chance(self.odds)

    def judged(self, odds: FloatArray) -> "Scores":
        """The same with one more part: what a judge says of each pair, (E,)."""
        return replace(self, parts={**self.parts, Part.JUDGE: odds})


def chance(odds: FloatArray) -> FloatArray:
    """The chance that goes with log-odds."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * odds)), np.float64)


def odds_of(total: FloatArray) -> FloatArray:
    """The log-odds that go with a chance; those of 0 and 1 are as far as a float reaches."""
    kept = np.clip(total, 1e-16, 1.0 - 1e-16)
    return np.asarray(np.log(kept) - np.log1p(-kept), np.float64)


def score(
    needs: Side, offers: Side, need: Rows, offer: Rows, weights: Weights | None = None
) -> Scores:
    """Score pairs of needs and offers.

    Parameters: `need` and `offer`, rows of the two sides, shape (E,); `weights` for all pairs, else
    for each pair those that were learned for the encoders that read both. Cost: some 15 microseconds
    a pair where the pairs of a need (or those of an offer) follow each other. Memory: that of a few
    thousand pairs at a time, beside the result.
    Source: logistic regression on likenesses that are standardised from both sides, as for
    reciprocal recommendation (Pizzato and others 2010; Palomares and others 2021).
    """
    steps = [slice(first, first + _STEP) for first in range(0, max(1, len(need)), _STEP)]
    scored = [_parts(needs, offers, need[step], offer[step], weights) for step in steps]
    return Scores(
        need, offer, {part: np.concatenate([one[part] for one in scored]) for part in READ}
    )


def _parts(
    needs: Side, offers: Side, need: Rows, offer: Rows, weights: Weights | None
) -> dict[Part, FloatArray]:
    carefully = needs.carefully[need] & offers.carefully[offer]
    quick, both = weights or Weights(), weights or Weights.with_careful()

    def worth(name: str) -> FloatArray:
        return np.asarray(np.where(carefully, getattr(both, name), getattr(quick, name)))

    size = np.clip(needs.standing.size[need], 1.0, _FEW)
    concepts = np.sqrt(needs.measure * _products(needs.concepts, offers.concepts, need, offer))
    skills = np.sqrt(_products(needs.skills, offers.skills, need, offer))
    meaning = worth("meaning") * _nearer(needs, offers, need, offer)
    if carefully.any():
        meaning += carefully * worth("careful") * _nearer_carefully(needs, offers, need, offer)
    return {
        Part.START: worth("start") + np.log(_FEW / size),
        Part.MEANING: meaning,
        Part.CONCEPTS: worth("concepts") * concepts,
        Part.WORDS: worth("words") * _products(needs.words, offers.words, need, offer),
        Part.SKILLS: worth("skills") * skills,
        Part.DIRECTION: -worth("direction") * offers.astray[offer],
    }


def _nearer(needs: Side, offers: Side, need: Rows, offer: Rows) -> FloatArray:
    """How much nearer than usual the texts lie by the quick encoder, in spreads."""
    near = _cosines(needs.reading.meaning, offers.reading.meaning, need, offer)
    return _standardised(near, needs, offers, need, offer, 0)


def _nearer_carefully(needs: Side, offers: Side, need: Rows, offer: Rows) -> FloatArray:
    """The same by the careful encoder, where it read both; anything elsewhere."""
    same = needs.languages[need] == offers.languages[offer]
    near = _cosines(needs.reading.careful, offers.reading.careful, need, offer)
    return _standardised(near - needs.standing.habit.language * same, needs, offers, need, offer, 1)


def _standardised(
    near: FloatArray, needs: Side, offers: Side, need: Rows, offer: Rows, encoder: int
) -> FloatArray:
    """In spreads above the mean: the middle of what that is for the need and for the offer."""
    asked, given = needs.standing, offers.standing
    there = (near - asked.mean[need, encoder]) / asked.spread[need, encoder]
    back = (near - given.mean[offer, encoder]) / given.spread[offer, encoder]
    return np.asarray((there + back) / 2, np.float64)


def _cosines(asked: Float32Array, given: Float32Array, need: Rows, offer: Rows) -> FloatArray:
    found = np.empty(len(need))
    for first in range(0, len(need), _IN_CACHE):
        step = slice(first, first + _IN_CACHE)
        found[step] = np.einsum("ij,ij->i", asked[need[step]], given[offer[step]])
    return found


def _products(
    mine: sparse.csr_array, theirs: sparse.csr_array, need: Rows, offer: Rows
) -> FloatArray:
    """Inner product of two sparse rows for each pair.

    It is added up in the order of the columns, whichever side is looked up: a pair has the same bits
    from both.
    """
    if np.count_nonzero(np.diff(need)) > np.count_nonzero(np.diff(offer)):
        return _products(theirs, mine, offer, need)  # the side with longer runs first
    found = np.zeros(len(need))
    weight = np.zeros(mine.shape[1], np.float32)
    for first in range(0, len(need), _IN_CACHE):
        step = slice(first, first + _IN_CACHE)
        others = theirs[offer[step]]
        product = _looked_up(weight, mine, need[step], others).astype(np.float64) * others.data
        row = np.repeat(np.arange(others.shape[0]), np.diff(others.indptr))
        found[step] = np.bincount(row, product, others.shape[0])
    return found


def _looked_up(
    weight: Float32Array, mine: sparse.csr_array, rows: Rows, others: sparse.csr_array
) -> Float32Array:
    """For each word of the other rows what it weighs in the row of `mine` beside it, 0 if not there.

    `weight` (columns,) is a place to write in; it holds zeros before and after.
    """
    found = np.empty(others.nnz, np.float32)
    for run in _runs(rows):
        own = slice(*mine.indptr[rows[run.start] : rows[run.start] + 2])
        words = slice(others.indptr[run.start], others.indptr[run.stop])
        weight[mine.indices[own]] = mine.data[own]
        np.take(weight, others.indices[words], out=found[words], mode="clip")
        weight[mine.indices[own]] = 0.0
    return found


def _runs(rows: Rows) -> Iterator[slice]:
    """Stretches of one and the same row."""
    borders = np.flatnonzero(np.diff(rows, prepend=-1, append=-1))
    for first, last in pairwise(borders.tolist()):
        yield slice(first, last)
