"""What may be told of regions and groups: a table with its totals, of which cells are hidden until no small one follows.

What is hidden, `engine.skills.suppression` finds: a cell with its people, those with a seat and those without is told whole or
not at all, and what the told cells of a line leave of its total is never of few people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, Int64Array, IntArray
from katalysator.engine.skills.suppression import told_sums

COUNTS: Final = 3
"""People, those with a seat, and those without."""
OF_SEATS: Final = np.array([[1, 1], [1, 0], [0, 1]], bool)
"""Which of those with and without a seat each of the counts counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """People by R rows and C columns, with totals in a last row and column.

    Parameters
    ----------
    counts : int64 array, (3, R + 1, C + 1)
        People, those with a seat, and those without.
    hidden : bool array, (R + 1, C + 1)
        What is not told.

    """

    counts: Int64Array
    hidden: BoolArray


def line_of_cells(group: IntArray, size: int, placed: BoolArray) -> Cells:
    """One line: people by group, (P,) from 0 to ``size - 1``, and in all; a table of one column, without its total."""
    inner = _counted(group, np.zeros_like(group), (size, 1), placed)
    counts = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)
    shown = np.ones((size + 1, 1), np.bool_)
    return Cells(counts, ~_told(counts, shown, and_total(size), np.zeros_like(shown)))


def table_of_cells(
    row: IntArray, column: IntArray, placed: BoolArray, lines: tuple[Cells, Cells]
) -> Cells:
    """People by two groupings, whose own lines are hidden as `lines` have it: what those tell and hide, this does too.

    Cost: see `told_sums`, with the cells that are not told, and the lines.
    """
    rows, columns = (line.counts.shape[1] - 1 for line in lines)
    counts = _with_totals(_counted(row, column, (rows, columns), placed))
    shown = np.ones((rows + 1, columns + 1), np.bool_)
    shown[:, columns] = ~lines[0].hidden[:, 0]
    shown[rows, :] = ~lines[1].hidden[:, 0]
    fixed = shown.copy()
    fixed[:rows, :columns] = False
    members = sparse.kron(and_total(rows), and_total(columns), format="csr")
    return Cells(counts, ~_told(counts, shown, members, fixed))


def _told(
    counts: Int64Array, shown: BoolArray, members: sparse.csr_array, fixed: BoolArray
) -> BoolArray:
    """Which of the cells that are shown may be told; `members` says which inner cells each cell counts."""
    parts = sparse.csr_array(sparse.kron(members, OF_SEATS, format="csr"))
    people, mine = counts.reshape(COUNTS, -1).T.ravel(), np.repeat(shown.ravel(), COUNTS)
    number = np.repeat(np.arange(shown.size), COUNTS)
    told = told_sums(
        parts[mine],
        people[mine],
        parts[~mine],
        people[~mine],
        [*_wholes(shown)],
        together=number[mine],
        fixed=np.repeat(fixed.ravel(), COUNTS)[mine],
    )
    found = np.zeros(shown.size, np.bool_)
    found[number[mine][told]] = True
    return found.reshape(shown.shape)


def _wholes(shown: BoolArray) -> Iterator[tuple[int, list[int]]]:
    """The sum in each told total, and those in the cells of its line, by their place among what is shown."""
    place = np.cumsum(shown.ravel()).reshape(shown.shape) - 1
    rows, columns = shown.shape
    lines = [(slice(None, rows - 1), column) for column in range(max(columns - 1, 1))]
    for line in lines:
        yield from _of_line(place[line], place[rows - 1, line[1]], shown[rows - 1, line[1]])
    for row in range(rows - 1 if columns > 1 else 0):
        yield from _of_line(place[row, :-1], place[row, -1], shown[row, -1])


def _of_line(cells: IntArray, total: int, is_told: bool) -> Iterator[tuple[int, list[int]]]:
    for count in range(COUNTS if is_told else 0):
        yield int(total) * COUNTS + count, (cells * COUNTS + count).tolist()


def and_total(size: int) -> sparse.csr_array:
    """Each of so many by itself, and all of them."""
    each, every = sparse.eye_array(size, format="csr"), sparse.csr_array(np.ones((1, size)))
    return sparse.csr_array(sparse.vstack([each, every]))


def _counted(
    row: IntArray, column: IntArray, shape: tuple[int, int], placed: BoolArray
) -> Int64Array:
    cell, size = row.astype(np.int64) * shape[1] + column, shape[0] * shape[1]
    people = np.bincount(cell, minlength=size)
    seated = np.bincount(cell[placed], minlength=size)
    return np.stack([people, seated, people - seated]).reshape(COUNTS, *shape)


def _with_totals(inner: Int64Array) -> Int64Array:
    across = np.concatenate([inner, inner.sum(axis=2, keepdims=True)], axis=2)
    return np.concatenate([across, across.sum(axis=1, keepdims=True)], axis=1)
