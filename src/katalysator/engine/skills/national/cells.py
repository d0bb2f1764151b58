"""What may be told of regions and groups: no figure of fewer than ten people, nor one that follows from the others.

A table of regions by labels stands with its totals. A cell that tells of too few is hidden, with others, until no
hidden cell can be worked out: not from one line, where those hidden together are too few or only one; and not from
lines together, which is where a hidden cell is a bridge of the graph of lines that hidden cells make (Gusfield 1988).

References
----------
.. [1] D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing 17, 1988.
.. [2] L. H. Cox, "Suppression methodology and statistical disclosure control", Journal of the American Statistical
   Association 75, 1980.

"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, Int64Array, IntArray
from katalysator.engine.matching.group_fairness import SMALLEST_GROUP

COUNTS: Final = 3
"""People, those with a seat, and those without."""
_Line = tuple[slice | int, slice | int]


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
    counts = _counted(group, np.zeros_like(group), (size, 1), placed)
    counts = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    hidden = _few(counts)
    _hide_more(counts, hidden)
    return Cells(counts, hidden)


def table_of_cells(
    row: IntArray, column: IntArray, placed: BoolArray, lines: tuple[Cells, Cells]
) -> Cells:
    """People by two groupings, whose own lines are hidden as `lines` have it: what those tell and hide, this does too.

    Cost: linear in the cells for each cell that is hidden.
    """
    rows, columns = (line.counts.shape[1] - 1 for line in lines)
    counts = _with_totals(_counted(row, column, (rows, columns), placed))
    hidden = _few(counts)
    hidden[:, columns] = lines[0].hidden[:, 0]
    hidden[rows, :] = lines[1].hidden[:, 0]
    _hide_more(counts, hidden)
    return Cells(counts, hidden)


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


def _few(counts: Int64Array) -> BoolArray:
    """Cells of which some count is of too few people."""
    few = (counts > 0) & (counts < SMALLEST_GROUP)
    return np.asarray(few.any(axis=0))


def _hide_more(counts: Int64Array, hidden: BoolArray) -> None:
    """Hide cells until nothing that is hidden follows from what is told; totals stay as they are, or all is hidden."""
    while True:
        tried = [_hide_one(counts, hidden, line) for line in _unsafe_lines(counts, hidden)]
        tried = tried or [_hide_one(counts, hidden, line) for line in _bridged(hidden)]
        if not tried:
            return
        if not any(tried):
            hidden[:] = True
            return


def _lines(shape: tuple[int, ...]) -> Iterator[_Line]:
    """Rows and columns of a table without those of its totals; a table of one column has no rows that add up."""
    if shape[1] == 1:
        yield slice(None), 0
        return
    yield from ((row, slice(None)) for row in range(shape[0] - 1))
    yield from ((slice(None), column) for column in range(shape[1] - 1))


def _unsafe_lines(counts: Int64Array, hidden: BoolArray) -> Iterator[_Line]:
    """Lines of which one cell is hidden, or cells of too few people together; each as it is when it is its turn."""
    for line in _lines(hidden.shape):
        mine = hidden[line]
        if mine.sum() == 1:
            yield line
        elif mine.any() and not mine[-1]:
            together = counts[(slice(None), *line)][:, mine].sum(axis=1)
            if ((together > 0) & (together < SMALLEST_GROUP)).any():
                yield line


def _bridged(hidden: BoolArray) -> Iterator[_Line]:
    """A line through each hidden cell that is alone in joining two parts of the table."""
    rows, columns = hidden.shape
    for row, column in _bridges(hidden) if columns > 1 else []:
        if row < rows - 1:
            yield row, slice(None)
        else:
            yield slice(None), column


def _bridges(hidden: BoolArray) -> list[tuple[int, int]]:  # noqa: C901  # one walk
    """Hidden cells that are bridges between rows and columns (Tarjan 1974), without recursion."""
    rows, columns = hidden.shape
    near = [*(np.flatnonzero(each) + rows for each in hidden), *map(np.flatnonzero, hidden.T)]
    found_at, low = np.full(rows + columns, -1), np.zeros(rows + columns, np.int64)
    bridges, clock = [], 0
    for root in range(rows):
        if found_at[root] >= 0:
            continue
        stack = [(root, -1, iter(near[root].tolist()))]
        found_at[root] = low[root] = clock
        clock += 1
        while stack:
            node, parent, others = stack[-1]
            other = next(others, None)
            if other is None:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    if low[node] > found_at[parent]:
                        bridges.append((min(node, parent), max(node, parent) - rows))
            elif found_at[other] < 0:
                found_at[other] = low[other] = clock
                clock += 1
                stack.append((other, node, iter(near[other].tolist())))
            elif other != parent:
                low[node] = min(low[node], found_at[other])
    return bridges


def _hide_one(counts: Int64Array, hidden: BoolArray, line: _Line) -> bool:
    """Hide the smallest cell of a line that is still told and has people; else an empty one; never a total."""
    people, mine = counts[0][line], hidden[line]
    open_ = ~mine
    open_[-1] = False
    if not open_.any():
        return False
    cost = np.where(people > 0, people, np.iinfo(np.int64).max - 1)
    mine[int(np.where(open_, cost, np.iinfo(np.int64).max).argmin())] = True
    return True
