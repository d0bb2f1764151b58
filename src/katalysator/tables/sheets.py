"""The sheet of a file that holds what is asked for, with its table found in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import SheetOf
from katalysator.tables.grid import Grid
from katalysator.tables.header import no_table, table_of
from katalysator.tables.names import likeness, words
from katalysator.tables.reading import read_grids
from katalysator.tables.recognition import name_likeness, recognise
from katalysator.tables.table import Table


def open_table(
    source: Path | BinaryIO,
    of: SheetOf,
    *,
    name: str = "",
    encoding: str | None = None,
    sheet: str = "",
) -> Table:
    """Read a file, and find the table that holds what is asked for.

    Parameters
    ----------
    source
        A file of text, a workbook, or one of columns; a stream is read to its end.
    of
        What the table holds: of several sheets the one that is called so, then the one of which most
        columns are known, then the first.
    name
        What the file goes by in a report; its own name where it has one.
    encoding
        That of a text file, where it is not found out by itself.
    sheet
        The name of the sheet to take.

    Raises
    ------
    InvalidInput
        Where the file cannot be read, or holds no such table.

    """
    grids = read_grids(source, name=name, encoding=encoding)
    return chosen(grids, of, sheet=sheet)


def chosen(grids: Sequence[Grid], of: SheetOf, *, sheet: str = "") -> Table:
    """The table that holds what is asked for, among all sheets of a file."""
    if sheet:
        return _table(_named(grids, sheet), of)
    tables = [table for grid in grids if (table := _tried(grid, of)) and table.lines]
    if not tables:
        raise _why_none(grids, of)
    return tables[0] if len(tables) == 1 else max(tables, key=lambda table: _likeness(table, of))


def _likeness(table: Table, of: SheetOf) -> tuple[float, int]:
    """How surely a table is the one: by the name of its sheet, then by the columns that are known."""
    fields = {use.field for use in recognise(table, of).uses if use.by == "name"}
    says_it = bool(fields & set(of.says))
    return likeness(table.sheet, of.names) + says_it, len(fields)


def _table(grid: Grid, of: SheetOf) -> Table:
    return table_of(grid, lambda text: name_likeness(of, text))


def _tried(grid: Grid, of: SheetOf) -> Table | None:
    try:
        return _table(grid, of)
    except InvalidInput:
        return None


def _named(grids: Sequence[Grid], sheet: str) -> Grid:
    for grid in grids:
        if words(grid.sheet) == words(sheet):
            return grid
    raise InvalidInput(
        "sheet-missing",
        _("There is no sheet “%(sheet)s” that holds anything."),
        hint=_("The sheets are: %(sheets)s."),
        sheet=sheet,
        sheets=tuple(grid.sheet for grid in grids),
    ).at(grids[0].file if grids else "")


def _why_none(grids: Sequence[Grid], of: SheetOf) -> InvalidInput:
    """Why there is no table: what is wrong with the only sheet, or that all hold nothing below a header."""
    if len(grids) == 1:
        table = _table(grids[0], of)
        return table.at(nothing_under_it(), table.header.number)
    return no_table().at(grids[0].file)


def nothing_under_it() -> InvalidInput:
    """The refusal of a table with a header and nothing else."""
    return InvalidInput(
        "rows-none",
        _("There is no row under the header."),
        hint=_("Put the needs or offers below it, a row each."),
    )
