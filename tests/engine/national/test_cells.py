"""What is told of regions and groups gives nobody away."""

import numpy as np
from hypothesis import given, strategies as st
from scipy.optimize import linprog

from katalysator.engine.arrays import BoolArray, Int64Array
from katalysator.engine.matching import SMALLEST_GROUP
from katalysator.engine.skills.national.cells import Cells, line_of_cells, table_of_cells
from tests.examples import examples


def people_of(counts: Int64Array) -> tuple[Int64Array, Int64Array, BoolArray]:
    """Rows, columns and seats of people, of whom so many are in each cell, (rows, columns, 2)."""
    row, column, seat = (
        each.ravel() for each in np.meshgrid(*map(np.arange, counts.shape), indexing="ij")
    )
    return tuple(np.repeat(each, counts.ravel()) for each in (row, column, seat == 1))  # type: ignore[return-value]


def told(counts: Int64Array) -> tuple[Cells, Cells, Cells]:
    """The line of rows, that of columns, and the table."""
    row, column, placed = people_of(counts)
    lines = (
        line_of_cells(row, counts.shape[0], placed),
        line_of_cells(column, counts.shape[1], placed),
    )
    return *lines, table_of_cells(row, column, placed, lines)


def span(cells: Cells, count: int) -> list[tuple[int, float, float]]:
    """The least and the most that each hidden cell may be, as anybody can work out who reads the table."""
    table, hidden = cells.counts[count], cells.hidden
    rows, columns = table.shape
    sums = [[(row, column) for column in range(columns)] for row in range(rows)]
    sums += [[(row, column) for row in range(rows)] for column in range(columns)]
    if columns == 1:
        sums = sums[rows:]
    equal, known = [], []
    for line in sums:
        terms = np.zeros(hidden.shape)
        for place, cell in enumerate(line):
            terms[cell] = 1.0 if place < len(line) - 1 else -1.0
        equal.append(terms[hidden])
        known.append(-(terms * table)[~hidden].sum())
    found = []
    for place, true in enumerate(table[hidden].tolist()):
        wanted = np.zeros(int(hidden.sum()))
        wanted[place] = 1.0
        low, high = (
            linprog(sign * wanted, A_eq=np.array(equal), b_eq=known, method="highs")
            for sign in (1, -1)
        )
        found.append(
            (true, float(low.fun or 0.0), np.inf if high.status == 3 else -float(high.fun or 0.0))
        )
    return found


shapes = st.tuples(st.integers(1, 5), st.integers(2, 5))


@st.composite
def tables(draw: st.DrawFn) -> Int64Array:
    """People by region, group and seat, many cells small."""
    rows, columns = draw(shapes)
    some = st.one_of(st.integers(0, 12), st.integers(0, 60))
    size = rows * columns * 2
    drawn = draw(st.lists(some, min_size=size, max_size=size))
    return np.array(drawn, np.int64).reshape(rows, columns, 2)


@given(tables())
@examples(120)
def test_no_small_cell_can_be_worked_out(counts: Int64Array) -> None:
    for cells in told(counts):
        for count in range(3):
            if not cells.hidden.any():
                continue
            for true, low, high in span(cells, count):
                assert not 0 < true < SMALLEST_GROUP or high - low > 0.5, (counts, cells)


@given(tables())
@examples(120)
def test_what_is_told_is_never_of_few_people(counts: Int64Array) -> None:
    for cells in told(counts):
        shown = cells.counts[:, ~cells.hidden]
        assert not ((shown > 0) & (shown < SMALLEST_GROUP)).any()


@given(tables())
@examples(60)
def test_a_table_tells_no_total_that_its_lines_hide(counts: Int64Array) -> None:
    rows, columns, table = told(counts)
    assert not (~table.hidden[:, -1] & rows.hidden[:, 0])[:-1].any()
    assert not (~table.hidden[-1] & columns.hidden[:, 0])[:-1].any()


def test_nothing_is_hidden_without_need() -> None:
    _, _, table = told(np.full((3, 4, 2), 50))
    assert not table.hidden.any()


def test_one_small_cell_takes_three_others_along() -> None:
    counts = np.full((3, 4, 2), 50)
    counts[1, 2] = 2, 3
    _, _, table = told(counts)
    assert table.hidden[1, 2]
    assert table.hidden[:-1, :-1].sum() == 4
    assert not table.hidden[-1].any()
    assert not table.hidden[:, -1].any()
