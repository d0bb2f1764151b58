"""The cells of one sheet as they stand in a file, before anything is understood of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _

MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 1_000
MOST_CELLS: Final = 25_000_000
LARGEST_FILE: Final = 1 << 30
"""Bytes."""

MergedCells = tuple[int, int, int, int]
"""First row, first column, last row, last column: counted from 0, the last ones included."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows as texts, one for each cell, as one would type them.

    Parameters
    ----------
    file
        What the file goes by in a report.
    rows
        The rows that hold anything, each as long as it was written.
    numbers
        The number of each row as a spreadsheet shows it, from 1: rows that hold nothing count.
    sheet
        The name of the sheet; empty for files that have none.
    letters
        Whether cells go by a letter and a number, as in a workbook.
    merged
        Areas that are one cell, which holds its value at the upper left; rows are places in `rows`.
    struck
        Places in `rows` of those whose cells are all crossed out.
    unsaved
        The cells (place in `rows`, column) whose formula was saved without its value.
    hidden
        Places in `rows` of those that the keeper has hidden, by a filter for instance.
    mended
        Places in `rows` of those whose quotation marks do not pair: read as well as can be.
    hidden_sheets
        The names of the sheets of this workbook that are hidden, and were not read.
    encoding, separator
        How a text file was read; empty for others.

    """

    file: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    sheet: str = ""
    letters: bool = False
    merged: tuple[MergedCells, ...] = ()
    struck: frozenset[int] = frozenset()
    unsaved: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    mended: frozenset[int] = frozenset()
    hidden_sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""


def letters(place: int) -> str:
    """The name of a column in a workbook, counted from 0: A to Z, then AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def width(cells: Sequence[str]) -> int:
    """The number of cells up to the last that holds anything."""
    size = len(cells)
    while size and not cells[size - 1]:
        size -= 1
    return size


def check_columns(count: int) -> None:
    """Refuse a table with more columns than a table of listings has."""
    if count > MOST_COLUMNS:
        raise InvalidInput(
            "columns-many",
            _("There are more than %(most)s columns."),
            hint=_("Leave out the columns that are not needed: the first row names them."),
            most=MOST_COLUMNS,
        )


def check_rows(count: int, cells: int) -> None:
    """Refuse a table that is too long, or that holds more cells than fit in memory."""
    if count > MOST_ROWS:
        raise _too_many_rows()
    if cells > MOST_CELLS:
        raise InvalidInput(
            "cells-many",
            _("There are more than %(most)s cells."),
            hint=_("Leave out the columns that are not needed, or split the table."),
            most=MOST_CELLS,
        )


def _too_many_rows() -> InvalidInput:
    return InvalidInput(
        "rows-many",
        _("There are more than %(most)s rows."),
        hint=_("Split the table, by market for instance, and match the parts in turn."),
        most=MOST_ROWS,
    )


def nothing_in_it() -> InvalidInput:
    """The refusal of a file without a row."""
    return InvalidInput(
        "file-empty",
        _("There is nothing in it."),
        hint=_("The first line names the columns, such as id, title, text, region."),
    )
