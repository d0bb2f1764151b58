"""The result, person by person: the evidence first, and how much it comes to after it."""

from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Int32Array, Int64Array
from katalysator.engine.matching.allocation.threads import in_parts
from katalysator.engine.skills.national.division import NationalDivision
from katalysator.engine.skills.national.openings import AlikeOpenings
from katalysator.engine.skills.national.side import NationSide
from katalysator.engine.skills.taxonomy import Taxonomy

STRONGEST: Final = 3
MISSING: Final = 5
"""Skills that are told of a pair: the heaviest of those that are there, and of those that lack."""
WHY: Final = ("no-place-in-reach", "level", "hours", "coverage", "nothing-known", "taken")
"""Why somebody has no seat, as `nearest_kernels` numbers it; ``taken`` where others cover more of what fits."""


def seats_of(
    kind: Int32Array, openings: AlikeOpenings, each_seats: Int64Array, seed: int
) -> Int32Array:
    """The opening of each person, int32 (P,), -1 for none: who has a seat of a kind is dealt over its openings by lot.

    `kind` (P,) keeps to the seats of kinds, `each_seats` (O,) are those of openings.
    """
    lots = np.random.Generator(np.random.PCG64(seed))
    placed = np.flatnonzero(kind >= 0)
    people = placed[np.lexsort((lots.permutation(placed.size), kind[placed]))]
    order = np.lexsort((lots.permutation(each_seats.size), openings.of))
    load = np.bincount(kind[placed], minlength=openings.seats.size)
    # The seats of a kind stand after each other; its people take the first of them.
    seats_before = np.concatenate([np.zeros(1, np.int64), np.cumsum(openings.seats)])
    people_before = np.concatenate([np.zeros(1, np.int64), np.cumsum(load)])
    rank = np.arange(people.size) - people_before[kind[people]]
    seat = seats_before[kind[people]] + rank
    ends = np.cumsum(each_seats[order])
    found = np.full(kind.size, -1, np.int32)
    found[people] = order[np.searchsorted(ends, seat, side="right")]
    return found


class PlacementEvidence:
    """Tells of people, in the order of their file, what they got and why."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        sides: tuple[NationSide, NationSide],
        openings: AlikeOpenings,
        division: NationalDivision,
        opening: Int32Array,
    ) -> None:
        self._people, self._openings = sides
        self._alike, self._division, self._opening = openings, division, opening
        self._keys = pl.Series("skill", taxonomy.skills.keys, dtype=pl.String())
        self._size = len(taxonomy.skills)

    def table(self, first: int, last: int) -> pl.DataFrame:
        """The rows of people ``first`` to ``last``.

        Whoever has no seat is told why not, and of the work in reach that is covered best: the evidence is of that. No
        row says that somebody is rejected, for nobody was.
        """
        rows = slice(first, last)
        division, opening = self._division, self._opening[rows]
        kind, nearest = division.kind[rows], division.nearest[rows]
        told = np.where(kind >= 0, kind, nearest)
        strongest, missing, counts = self._explained(np.arange(first, last), told)
        why = pl.Series(WHY).gather(division.why[rows])
        placed = pl.Series(kind >= 0)
        coverage = pl.Series(division.coverage[rows])
        known = pl.Series(nearest >= 0)
        names = self._openings.ids
        columns = {
            "person": self._people.ids[first:last],
            "opening": _named(names, opening),
            "needed": pl.Series(counts[:, 1]),
            "held": pl.Series(counts[:, 0]),
            "strongest": self._named_skills(strongest),
            "missing": self._named_skills(missing),
            "coverage": coverage.set(~placed, None),
            "why_not": why.set(placed, None),
            "nearest": _named(names, np.where(nearest >= 0, self._alike.first[nearest], -1)),
            "nearest_coverage": pl.Series(division.nearest_coverage[rows]).set(~known, None),
        }
        return pl.DataFrame(columns)

    def _explained(
        self, people: Int64Array, kind: Int32Array
    ) -> tuple[Int32Array, Int32Array, Int32Array]:
        from katalysator.engine.skills.national.evidence_kernels import explain

        demands, sets = self._alike.demands, self._people.essential
        work = np.where(kind >= 0, self._alike.work[kind], -1).astype(np.int32)
        strongest = np.full((people.size, STRONGEST), -1, np.int32)
        missing = np.full((people.size, MISSING), -1, np.int32)
        counts = np.zeros((people.size, 2), np.int32)
        share_start = demands.share.indptr.astype(np.int64)
        share_skill = demands.share.indices.astype(np.int32)

        def look(first: int, last: int) -> None:
            own = slice(first, last)
            explain(
                people[own], work[own], sets.start, sets.skill, share_start, share_skill,
                demands.share.data, demands.needed, self._size,
                strongest[own], missing[own], counts[own],
            )  # fmt: skip

        in_parts(people.size, look)
        return strongest, missing, counts

    def _named_skills(self, found: Int32Array) -> pl.Series:
        keys = _named(self._keys, found.ravel())
        return keys.reshape(found.shape).arr.to_list().list.drop_nulls()


def _named(names: pl.Series, rows: Int32Array | Int64Array) -> pl.Series:
    """The name of each row, null for -1."""
    places = pl.Series(rows.astype(np.int64)).to_frame("row")
    wanted = places.select(pl.when(pl.col("row") >= 0).then(pl.col("row")))["row"]
    return names.gather(wanted)
