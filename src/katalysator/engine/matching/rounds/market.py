"""What a round is made from: pairs with a score, and how many of them may be taken of each group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import refuse

NOBODYS: Final = -1
"""The group of a pair that a cap does not count."""


@dataclass(frozen=True, slots=True, eq=False)
class Cap:
    """At most ``limit[g]`` pairs of each group g.

    Parameters
    ----------
    group : integer array, shape (E,)
        The group of each pair, counted from 0; `NOBODYS` (-1) where the cap does not count it.
    limit : integer array, shape (G,)
        Most pairs of each group, at least 0.

    """

    group: IntArray
    limit: IntArray

    def __post_init__(self) -> None:
        refuse("group {0}: the most is {1}; it must be at least 0", self.limit < 0, self.limit)
        wrong = (self.group < NOBODYS) | (self.group >= self.limit.size)
        refuse("pair {0}: there is no group {1}", wrong, self.group)

    @classmethod
    def same(cls, group: IntArray, most: int) -> Self:
        """The same most for every group."""
        groups = int(group.max(initial=NOBODYS)) + 1
        return cls(group, np.full(groups, most, np.int64))

    def load(self, taken: BoolArray) -> IntArray:
        """How many pairs of each group are taken, int64 (G,). O(E)."""
        counted = self.group[taken & (self.group != NOBODYS)]
        return np.bincount(counted, minlength=self.limit.size)

    def is_full(self, taken: BoolArray) -> BoolArray:
        """Whether the group of each pair can take no more, (E,); never where it counts in none. O(E)."""
        full = np.append(self.load(taken) >= self.limit, False)  # the last one is nobody's
        found: BoolArray = full[self.group]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class RoundMarket:
    """E pairs of needs and offers, and what limits them.

    Parameters
    ----------
    score : float array, shape (E,)
        What each pair is worth, finite. Only pairs above 0 are taken, but for those `fixed`.
    caps : sequence of Cap
        All hold at once. Two families are solved to whole pairs: caps on the side of the needs, each two groups of
        which lie in each other or apart (a need lies in its organisation), and the same on the side of the offers.
    fixed, forbidden : bool arrays, shape (E,)
        Pairs that are taken whatever they are worth, and those that never are.

    Raises ValueError for arrays that do not belong together, and for fixed pairs that are forbidden or too many.

    """

    score: FloatArray
    caps: Sequence[Cap]
    fixed: BoolArray
    forbidden: BoolArray

    def __post_init__(self) -> None:
        score = self.score
        refuse("pair {0}: score is {1}; it must be a finite number", ~np.isfinite(score), score)
        sizes = {
            array.size for array in (self.fixed, self.forbidden, *(c.group for c in self.caps))
        }
        if sizes - {score.size}:
            raise ValueError(f"there are {score.size} scores, but also arrays for {sizes} pairs")
        refuse("pair {0} is fixed and forbidden", self.fixed & self.forbidden, score)
        for cap in self.caps:
            load = cap.load(self.fixed)
            refuse("group {0}: {1} pairs are fixed, more than may be", load > cap.limit, load)

    @property
    def free(self) -> BoolArray:
        """The pairs about which there is something to decide, (E,)."""
        return (self.score > 0.0) & ~self.fixed & ~self.forbidden

    def __len__(self) -> int:
        return self.score.size
