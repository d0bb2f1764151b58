"""Openings put together that are alike for everybody: the same skills, region, level and hours.

Whoever may go to one of them may go to all, and covers as much: they share their seats, and nothing is lost.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from katalysator.engine.arrays import (
    Float32Array,
    Int8Array,
    Int32Array,
    Int64Array,
    IntArray,
)
from katalysator.engine.skills.national.sets import fingerprints
from katalysator.engine.skills.national.side import NationSide
from katalysator.engine.skills.nearest_work import DemandLists, FactLists
from katalysator.engine.skills.taxonomy import Taxonomy

REACHES: Final = {"region": 5, "province": 4, "country": 2}
"""How far people go: the letters of a code of NUTS that must be the same."""


@dataclass(frozen=True, slots=True, eq=False)
class AlikeOpenings:
    """K kinds of openings, by region, and what they ask for.

    Parameters
    ----------
    demands : DemandLists
        What T kinds of work ask for.
    of : int32 array, (O,)
        Which kind each opening is.
    first : int64 array, (K,)
        One opening of each kind.
    work : int32 array, (K,)
        Which kind of work.
    regions : tuple of str, (R,)
        Codes in the order of the alphabet.
    border : int64 array, (R + 1,)
        Kinds ``border[r]:border[r + 1]`` are in region ``r``.
    level, hours : int8 and float32 arrays, (K,)
        What is needed at least.
    seats : int64 array, (K,)

    """

    demands: DemandLists
    of: Int32Array
    first: Int64Array
    work: Int32Array
    regions: tuple[str, ...]
    border: Int64Array
    level: Int8Array
    hours: Float32Array
    seats: Int64Array

    @classmethod
    def of_openings(cls, openings: NationSide, taxonomy: Taxonomy) -> Self:
        """Put openings together. Cost: sorting them."""
        asked = np.concatenate(
            [fingerprints(openings.essential), fingerprints(openings.optional)], axis=1
        )
        work, examples = _numbered(*asked.T)
        regions = sorted(set(openings.regions))
        place = {code: number for number, code in enumerate(regions)}
        region = np.array([place[code] for code in openings.regions], np.int32)[openings.region]
        of, first = _numbered(region, work, openings.level, openings.hours)
        seats = np.bincount(of, openings.seats, minlength=first.size).astype(np.int64)
        border = np.searchsorted(region[first], np.arange(len(regions) + 1))
        size = len(taxonomy.skills)
        essential, optional = (
            each.as_matrix(size)[examples] for each in (openings.essential, openings.optional)
        )
        return cls(
            DemandLists.of(taxonomy, essential, optional),
            of,
            first,
            work[first],
            tuple(regions),
            border.astype(np.int64),
            openings.level[first],
            openings.hours[first],
            seats,
        )

    def in_reach(self, code: str, letters: int) -> tuple[tuple[int, int], ...]:
        """The stretches of kinds in reach of somebody in a region: those in the same area, or in one around it."""
        near = code[:letters]
        return tuple(
            (int(self.border[number]), int(self.border[number + 1]))
            for number, other in enumerate(self.regions)
            if other.startswith(near) or near.startswith(other)
        )

    def area(self, stretches: tuple[tuple[int, int], ...]) -> "AreaOpenings":
        """The kinds with seats in some stretches. Cost: linear in what they ask for."""
        kind = np.concatenate(
            [np.zeros(0, np.int32), *(np.arange(*each, dtype=np.int32) for each in stretches)]
        )
        kind = kind[self.seats[kind] > 0]
        kind = kind[np.argsort(self.work[kind], kind="stable")]
        works, first = np.unique(self.work[kind], return_index=True)
        return AreaOpenings(
            self.demands.lists(works),
            np.append(first, kind.size).astype(np.int64),
            kind,
            self.level[kind],
            self.hours[kind],
        )


@dataclass(frozen=True, slots=True, eq=False)
class AreaOpenings:
    """The kinds of openings in one area, (N,), by work: ``kind[start[w]:start[w + 1]]`` ask for its work ``w``."""

    lists: FactLists
    start: Int64Array
    kind: Int32Array
    level: Int8Array
    hours: Float32Array


def _numbered(*columns: IntArray | Float32Array) -> tuple[Int32Array, Int64Array]:
    """The number of each row among unlike ones in rising order, the first column before the next; and the first row of each."""
    order = np.lexsort(columns[::-1])
    differs = np.zeros(order.size, np.bool_)
    differs[:1] = True
    for column in columns:
        told = column[order]
        differs[1:] |= told[1:] != told[:-1]
    of = np.empty(order.size, np.int32)
    of[order] = np.cumsum(differs) - 1
    return of, order[differs]
