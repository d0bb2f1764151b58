"""How well a need and an offer fit, in both directions, as named parts that add up.

Each direction asks how much of what one side says is met by the other. A part is the mean of its
two directions; `mutual` is what is lost because a match needs both (geometric mean minus
arithmetic mean, never positive); `direction` is lost when a text asks where it should give.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.constraints import regions_meet
from katalysator.engine.matching.profiles import FloatArray, Labels, Side

Rows = NDArray[np.intp]

_STEP = 4_096  # pairs scored at once


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

    subject: float = 0.63
    words: float = 0.02
    skills: float = 0.04
    areas: float = 0.28
    region: float = 0.03
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
    pressure. Cost: a dot product of d numbers and a merge of two sparse rows for each pair.
    Memory: that of a few thousand pairs at a time, beside the result.
    Source: reciprocal recommendation, Pizzato and others 2010; Palomares and others 2021.
    """
    weigh = weights or Weights()
    steps = [slice(first, first + _STEP) for first in range(0, max(1, len(need)), _STEP)]
    scored = [_score(needs, offers, need[step], offer[step], weigh) for step in steps]
    return Scores(
        need, offer, {part: np.concatenate([one[part] for one in scored]) for part in scored[0]}
    )


def _score(
    needs: Side, offers: Side, need: Rows, offer: Rows, weigh: Weights
) -> dict[Part, FloatArray]:
    both = {
        Part.SUBJECT: _scaled(weigh.subject, _subject(needs, offers, need, offer)),
        Part.WORDS: _scaled(weigh.words, _word_coverage(needs, offers, need, offer)),
        Part.SKILLS: _scaled(weigh.skills, _skill_coverage(needs, offers, need, offer)),
        Part.AREAS: _scaled(weigh.areas, _area_coverage(needs, offers, need, offer)),
        Part.REGION: _twice(weigh.region * _nearness(needs, offers, need, offer)),
    }
    parts = {part: (there + back) / 2 for part, (there, back) in both.items()}
    there = np.sum([pair[0] for pair in both.values()], axis=0)
    back = np.sum([pair[1] for pair in both.values()], axis=0)
    parts[Part.DIRECTION] = -weigh.direction * _wrong_way(offers, offer)
    parts[Part.MUTUAL] = weigh.mutual * (np.sqrt(there * back) - (there + back) / 2)
    return parts


Both = tuple[FloatArray, FloatArray]


def _twice(value: FloatArray) -> Both:
    return value, value


def _scaled(weight: float, both: Both) -> Both:
    return weight * both[0], weight * both[1]


def _ramp(value: FloatArray, low: float, high: float) -> FloatArray:
    """From 0 at `low` to 1 at `high`, straight in between."""
    return np.asarray(np.clip((value - low) / (high - low), 0.0, 1.0), np.float64)


HEADLINE = 0.2  # share of the title of the one side, read against the whole of the other
SAME_LANGUAGE = 0.11  # texts of one language lie this much closer than their meaning warrants
_FAR, _NEAR = -0.10, 0.70  # cosines at which the subject counts for nothing, and in full


def _subject(needs: Side, offers: Side, need: Rows, offer: Rows) -> Both:
    """Whole against whole, and the headline of each against the whole of the other."""
    asked, given = needs.reading, offers.reading
    whole = (1 - HEADLINE) * _cosine(asked.meaning[need], given.meaning[offer])
    whole -= SAME_LANGUAGE * _same_language(needs, offers, need, offer)
    there = whole + HEADLINE * _cosine(asked.meaning[need], given.headline[offer])
    back = whole + HEADLINE * _cosine(asked.headline[need], given.meaning[offer])
    return _ramp(there, _FAR, _NEAR), _ramp(back, _FAR, _NEAR)


def _cosine(some: NDArray[np.float32], others: NDArray[np.float32]) -> FloatArray:
    return np.asarray(np.einsum("ij,ij->i", some, others), np.float64)


def _same_language(needs: Side, offers: Side, need: Rows, offer: Rows) -> NDArray[np.bool_]:
    asked = np.array([profile.language for profile in needs.profiles])
    given = np.array([profile.language for profile in offers.profiles])
    return np.asarray(asked[need] == given[offer])


def _word_coverage(needs: Side, offers: Side, need: Rows, offer: Rows) -> Both:
    """Share of each side's word weight that the other side's words hold."""
    there, back = np.zeros(len(need)), np.zeros(len(need))
    weight = np.zeros(needs.words.shape[1], np.float32)
    for run in _runs(need):
        mine, theirs = needs.words[need[run.start]], offers.words[offer[run]]
        weight[mine.indices] = mine.data**2
        shared = weight[theirs.indices]
        there[run] = _row_sums(shared, theirs.indptr)
        back[run] = _row_sums(np.where(shared > 0, theirs.data**2, 0.0), theirs.indptr)
        weight[mine.indices] = 0.0
    return _ramp(there, 0.0, 0.4), _ramp(back, 0.0, 0.4)


def _runs(rows: Rows) -> Iterator[slice]:
    """Stretches of one and the same row."""
    borders = np.flatnonzero(np.diff(rows, prepend=-1, append=-1))
    for first, last in pairwise(borders.tolist()):
        yield slice(first, last)


def _row_sums(values: NDArray[np.floating[Any]], start: NDArray[np.integer[Any]]) -> FloatArray:
    """Sums of the stretches that begin at `start`, of shape (rows + 1,)."""
    total: FloatArray = np.concatenate([np.zeros(1), np.cumsum(values, dtype=np.float64)])
    return np.asarray(total[start[1:]] - total[start[:-1]])


def _skill_coverage(needs: Side, offers: Side, need: Rows, offer: Rows) -> Both:
    return _pairwise(needs.skills, offers.skills, need, offer, _share, unstated=0.3)


def _area_coverage(needs: Side, offers: Side, need: Rows, offer: Rows) -> Both:
    mine, theirs = [p.areas for p in needs.profiles], [p.areas for p in offers.profiles]
    return _pairwise(mine, theirs, need, offer, _share, unstated=0.5)


def _share(some: Labels, others: Labels) -> float:
    return len(some & others) / len(some)


def _pairwise(
    mine: list[Labels] | tuple[Labels, ...],
    theirs: list[Labels] | tuple[Labels, ...],
    need: Rows,
    offer: Rows,
    share: Callable[[Labels, Labels], float],
    unstated: float,
) -> Both:
    there, back = np.full(len(need), unstated), np.full(len(need), unstated)
    for n, (i, j) in enumerate(zip(need, offer, strict=True)):
        some, others = mine[i], theirs[j]
        if some and others:
            there[n], back[n] = share(some, others), share(others, some)
    return there, back


def _nearness(needs: Side, offers: Side, need: Rows, offer: Rows) -> FloatArray:
    return np.array(
        [
            _near(needs.profiles[i].regions, offers.profiles[j].regions)
            for i, j in zip(need, offer, strict=True)
        ],
        np.float64,
    )


def _near(some: Labels, others: Labels) -> float:
    if not some or not others:
        return 0.5
    return 1.0 if regions_meet(some, others) else 0.0


def _wrong_way(offers: Side, offer: Rows) -> FloatArray:
    """How far the offer asks where it should give, 0 to 1."""
    return np.asarray(offers.astray[offer])
