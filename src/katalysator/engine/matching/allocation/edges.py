"""The market that the allocation works on, checked when it is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import BoolArray, FloatArray, Int64Array, IntArray

BLOCK = 1 << 20  # edges looked at together: what is worked out for them takes little room


class EdgeBlock(NamedTuple):
    """Some people, their edges, and the person of each of those edges."""

    people: slice
    edges: slice
    person: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Who could go where, in compressed rows: one row a person, scores falling within a row.

    Parameters
    ----------
    start : int64 array, shape (P + 1,)
        Row ``i`` is the slice ``start[i]:start[i + 1]`` of the two arrays below.
    opening : int32 array, shape (E,)
        Opening of each edge, ``0 <= opening < openings``.
    score : float32 or float64 array, shape (E,)
        Worth of each edge, finite and at least 0. A score of 0 is never better than staying out.
    openings : int
        Number of openings O, also of those without an edge.

    Attributes
    ----------
    top, ceiling : float
        Highest score, and the sum of everybody's highest: the total if seats were no limit.

    Notes
    -----
    Build with `from_pairs`, or directly when the rows are made in order (large markets). The order
    inside the rows is checked in O(E); that no pair stands in a row twice only by `from_pairs`.

    """

    start: IntArray
    opening: IntArray
    score: FloatArray
    openings: int
    top: float = field(init=False)
    ceiling: float = field(init=False)

    def __post_init__(self) -> None:
        """Refuse what the kernels would misread."""
        _check_types(self)
        _check_rows(self)
        best = self.score[self.start[:-1][self.start[:-1] < self.start[1:]]]
        object.__setattr__(self, "top", float(best.max(initial=0.0)))
        object.__setattr__(self, "ceiling", float(best.sum(dtype=np.float64)))

    @property
    def people(self) -> int:
        """Number of people P, also of those without an edge."""
        return self.start.size - 1

    def degrees(self) -> Int64Array:
        """Number of edges of each opening, (O,); in pieces, for `numpy.bincount` widens the ids."""
        count = np.zeros(self.openings, np.int64)
        for low in range(0, self.opening.size, BLOCK):
            count += np.bincount(self.opening[low : low + BLOCK], minlength=self.openings)
        return count

    def blocks(self) -> Iterator[EdgeBlock]:
        """All people, by so many that their edges are about `BLOCK`; whole rows."""
        for first, last in runs(self.start):
            start = self.start[first : last + 1]
            person = np.repeat(np.arange(first, last), np.diff(start))
            yield EdgeBlock(slice(first, last), slice(int(start[0]), int(start[-1])), person)

    @classmethod
    def from_pairs(
        cls, person: ArrayLike, opening: ArrayLike, score: ArrayLike, persons: int, openings: int
    ) -> Self:
        """Sort loose pairs into rows, and refuse bad ones by the number of their row.

        Parameters
        ----------
        person, opening : integer arrays, shape (E,)
            Ends of each edge, counted from 0.
        score : array, shape (E,)
            Worth of each edge; float32 is kept, everything else becomes float64.
        persons, openings : int
            Sizes P and O of both sides.

        Raises
        ------
        ValueError
            For unequal lengths, ids out of range, scores that are negative, infinite or not a
            number, and pairs given twice. The message names the first such row, counted from 0.

        Notes
        -----
        O(E log E) time, about 60 bytes an edge on the way.

        """
        people, targets = _ids("person", person), _ids("opening", opening)
        scores = np.asarray(score)
        if not people.shape == targets.shape == scores.shape == (people.size,):
            raise ValueError(
                f"person, opening and score must be three lists of one length, "
                f"not of shapes {people.shape}, {targets.shape} and {scores.shape}"
            )
        scores = scores.astype(np.float32 if scores.dtype == np.float32 else np.float64)
        _check_ids("person", people, persons)
        _check_ids("opening", targets, openings)
        _check_scores(scores)
        _check_twice(people, targets, openings)
        order = np.lexsort((targets, -scores, people))
        start = np.zeros(persons + 1, np.int64)
        np.cumsum(np.bincount(people, minlength=persons), out=start[1:])
        return cls(start, targets[order].astype(np.int32), scores[order], openings)


def runs(start: IntArray) -> Iterator[tuple[int, int]]:
    """First and last + 1 row of runs of whole rows, `start` (P + 1,), of about `BLOCK` edges each."""
    cuts = np.searchsorted(start, np.arange(BLOCK, start[-1], BLOCK))
    return pairwise(np.unique(np.concatenate([[0], cuts, [start.size - 1]])).tolist())


def refuse(sentence: str, bad: BoolArray, detail: IntArray | FloatArray | None = None) -> None:
    """Raise a `ValueError` that names the first bad place as ``{0}`` and its content as ``{1}``."""
    if not bad.any():
        return
    place = int(bad.argmax())
    raise ValueError(sentence.format(place, place if detail is None else detail[place]))


def _check_types(edges: Edges) -> None:
    if edges.start.dtype != np.int64 or edges.start.ndim != 1 or edges.start.size == 0:
        raise ValueError("start must be int64 of shape (people + 1,)")
    if edges.opening.dtype != np.int32 or edges.score.dtype not in (np.float32, np.float64):
        raise ValueError("opening must be int32, score float32 or float64")
    if not edges.opening.shape == edges.score.shape == (edges.start[-1],) or edges.start[0] != 0:
        raise ValueError(
            f"start must run from 0 to the number of edges; it runs from {edges.start[0]} to "
            f"{edges.start[-1]}, but opening and score have shapes {edges.opening.shape} and "
            f"{edges.score.shape}"
        )
    refuse("start falls after person {0}; rows must follow each other", np.diff(edges.start) < 0)


def _check_rows(edges: Edges) -> None:
    _check_ids("opening", edges.opening, edges.openings)
    _check_scores(edges.score)
    rises = np.zeros(edges.score.size + 1, np.bool_)
    np.greater(edges.score[1:], edges.score[:-1], out=rises[1:-1])
    rises[edges.start] = False
    refuse("row {0}: the score rises within a person; build with Edges.from_pairs", rises)


def _check_ids(side: str, ids: IntArray, size: int) -> None:
    refuse(
        f"row {{0}}: {side} {{1}} does not exist; ids run from 0 and there are {size}",
        (ids < 0) | (ids >= size),
        ids,
    )


def _check_scores(score: FloatArray) -> None:
    wrong = ~np.isfinite(score) | (score < 0.0)
    refuse("row {0}: score is {1}; it must be a finite number, at least 0", wrong, score)


def _check_twice(person: IntArray, opening: IntArray, openings: int) -> None:
    pair = person * openings + opening
    order = np.argsort(pair, kind="stable")
    twice = np.zeros(pair.size, np.bool_)
    twice[order[1:]] = pair[order[1:]] == pair[order[:-1]]
    if twice.any():
        row = int(twice.argmax())
        raise ValueError(
            f"rows {int((pair == pair[row]).argmax())} and {row}: person {person[row]} and opening "
            f"{opening[row]} are paired twice; keep one"
        )


def _ids(name: str, values: ArrayLike) -> Int64Array:
    ids = np.asarray(values)
    if ids.size and not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"{name} must hold whole numbers, not {ids.dtype}")
    return ids.astype(np.int64)
