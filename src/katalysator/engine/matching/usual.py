"""What is usual for a profile: how near the other half of its market lies, and how unevenly.

Some texts lie near everything: they say little, or everything. A likeness says something only when
it is set against what is usual for both sides, which takes these hubs away (Radovanovic and others,
2010; Schnitzer and others, 2012).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import Float32Array, FloatArray, Rows, StrArray
from katalysator.engine.matching.habits import CAREFUL, QUICK, Habit
from katalysator.engine.matching.profiles import Profile, TextFeatures

_SAMPLE: Final = 512  # profiles of one half of a market that stand for all
_ENOUGH: Final = 20  # likenesses; the fewer there are, the more what is usual elsewhere counts
_ENOUGH_FOR_A_HABIT: Final = 5  # profiles
_CHUNK: Final = 2_048
_DECIMALS: Final = 9


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Some profiles of one half, up to 512 of each market, and their vectors: they stand for all.

    `size` says how many all are, by market; `lean` of each market in which enough speak whether this
    half usually asks (-1) or gives (1); `habit` is that of the careful encoder.
    """

    profiles: Sequence[Profile]
    meaning: Float32Array
    careful: Float32Array
    size: Mapping[str, int]
    lean: Mapping[str, float]
    habit: Habit = CAREFUL

    @classmethod
    def of(
        cls, profiles: Sequence[Profile], blocks: Iterable[tuple[slice, TextFeatures]]
    ) -> "Sample":
        """Taken from all profiles of one half and what was read in them, a block at a time."""
        rows = _sampled(profiles)
        nothing = np.zeros((0, 0), np.float32)
        taken = [
            (read.meaning[inside], read.careful[inside], read.lean[inside], read.habit)
            for span, read in blocks
            if len(inside := rows[(rows >= span.start) & (rows < span.stop)] - span.start)
        ] or [(nothing, nothing, np.zeros(0), CAREFUL)]
        meaning, careful, lean = (
            np.concatenate(each) for each in list(zip(*taken, strict=True))[:3]
        )
        chosen = tuple(profiles[row] for row in rows.tolist())
        size = {market: len(rows) for market, rows in by_market(profiles).items()}
        return cls(chosen, meaning, careful, size, _leaning(chosen, lean), taken[0][3])


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Mean and spread of the likeness of n profiles to the other half of their market.

    Both are float64 (n, 2): by the quick encoder, and by the careful one. `size` (n,) is how many
    the other half has; `lean` (n,) says whether their own half usually asks (-1) or gives (1);
    `habit` is that of the careful encoder.
    """

    mean: FloatArray
    spread: FloatArray
    size: FloatArray
    lean: FloatArray
    habit: Habit = CAREFUL

    @classmethod
    def usual(cls, size: int, habit: Habit = CAREFUL) -> "Standing":
        """What is usual for profiles of which nothing is known."""
        mean, spread = (QUICK.mean, habit.mean), (QUICK.spread, habit.spread)
        none = np.zeros(size)
        return cls(np.tile(mean, (size, 1)), np.tile(spread, (size, 1)), none, none.copy(), habit)


def spread_evenly(count: int) -> Rows:
    """Places among so many that stand for all: up to 512, spread evenly."""
    return np.arange(0, count, max(1.0, count / _SAMPLE)).astype(np.intp)


def _sampled(profiles: Sequence[Profile]) -> Rows:
    """Rows that stand for all of their market: up to 512, spread evenly."""
    found = (rows[spread_evenly(len(rows))] for rows in by_market(profiles).values())
    return np.sort(np.concatenate([np.zeros(0, np.intp), *found]))


def _leaning(profiles: Sequence[Profile], lean: FloatArray) -> dict[str, float]:
    """The middle leaning of each market: a firm that offers a place asks for a student."""
    return {
        market: float(np.median(lean[rows]))
        for market, rows in by_market(profiles).items()
        if len(rows) >= _ENOUGH_FOR_A_HABIT
    }


def standing(
    profiles: Sequence[Profile],
    reading: TextFeatures,
    others: Sample,
    own: Sample | None = None,
) -> Standing:
    """The standing of profiles among a sample of the other half.

    Each is compared with those of its own market; a market of few is drawn to the habit of the
    encoder. `own` stands for their own half, where it matters how that usually speaks. Cost: 1,024
    products of vectors a profile.
    """
    found = Standing.usual(len(profiles), others.habit)
    theirs = by_market(others.profiles)
    for market, rows in by_market(profiles).items():
        found.lean[rows] = own.lean.get(market, 0.0) if own else 0.0
        if market not in theirs:
            continue
        found.size[rows], them = others.size[market], theirs[market]
        for first in range(0, len(rows), _CHUNK):
            some = rows[first : first + _CHUNK]
            same = _languages(profiles, some)[:, None] == _languages(others.profiles, them)
            for which, habit, mine, given in (
                (0, QUICK, reading.meaning, others.meaning),
                (1, others.habit, reading.careful, others.careful),
            ):
                read = given[them].any(axis=1)
                if read.any() and mine.shape[1] == given.shape[1]:
                    near = mine[some].astype(np.float64) @ given[them[read]].T.astype(np.float64)
                    near -= habit.language * same[:, read]
                    found.mean[some, which], found.spread[some, which] = _moments(near, habit)
    return found


def _moments(near: FloatArray, habit: Habit) -> tuple[FloatArray, FloatArray]:
    """Mean and spread of each row, drawn to the habit by `_ENOUGH` likenesses that nobody saw.

    Rounded, as a processor may sum the same row otherwise beside other rows.
    """
    share = near.shape[1] / (near.shape[1] + _ENOUGH)
    mean = share * near.mean(axis=1) + (1 - share) * habit.mean
    square = share * np.square(near).mean(axis=1)
    square += (1 - share) * (habit.mean**2 + habit.spread**2)
    spread = np.sqrt(np.maximum(square - mean**2, (habit.spread / 4) ** 2))
    return mean.round(_DECIMALS), spread.round(_DECIMALS)


def by_market(profiles: Sequence[Profile]) -> dict[str, Rows]:
    """The rows of each market, rising."""
    found: dict[str, list[int]] = {}
    for row, profile in enumerate(profiles):
        found.setdefault(profile.market, []).append(row)
    return {market: np.array(rows, np.intp) for market, rows in found.items()}


def _languages(profiles: Sequence[Profile], rows: Rows) -> StrArray:
    return np.array([profiles[row].language for row in rows.tolist()], np.str_)
