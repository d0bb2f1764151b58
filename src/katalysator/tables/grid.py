"""The cells of one sheet as they stand in a file, before anything is understood of them."""

from dataclasses import dataclass
from typing import Final

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
    encoding: str = ""
    separator: str = ""


def letters(place: int) -> str:
    """The name of a column in a workbook, counted from 0: A to Z, then AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
