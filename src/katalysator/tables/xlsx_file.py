"""Tables in Excel workbooks: the values of every sheet that is shown, never its formulas.

The reader is calamine: it takes a quarter of the time of openpyxl, and less memory. It tells no errors of
cells, formulas without a value, hidden rows or crossed-out text: those come from the walk of
`workbook_check`, which has to pass over everything anyway.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import chain, repeat
from math import isfinite
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from katalysator.faults import InvalidInput
from katalysator.tables.grid import (
    Grid,
    MergedCells,
    check_columns,
    check_rows,
    nothing_in_it,
    width,
)
from katalysator.tables.part_walk import SheetMarks, broken
from katalysator.tables.workbook_check import check_workbook

_Row = tuple[str, ...]


def read_xlsx(path: Path, name: str) -> tuple[Grid, ...]:
    """Read the sheets of a workbook that are shown and hold anything, each as a grid.

    Raises InvalidInput where it is no workbook, holds nothing, or is too large.
    """
    try:
        marks = check_workbook(path)
        with CalamineWorkbook.from_path(path) as book:
            grids = tuple(_grids(book, marks, name))
    except InvalidInput:
        raise
    except BaseException as error:
        if _is_of_reader(error):
            raise broken() from None
        raise
    if not grids:
        raise nothing_in_it()
    return grids


def _is_of_reader(error: BaseException) -> bool:
    """Whether a broken workbook made the reader raise this: it panics outside of `Exception`."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _grids(book: CalamineWorkbook, marks: list[SheetMarks], name: str) -> Iterator[Grid]:
    sheets = book.sheets_metadata
    hidden = tuple(sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible)
    if len(sheets) != len(marks):
        raise broken()
    for place, (sheet, told) in enumerate(zip(sheets, marks, strict=True)):
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        check_columns(told.columns)
        check_rows(0, told.rows * told.columns)
        grid = _grid(name, book.get_sheet_by_index(place), told, hidden)
        if grid.rows:
            yield grid


def _grid(name: str, sheet: CalamineSheet, told: SheetMarks, hidden: tuple[str, ...]) -> Grid:
    kept: dict[int, _Row] = {}
    unsaved: list[tuple[int, int]] = []
    for number, cells in _numbered(sheet, told):
        lost = [column for column in told.formulas.get(number, ()) if _lacks(cells, column)]
        if lost or any(cells):
            unsaved += [(len(kept), column - 1) for column in lost]
            kept[number] = cells[: width(cells)]
    check_rows(len(kept), 0)
    return Grid(
        name,
        tuple(kept.values()),
        tuple(kept),
        sheet=sheet.name,
        letters=True,
        merged=tuple(_merged(sheet.merged_cell_ranges or (), list(kept))),
        struck=_places(told.struck, kept),
        unsaved=frozenset(unsaved),
        hidden=_places(told.hidden, kept),
        hidden_sheets=hidden,
    )


def _numbered(sheet: CalamineSheet, told: SheetMarks) -> Iterator[tuple[int, _Row]]:
    """The rows from the first to the last of which anything is known, with their numbers."""
    last = max((told.rows, *told.formulas))
    rows = chain(sheet.iter_rows(), repeat(()))  # from row 1 on, but from the first filled column
    before = [""] * (sheet.start or (0, 0))[1]
    for number, values in zip(range(1, last + 1), rows, strict=False):
        cells = [*before, *map(_text, values)]
        for column in told.percents.get(number, ()):
            cells[column - 1 : column] = map(_percentage, cells[column - 1 : column])
        for column, error in told.errors.get(number, {}).items():
            cells[column - 1 :] = [error, *cells[column:]]
        yield number, tuple(cells)


def _lacks(cells: _Row, column: int) -> bool:
    return len(cells) < column or not cells[column - 1]


def _places(numbers: set[int], kept: dict[int, _Row]) -> frozenset[int]:
    """The places of the rows with these numbers."""
    if not numbers:
        return frozenset()
    return frozenset(place for place, number in enumerate(kept) if number in numbers)


def _merged(
    areas: Sequence[tuple[tuple[int, int], tuple[int, int]]], numbers: list[int]
) -> Iterator[MergedCells]:
    """The merged areas in places among the rows kept; those that hold nothing are left out."""
    for (top, left), (bottom, right) in areas:
        first, behind = bisect_left(numbers, top + 1), bisect_left(numbers, bottom + 2)
        if first < behind and numbers[first] == top + 1:
            yield first, left, behind - 1, right


def _text(value: object) -> str:
    """A value as one would type it."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    return _moment(value)


def _number(value: float) -> str:
    if not isfinite(value):  # more digits than any program writes
        raise broken()
    return f"{value:.15g}"


def _percentage(number: str) -> str:
    """A number as the percentage that the sheet shows: 0.125 is 12.5%."""
    try:
        return f"{float(number) * 100:.12g}%"
    except ValueError:  # no value was saved, or it is a day as well
        return number


def _moment(value: object) -> str:
    """A date, a time or a length of time; a whole number if it is none of these."""
    if isinstance(value, datetime):
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return str(value)
