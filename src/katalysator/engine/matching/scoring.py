"""How well a need and an offer fit, in both directions, as named parts that add up.

Each direction asks how much of what one side says is met by the other. A part is the mean of its
two directions; `mutual` is what is lost because a match needs both (geometric mean minus
arithmetic mean, never positive); `direction` is lost when a text asks where it should give.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, FloatArray, Rows, StrArray
from katalysator.engine.matching.overlap import Both, Overlap
from katalysator.engine.matching.profiles import Profile, Side

SAME_LANGUAGE = 0.11  # texts of one language lie this much closer than their meaning warrants
_FAR, _NEAR = -0.10, 0.70  # cosines at which the subject counts for nothing, and in full
_STEP = 8_192  # pairs scored at once
_IN_CACHE = 512  # pairs whose vectors and words are looked up at once


class Part(StrEnum):
    """The parts of a score, in the order in which they are shown."""

    SUBJECT = "subject"
    WORDS = "words"
    SKILLS = "skills"
    AREAS = "areas"
    REGION = "region"
    DIRECTION = "direction"
    MUTUAL = "mutual"
    PRESSURE = "pressure"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part can add at most; the positive ones add up to 1.

    Chosen on the graded sets of `bench/quality`: see docs/matching.md.
    """

    subject: float = 0.65
    words: float = 0.01
    skills: float = 0.03
    areas: float = 0.30
    region: float = 0.01
    direction: float = 0.55
    mutual: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scored pairs: rows of the needs and of the offers (E,), and each part, float64 (E,)."""

    need: Rows
    offer: Rows
    parts: Mapping[Part, FloatArray] = field(default_factory=dict)

    @property
    def total(self) -> FloatArray:
        """The score: the sum of its parts, float64 (E,)."""
        return np.asarray(np.sum(list(self.parts.values()), axis=0), np.float64)

    def with_part(self, part: Part, value: FloatArray) -> "Scores":
        """The same pairs with one part more (or put in place of the old one)."""
        return Scores(self.need, self.offer, {**self.parts, part: value})


def score(
    needs: Side, offers: Side, need: Rows, offer: Rows, weights: Weights | None = None
) -> Scores:
    """Score pairs of needs and offers.

    Parameters: `need` and `offer`, rows of the two sides, shape (E,). Returns the parts without
    pressure. Cost: 3 microseconds a pair where the pairs of a need (or those of an offer) follow
    each other, and one pass over both sides. Memory: that of a few thousand pairs at a time, beside
    the result.
    Source: reciprocal recommendation, Pizzato and others 2010; Palomares and others 2021.
    """
    scorer = _Scorer.between(needs, offers, weights or Weights())
    steps = [slice(first, first + _STEP) for first in range(0, max(1, len(need)), _STEP)]
    scored = [scorer.parts(need[step], offer[step]) for step in steps]
    return Scores(
        need, offer, {part: np.concatenate([one[part] for one in scored]) for part in scored[0]}
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Scorer:
    """Two sides, with their labels and languages laid out for many pairs."""

    needs: Side
    offers: Side
    weights: Weights
    languages: tuple[StrArray, StrArray]
    skills: Overlap
    areas: Overlap
    regions: Overlap

    @classmethod
    def between(cls, needs: Side, offers: Side, weights: Weights) -> "_Scorer":
        asked, given = needs.profiles, offers.profiles
        return cls(
            needs,
            offers,
            weights,
            (_languages(asked), _languages(given)),
            Overlap.of(needs.skills, offers.skills),
            Overlap.of([p.areas for p in asked], [p.areas for p in given]),
            Overlap.of_regions([p.regions for p in asked], [p.regions for p in given]),
        )

    def parts(self, need: Rows, offer: Rows) -> dict[Part, FloatArray]:
        weigh = self.weights
        words = _word_coverage(self.needs.words, self.offers.words, need, offer)
        both = {
            Part.SUBJECT: _scaled(weigh.subject, self._subject(need, offer)),
            Part.WORDS: _scaled(weigh.words, words),
            Part.SKILLS: _scaled(weigh.skills, self.skills.shares(need, offer, unstated=0.3)),
            Part.AREAS: _scaled(weigh.areas, self.areas.shares(need, offer, unstated=0.5)),
            Part.REGION: _twice(weigh.region * self.regions.any(need, offer, unstated=0.5)),
        }
        parts: dict[Part, FloatArray] = {
            part: (there + back) / 2 for part, (there, back) in both.items()
        }
        there = np.sum([pair[0] for pair in both.values()], axis=0)
        back = np.sum([pair[1] for pair in both.values()], axis=0)
        parts[Part.DIRECTION] = -weigh.direction * _wrong_way(self.offers, offer)
        parts[Part.MUTUAL] = weigh.mutual * (np.sqrt(there * back) - (there + back) / 2)
        return parts

    def _subject(self, need: Rows, offer: Rows) -> Both:
        meaning = _cosines(self.needs.reading.meaning, self.offers.reading.meaning, need, offer)
        same_language = self.languages[0][need] == self.languages[1][offer]
        return _twice(_ramp(meaning - SAME_LANGUAGE * same_language))


def _twice(value: FloatArray) -> Both:
    return value, value


def _scaled(weight: float, both: Both) -> Both:
    return weight * both[0], weight * both[1]


def _ramp(value: FloatArray, low: float = _FAR, high: float = _NEAR) -> FloatArray:
    """From 0 at `low` to 1 at `high`, straight in between."""
    return np.asarray(np.clip((value - low) / (high - low), 0.0, 1.0), np.float64)


def _languages(profiles: Sequence[Profile]) -> StrArray:
    return np.array([profile.language for profile in profiles], np.str_)


def _cosines(asked: Float32Array, given: Float32Array, need: Rows, offer: Rows) -> FloatArray:
    found = np.empty(len(need))
    for first in range(0, len(need), _IN_CACHE):
        step = slice(first, first + _IN_CACHE)
        found[step] = np.einsum("ij,ij->i", asked[need[step]], given[offer[step]])
    return found


def _word_coverage(
    mine: sparse.csr_matrix, theirs: sparse.csr_matrix, need: Rows, offer: Rows
) -> Both:
    """Share of each side's word weight that the other side's words hold.

    What both hold is added up in the order of the words, whichever side is looked up: a pair has the
    same bits from both.
    """
    if np.count_nonzero(np.diff(need)) > np.count_nonzero(np.diff(offer)):
        back, there = _word_coverage(theirs, mine, offer, need)  # the side with longer runs first
        return there, back
    there, back = np.zeros(len(need)), np.zeros(len(need))
    weight = np.zeros(mine.shape[1], np.float32)
    for first in range(0, len(need), _IN_CACHE):
        step = slice(first, first + _IN_CACHE)
        others = theirs[offer[step]]
        shared = _looked_up(weight, mine, need[step], others)
        both = np.flatnonzero(shared)
        held = np.diff(np.searchsorted(both, others.indptr))
        row = np.repeat(np.arange(len(held)), held)
        there[step] = np.bincount(row, shared[both] ** 2, len(held))
        back[step] = np.bincount(row, others.data[both] ** 2, len(held))
    return _ramp(there, 0.0, 0.4), _ramp(back, 0.0, 0.4)


def _looked_up(
    weight: Float32Array, mine: sparse.csr_matrix, rows: Rows, others: sparse.csr_matrix
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


def _wrong_way(offers: Side, offer: Rows) -> FloatArray:
    """How far the offer asks where it should give, 0 to 1."""
    return np.asarray(offers.astray[offer])
