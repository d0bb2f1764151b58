"""Who goes where: candidates for everybody, an auction among them, and a proof over all pairs that there are.

A shortlist alone proves nothing about what was left out of it. So after each auction everybody is asked again, over all
openings in reach, which would be worth most at the prices of now: that bounds whatever division of these seats there
may be (weak duality), and finds the pairs that were missing. This is column generation.

References
----------
.. [1] G. B. Dantzig and P. Wolfe, "Decomposition principle for linear programs", Operations Research 8, 1960.
.. [2] L. S. Lasdon, "Optimization theory for large systems", 1970, on the bound that prices give.

"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum
from typing import Final

import numpy as np

from katalysator.engine.arrays import (
    Float32Array,
    Float64Array,
    Int8Array,
    Int32Array,
    Int64Array,
    IntArray,
)
from katalysator.engine.matching.allocation.certificate import Allocation, Certificate, cost
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.solver import allocate
from katalysator.engine.matching.allocation.threads import side_by_side
from katalysator.engine.matching.blocks import Arrays, Blocks, Progress
from katalysator.engine.skills.national.openings import AlikeOpenings, AreaOpenings
from katalysator.engine.skills.national.sets import fingerprints
from katalysator.engine.skills.national.side import NationSide

BLOCK: Final = 100_000
"""People whose candidates are kept together: a minute's work at most is done again after an interruption."""
MOST_ROUNDS: Final = 6
_MORE: Final = 12
"""Candidates that a later round adds for each person."""
_PART: Final = 10_000  # people that a thread takes at a time
_FINER: Final = 0.25
"""The part of the gap that an auction may leave; the rest is for pairs that nobody looked at."""


@dataclass(frozen=True, slots=True)
class NationalTerms:
    """How people are divided.

    Parameters
    ----------
    letters : int
        Of codes of regions that must be the same for an opening to be in reach.
    least : float
        Coverage below which nobody is given a seat.
    most : int
        Candidates of each person in the first round.
    gap : float
        How far below the best possible total the division may stay, as a part of 1.
    seed : int
        Of the lot that decides among people who are alike.

    """

    letters: int = 4
    least: float = 0.35
    most: int = 32
    gap: float = 0.001
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class NationalDivision:
    """Who got which kind of opening, in the order of the files.

    Parameters
    ----------
    kind : int32 array, (P,)
        Of openings; -1 for whoever has none.
    coverage : float32 array, (P,)
        Of what the own opening asks for; 0 for whoever has none.
    why : int8 array, (P,)
        What leaves somebody without any candidate, as `nearest_kernels` numbers it.
    nearest : int32 array, (P,)
        The kind in reach that the person covers best, whoever got it; -1 where there is none.
    nearest_coverage : float32 array, (P,)
    certificate : Certificate
        Over all pairs that may be formed; prices of kinds.
    rounds : int
    pairs : int
        Pairs that the last auction was about.

    """

    kind: Int32Array
    coverage: Float32Array
    why: Int8Array
    nearest: Int32Array
    nearest_coverage: Float32Array
    certificate: Certificate
    rounds: int
    pairs: int


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """Kinds for each person by falling coverage, in rows, and what the best is worth above its price."""

    start: Int64Array
    kind: Int32Array
    score: Float32Array
    profit: float
    why: Int8Array


def divide_nation(
    people: NationSide,
    openings: AlikeOpenings,
    terms: NationalTerms,
    blocks: Blocks,
    progress: Progress,
) -> NationalDivision:
    """Give seats so that total coverage is within the gap of the best possible, over all pairs that may be formed.

    Parameters
    ----------
    people : NationSide
        P people.
    openings : AlikeOpenings
        K kinds of openings with their seats.
    terms : NationalTerms
        The gap is met or `MOST_ROUNDS` passed; the certificate says which.
    blocks : Blocks
        Where what is done stands, and is taken from; the same input gives the same bits whatever stands there.
    progress : callable
        Is told the stages "nearest" and "divide".

    Notes
    -----
    Cost of a round: for each unlike person the work that shares a fact with them, and one look at each kind in reach.
    Memory: 8 bytes a candidate, twice for some time, and 40 a person.

    """
    search = _Search(people, openings, terms, blocks, progress)
    found = search.candidates(0, np.zeros(openings.seats.size), terms.most)
    why, best = found.why, _first(found)
    bound, round_, solved = np.inf, 0, None
    while True:
        edges = Edges(found.start, found.kind, found.score, openings.seats.size)
        solved = search.divided(round_, edges, solved)
        value, prices = solved.certificate.value, solved.certificate.prices.astype(np.float64)
        round_ += 1
        more = search.candidates(round_, prices, _MORE)
        bound = min(bound, cost(openings.seats, prices) + more.profit)
        if value >= bound * (1.0 - terms.gap) or round_ == MOST_ROUNDS:
            break
        found = _merged(found, more)
    back = np.empty_like(search.order)
    back[search.order] = np.arange(back.size)
    return NationalDivision(
        solved.opening[back].astype(np.int32),
        _scores(edges, solved.opening)[back],
        why[back],
        best[0][back],
        best[1][back],
        Certificate(value, max(value, bound), prices),
        round_,
        int(edges.start[-1]),
    )


