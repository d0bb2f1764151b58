"""A table as it stands in a sheet: a header, the lines below it, and the place of everything."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _
from katalysator.tables.grid import letters

Reason = Literal["above", "again", "total", "group", "note", "struck", "kind"]
"""Why a row is no line: above the header, the header again, a total, the name of a group, a note, crossed out,
or of another kind than is asked for."""
WHY_NO_LINE: Final[Mapping[Reason, str]] = {
    "above": _("above the header"),
    "again": _("the header again"),
    "total": _("totals"),
    "group": _("names of groups"),
    "note": _("notes under the table"),
    "struck": _("crossed out"),
    "kind": _("of the other kind"),
}
"""The same in words of the catalogue."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, and as many cells as the table has columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoLine:
    """A row that was not taken for one of the table's, and why."""

    line: Line
    reason: Reason


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a sheet below its header.

    Parameters
    ----------
    file, sheet
        Where it stands; `sheet` is empty where the file has none.
    header
        The names of the columns, empty where a column has none.
    lines
        The rows that are records; they may still lack what a record must say.
    no_lines
        All other rows that hold anything.
    letters
        Whether cells go by a letter and a number, as in a workbook.
    unsaved
        The cells (number of the line, column) whose formula was saved without its value.
    mended
        The numbers of lines whose quotation marks do not pair: read as well as can be.
    hidden
        The numbers of lines that the keeper has hidden.
    hidden_sheets
        The names of the sheets of this workbook that are hidden, and were not read.
    encoding
        How a text file was read; empty for others.

    """

    file: str
    header: Line
    lines: tuple[Line, ...]
    no_lines: tuple[NoLine, ...] = ()
    sheet: str = ""
    letters: bool = False
    unsaved: frozenset[tuple[int, int]] = frozenset()
    mended: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_sheets: tuple[str, ...] = ()
    encoding: str = ""

    @property
    def notes(self) -> Iterator[KatalysatorError]:
        """What the keeper may not expect of how the file was read."""
        if hidden := [line.number for line in self.lines if line.number in self.hidden]:
            told = _("Hidden rows were read too: lines %(lines)s.")
            hint = _("Do they not count? Then take them out.")
            yield KatalysatorError("rows-hidden", told, hint=hint, lines=few(hidden))
        if self.hidden_sheets:
            told = _("Hidden sheets were not read: %(sheets)s.")
            hint = _("Do they count? Then show them, and save the file.")
            yield KatalysatorError("sheets-hidden", told, hint=hint, sheets=self.hidden_sheets)
        if self.encoding and not self.encoding.startswith("utf"):
            told = _("The letters were read as %(encoding)s.")
            hint = _("Do they look wrong? Then save the file as “CSV UTF-8”.")
            yield KatalysatorError("letters-guessed", told, hint=hint, encoding=self.encoding)

    def at(self, error: InvalidInput, line: int, column: int | None = None) -> InvalidInput:
        """The error, with its file, sheet, line and (where there is one) cell put before it."""
        if column is None:
            return self._in_file(error.at(line))
        name = self.header.cells[column]
        named = error.at(name) if name else error
        return self._in_file(named.at(f"{letters(column)}{line}" if self.letters else line))

    def without(self, other: Container[int], reason: Reason) -> "Table":
        """The same without the lines of these numbers, which are none for this reason."""
        left = (NoLine(line, reason) for line in self.lines if line.number in other)
        return replace(
            self,
            lines=tuple(line for line in self.lines if line.number not in other),
            no_lines=(*self.no_lines, *left),
        )

    def column(self, place: int) -> list[str]:
        """The cells of a column, from the first line to the last."""
        return [line.cells[place] for line in self.lines]

    def _in_file(self, error: InvalidInput) -> InvalidInput:
        return (error.at(self.sheet) if self.sheet else error).at(self.file)


def few(places: Sequence[object], most: int = 12) -> tuple[str, ...]:
    """The first places as they are shown, and a sign where there are more."""
    return (*map(str, places[:most]), *(("…",) if len(places) > most else ()))


def filled(cells: Sequence[str]) -> int:
    """The number of cells that hold anything."""
    return len(cells) - cells.count("")
