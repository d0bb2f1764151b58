"""A table as it was read from a file: a header and lines of texts, with the place of everything."""

from dataclasses import dataclass
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _

MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 1_000
MOST_CELLS: Final = 25_000_000
LARGEST_FILE: Final = 1 << 30
"""Bytes."""

MOST_PROBLEMS: Final = 10_000
"""After so many a table is read no further: twenty are shown, and they take room."""

TableCell = tuple[int, int]
"""The number of a line, and a place on it that counts from 0."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the number of the line that it starts on, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file below its header; blank rows are left out.

    `letters` says that cells go by a letter and a number, as in a workbook; `unsaved` holds the
    cells (line, place) whose formula was saved without its value; `sheet` is the sheet that was
    read, where there are more.
    """

    file: str
    header: Line
    lines: tuple[Line, ...]
    letters: bool = False
    unsaved: frozenset[TableCell] = frozenset()
    sheet: str = ""

    def at(self, error: InvalidInput, line: int, place: int | None = None) -> InvalidInput:
        """The error, with its file, line and (where there is one) cell put before it."""
        if place is None:
            return error.at(line).at(self.file)
        named = error.at(self.header.cells[place])
        return named.at(f"{_letters(place)}{line}" if self.letters else line).at(self.file)


def width(cells: tuple[str, ...]) -> int:
    """The number of cells up to the last that holds anything."""
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


def check_columns(count: int) -> None:
    """Refuse a table with more columns than a table of listings has."""
    if count > MOST_COLUMNS:
        raise InvalidInput(
            "columns-many",
            _("There are more than %(most)s columns."),
            hint=_("Leave out the columns that are not needed: the first row names them."),
            most=MOST_COLUMNS,
        )


def check_rows(count: int, columns: int) -> None:
    """Refuse a table that is too long, or that holds more cells than fit in memory."""
    if count > MOST_ROWS:
        raise _too_many_rows()
    if count * columns > MOST_CELLS:
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
    """The refusal of a table without a header."""
    return InvalidInput(
        "file-empty",
        _("There is nothing in it."),
        hint=_("The first line names the columns, such as id, title, text, region."),
    )


def nothing_under_it() -> InvalidInput:
    """The refusal of a table with a header and nothing else."""
    return InvalidInput(
        "rows-none",
        _("There is no row under the header."),
        hint=_("Put the needs or offers below it, a row each."),
    )


def _letters(place: int) -> str:
    """The name of a column in a workbook: A to Z, then AA."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
