"""A walk through one part of a workbook: what no program writes ends it, what readers do not tell is kept."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Final
from xml.parsers import expat

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.cell_styles import CellStyles
from katalysator.tables.grid import MOST_CELLS

_MOST_ROWS: Final = 1_048_576  # of a sheet
_MOST_COLUMNS: Final = 16_384  # of a sheet: up to XFD
_MOST_TEXTS: Final = 2_000_000
_MOST_TAGS: Final = 250_000  # of a part that is read as one piece, such as the styles
_BLOCKS_OF_ONE_TAG: Final = 32  # 2 MB: no cell holds a text of that length
_LETTERS: Final = re.compile("[A-Z]{1,3}")
_NUMBERS: Final = (None, "n")


@dataclass(slots=True)
class SheetMarks:
    """What a sheet tells beside the values of its cells; rows and columns are counted from 1.

    Of each row `formulas` has the columns with a formula that may lack its value, `percents` those that
    show a percentage, and `errors` the errors that cells show. `struck` are the rows of which every filled
    cell is crossed out. `rows` and `columns` are those up to the last that holds a value; `is_whole` says
    that it is XML to its end.
    """

    formulas: dict[int, list[int]] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    percents: dict[int, list[int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0
    is_whole: bool = True


def broken() -> InvalidInput:
    """The refusal of a file that cannot be read."""
    return InvalidInput(
        "file-workbook",
        _("This is not a workbook that can be read."),
        hint=_("Open it in a spreadsheet program and save it as .xlsx, without a password."),
    )


class PartWalk:
    """A walk through one part. What is no XML ends it: a picture, or a part that was cut off.

    Parameters
    ----------
    styles
        The styles of cells that change what they say.

    """

    def __init__(self, styles: CellStyles) -> None:
        self.marks = SheetMarks()
        self.styles = styles
        self.plain_rows: set[int] = set()
        self.tags = self.row = self.column = 0
        self.row_text = ""
        self.most = _MOST_TAGS
        self.style = ""
        self.type: str | None = None
        self.meanings: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula,
            "row": self._row,
        }
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._first
        self.parser.StartDoctypeDeclHandler = self._declares

    def through(self, blocks: Iterable[bytes]) -> SheetMarks:
        """Walk. Raises InvalidInput where something is too much."""
        silent, seen = 0, 0
        try:
            for block in blocks:
                self.parser.Parse(block)
                silent, seen = (silent + 1, seen) if self.tags == seen else (0, self.tags)
                if silent > _BLOCKS_OF_ONE_TAG:
                    raise broken()
            self.parser.Parse(b"", True)
        except expat.ExpatError:
            self.marks.is_whole = False
        self.marks.struck -= self.plain_rows
        return self.marks

    def _declares(self, *_: object) -> None:
        raise broken()

    def _first(self, name: str, _given: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.most = {"worksheet": 4 * MOST_CELLS, "sst": 4 * _MOST_TEXTS}.get(kind, _MOST_TAGS)
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.tags += 1
        if self.tags > self.most:
            raise broken()
        meaning = self.meanings.get(name)
        if meaning is None and ":" in name:
            meaning = self.meanings.get(name.rpartition(":")[2])
        if self.type == "e":  # a tag behind the error of a cell, whose text has been read
            self.parser.CharacterDataHandler = None
        if meaning:
            meaning(given)

    def _row(self, given: dict[str, str]) -> None:
        """Rows have rising numbers."""
        number = given.get("r")
        before, self.row = self.row, self.row + 1
        if number is not None:
            self.row = int(number) if number.isdecimal() and len(number) < 8 else 0
        self.column = 0
        self.row_text = str(self.row)
        if not before < self.row <= _MOST_ROWS:
            raise broken()
        if given.get("hidden") in ("1", "true"):
            self.marks.hidden.add(self.row)

    def _cell(self, given: dict[str, str]) -> None:
        """Cells stand in their row, in rising columns."""
        place = given.get("r")
        before, self.column = self.column, self.column + 1
        if place is not None:
            self.column = _column(place.removesuffix(self.row_text))
        if not before < self.column <= _MOST_COLUMNS:
            raise broken()
        self.type, self.style = given.get("t"), given.get("s", "")

    def _value(self, _given: dict[str, str]) -> None:
        """The cell at hand is filled."""
        marks = self.marks
        marks.rows = self.row
        if self.column > marks.columns:
            marks.columns = self.column
        if self.style in self.styles.percent and self.type in _NUMBERS:
            marks.percents.setdefault(self.row, []).append(self.column)
        if self.styles.struck:
            is_struck = self.style in self.styles.struck
            (marks.struck if is_struck else self.plain_rows).add(self.row)
        if self.type == "e":
            self.parser.CharacterDataHandler = self._error

    def _formula(self, _given: dict[str, str]) -> None:
        if self.type in _NUMBERS:
            self.marks.formulas.setdefault(self.row, []).append(self.column)

    def _error(self, text: str) -> None:
        """Part of an error: its text may come in pieces, with spaces before the next tag."""
        errors = self.marks.errors.setdefault(self.row, {})
        errors[self.column] = errors.get(self.column, "") + text.strip()


@cache
def _column(letters: str) -> int:
    """The number of a column from A, which is 1, to ZZZ; 0 for what is none."""
    if not _LETTERS.fullmatch(letters):
        return 0
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters, 0)