class _Search:
    """Looks for candidates, block by block, and holds auctions; or takes from the blocks what was done before."""

    def __init__(
        self,
        people: NationSide,
        openings: AlikeOpenings,
        terms: NationalTerms,
        blocks: Blocks,
        progress: Progress,
    ) -> None:
        self._people, self._openings, self._terms = people, openings, terms
        self._blocks, self._progress = blocks, progress
        areas = _areas(people, openings, terms.letters)
        self.order = _order(people, areas[1], terms.seed)
        self._stretches, self._area_of = areas
        self._areas: dict[int, AreaOpenings] = {}

    def candidates(self, round_: int, price: Float64Array, most: int) -> _Candidates:
        """The kinds that are worth most to each person at these prices."""
        made = list(self._each_block(round_, price, most))
        counts = np.concatenate([each["count"] for each in made])
        return _Candidates(
            np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)]),
            np.concatenate([each["kind"] for each in made]),
            np.concatenate([each["score"] for each in made]),
            fsum(float(each["profit"][0]) for each in made),
            np.concatenate([each["why"] for each in made]),
        )

    def divided(self, round_: int, edges: Edges, earlier: Allocation | None) -> Allocation:
        """Hold an auction."""
        name = f"divided-{round_}"
        if name not in self._blocks:
            self._progress("divide", round_ + 1, MOST_ROUNDS)
            gap = max(self._terms.gap * _FINER, 1e-5)
            # What a solver remembers is not kept, so that a run that goes on has the same bits.
            solved = replace(
                allocate(edges, self._openings.seats, gap=gap, earlier=earlier), near=None
            )
            given = solved.certificate
            self._blocks[name] = {
                "opening": solved.opening,
                "prices": given.prices,
                "proof": np.array([given.value, given.bound, solved.rounds]),
            }
        kept = self._blocks[name]
        value, bound, rounds = kept["proof"].tolist()
        return Allocation(kept["opening"], Certificate(value, bound, kept["prices"]), int(rounds))

    def _each_block(self, round_: int, price: Float64Array, most: int) -> Iterator[Arrays]:
        total = self.order.size
        for number, first in enumerate(range(0, total, BLOCK)):
            name = f"nearest-{round_}-{number:05}"
            if name in self._blocks:
                yield self._blocks[name]
                continue
            self._progress("nearest", first, total)
            found = self._nearest(self.order[first : first + BLOCK], price, most)
            self._blocks[name] = found
            yield found

    def _nearest(self, rows: Int64Array, price: Float64Array, most: int) -> Arrays:
        from katalysator.engine.skills.national.nearest_kernels import nearest

        people, area = self._people, self._area_of[rows]
        self._enter(np.unique(area).tolist())
        count, why = np.zeros(rows.size, np.int32), np.zeros(rows.size, np.int8)
        kinds = np.zeros((rows.size, most), np.int32)
        scores, profit = np.zeros((rows.size, most), np.float32), np.zeros(rows.size)

        def look(first: int, last: int) -> None:
            own, near = slice(first, last), self._areas[int(area[first])]
            nearest(
                rows[own], people.essential.start, people.essential.skill, people.level,
                people.hours, *near.lists, near.start, near.kind, near.level, near.hours,
                price[near.kind], self._terms.least,
                count[own], kinds[own], scores[own], profit[own], why[own],
            )  # fmt: skip

        side_by_side(_cut(area), look)
        filled = np.arange(most) < count[:, None]
        return {
            "count": count,
            "kind": kinds[filled],
            "score": scores[filled],
            "profit": np.array([fsum(profit.tolist())]),
            "why": why,
        }

    def _enter(self, areas: list[int]) -> None:
        """Lay out the openings of these areas, and forget others: people come by area."""
        self._areas = {
            area: self._areas.get(area) or self._openings.area(self._stretches[area])
            for area in areas
        }


def _areas(
    people: NationSide, openings: AlikeOpenings, letters: int
) -> tuple[list[tuple[tuple[int, int], ...]], Int32Array]:
    """The stretches of kinds of each area, and the area of each person: one for all who reach the same."""
    reached = [openings.in_reach(code, letters) for code in people.regions]
    stretches = sorted(set(reached))
    number = np.array([stretches.index(each) for each in reached], np.int32)
    return stretches, number[people.region]


def _cut(area: Int32Array) -> list[tuple[int, int]]:
    """Borders of parts of people of one area each, none of them large."""
    changes = np.flatnonzero(np.diff(area)) + 1
    borders = np.unique(np.concatenate([changes, np.arange(0, area.size, _PART), [area.size]]))
    return list(pairwise(borders.tolist()))


def _order(people: NationSide, area: Int32Array, seed: int) -> Int64Array:
    """People by area, those with the same skills after each other, those alike in all by lot."""
    lot = np.random.Generator(np.random.PCG64(seed)).permutation(len(people))
    prints = fingerprints(people.essential)
    keys = (lot, people.hours, people.level, *prints.T, area)
    return np.lexsort(keys)


def _first(found: _Candidates) -> tuple[Int32Array, Float32Array]:
    """The first candidate of each person with its coverage, -1 and 0 where there is none."""
    some = np.diff(found.start) > 0
    kind = np.full(some.size, -1, np.int32)
    score = np.zeros(some.size, np.float32)
    kind[some], score[some] = (
        found.kind[found.start[:-1][some]],
        found.score[found.start[:-1][some]],
    )
    return kind, score


def _merged(one: _Candidates, other: _Candidates) -> _Candidates:
    """The candidates of both."""
    from katalysator.engine.skills.national.nearest_kernels import merged

    start = np.zeros_like(one.start)
    rows = (one.start, one.kind, one.score, other.start, other.kind, other.score)
    merged(*rows, start, np.empty(0, np.int32), np.empty(0, np.float32))
    np.cumsum(start, out=start)
    size = int(start[-1])
    kind, score = np.empty(size, np.int32), np.empty(size, np.float32)
    merged(*rows, start, kind, score)
    return _Candidates(start, kind, score, other.profit, one.why)


def _scores(edges: Edges, choice: IntArray) -> Float32Array:
    from katalysator.engine.matching.files.kernels import chosen_scores

    found = np.zeros(choice.size, np.float32)
    chosen_scores(edges.start, edges.opening, edges.score, choice, found)
    return found
