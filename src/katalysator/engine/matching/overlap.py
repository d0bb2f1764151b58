"""Sets of labels of both sides, compared for many pairs at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching.profiles import Labels

Both = tuple[FloatArray, FloatArray]


_SMALL = 4_096  # pairs of distinct sets that are compared beforehand


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """What the sets of labels of the two sides have in common.

    `size` and `whose`: labels in each distinct set, and which set is whose, for both sides. `common`
    counts what the sets of some pairs share.
    """

    size: tuple[FloatArray, FloatArray]
    whose: tuple[Rows, Rows]
    common: Callable[[Rows, Rows], FloatArray]

    @classmethod
    def of(cls, mine: Sequence[Labels], theirs: Sequence[Labels]) -> "Overlap":
        """Labels that are the same or not. Cost: one pass over each side."""
        (some, whose), (others, of_whom) = _distinct(mine), _distinct(theirs)
        return cls((_sizes(some), _sizes(others)), (whose, of_whom), _common(some, others))

    @classmethod
    def of_regions(cls, mine: Sequence[Labels], theirs: Sequence[Labels]) -> "Overlap":
        """Labels that hold each other where one begins with the other: NL holds NL31.

        The region of one side meets what begins that of the other: each is written down twice, with
        its beginnings on one side and with a sign behind it on the other.
        """
        (some, whose), (others, of_whom) = _distinct(mine), _distinct(theirs)
        asked = [labels | {f"{start}*" for start in _beginnings(labels)} for labels in some]
        given = [_beginnings(labels) | {f"{label}*" for label in labels} for labels in others]
        return cls((_sizes(some), _sizes(others)), (whose, of_whom), _common(asked, given))

    def shares(self, need: Rows, offer: Rows, *, unstated: float) -> Both:
        """Share of each side's labels that the other names; `unstated` where one names none."""
        mine, theirs = self.whose[0][need], self.whose[1][offer]
        size, other_size = self.size[0][mine], self.size[1][theirs]
        common = self.common(mine, theirs)
        stated = (size > 0) & (other_size > 0)
        return (
            np.divide(common, size, out=np.full(len(need), unstated), where=stated),
            np.divide(common, other_size, out=np.full(len(need), unstated), where=stated),
        )

    def any(self, need: Rows, offer: Rows, *, unstated: float) -> FloatArray:
        """1 where there is anything in common, else 0; `unstated` where one side names none."""
        mine, theirs = self.whose[0][need], self.whose[1][offer]
        stated = (self.size[0][mine] > 0) & (self.size[1][theirs] > 0)
        return np.where(stated, self.common(mine, theirs) > 0, unstated)


def _distinct(sets: Sequence[Labels]) -> tuple[list[Labels], Rows]:
    number: dict[Labels, int] = {}
    whose = [number.setdefault(labels, len(number)) for labels in sets]
    return list(number), np.array(whose, np.intp)


def _sizes(sets: Sequence[Labels]) -> FloatArray:
    return np.array([len(labels) for labels in sets], np.float64)


def _common(some: Sequence[Labels], others: Sequence[Labels]) -> Callable[[Rows, Rows], FloatArray]:
    """Counts pair by pair: looked up where there are few distinct sets, else of sparse rows."""
    if len(some) * len(others) <= _SMALL:
        counts = [[len(labels & given) for given in others] for labels in some]
        table = np.array(counts, np.float64).reshape(len(some), len(others))
        return lambda mine, theirs: table[mine, theirs]
    number = {label: n for n, label in enumerate(frozenset().union(*some, *others))}
    left, right = _holds(some, number), _holds(others, number)
    return lambda mine, theirs: np.asarray(left[mine].multiply(right[theirs]).sum(axis=1)).ravel()


def _holds(sets: Sequence[Labels], number: dict[str, int]) -> sparse.csr_matrix:
    """Sets as rows of ones."""
    start = np.cumsum([0, *map(len, sets)])
    column = np.array([number[label] for labels in sets for label in labels], np.int32)
    shape = (len(sets), max(1, len(number)))
    return sparse.csr_matrix((np.ones(len(column)), column, start), shape=shape)


def _beginnings(labels: Labels) -> Labels:
    return frozenset(label[:end] for label in labels for end in range(1, len(label) + 1))
