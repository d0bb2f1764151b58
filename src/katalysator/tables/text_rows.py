"""The rows of a text whose cells one separator parts, also where quotation marks do not pair."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self, TextIO

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.formulas import as_written

_LONGEST_ROW: Final = 1 << 22  # characters, of all its lines
_MOST_IN_VAIN: Final = 1 << 25  # characters: quotation marks at random would have us read for ever
_MOST_LINES: Final = 20  # of a row whose quotation marks do not pair


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row with its number, from 1: blank ones count. `mended`: its quotation marks do not pair."""

    number: int
    cells: tuple[str, ...]
    mended: bool = False


def text_rows(file: TextIO, separator: str, usual: int = 0) -> Iterator[TextRow]:
    """The rows of a text, in which most have the `usual` number of cells (0: not known).

    A quotation mark that is never closed would swallow the rows below it. So what does not pair is
    read again as the fewest lines that give the usual number of cells, where a cell ends at a quotation
    mark with a separator behind it; if there are none, as one line.

    Raises InvalidInput at the number of a row that is too long, or where too much does not pair.
    """
    csv.field_size_limit(_LONGEST_ROW)
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=separator != "\t")
    number = 0
    while lines.begin():
        number += 1
        try:
            cells = _strictly(reader)
            mended = cells is None or _has_swallowed(cells, lines, separator, usual)
            if cells is None or mended:
                cells = _loosely(lines, separator, usual)
        except InvalidInput as error:
            raise error.at(number) from None
        yield TextRow(number, _as_typed(cells, lines.taken), mended)


def _as_typed(cells: list[str], lines: list[str]) -> tuple[str, ...]:
    """The cells of these lines without what spreadsheets put there to keep them harmless."""
    if len(lines) > 1:
        cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    if any("'" in line for line in lines):
        cells = [as_written(cell) for cell in cells]
    return tuple([cell.strip() for cell in cells])


class _Lines:
    """The lines of a text, of which those of the row at hand can be given back."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.ahead: deque[str] = deque()
        self.taken: list[str] = []
        self.room = 0
        self.in_vain = 0

    def begin(self) -> bool:
        """Begin a row, if there is one."""
        self.taken.clear()
        self.room = _LONGEST_ROW
        if not self.ahead and (line := self.file.readline(self.room + 1)):
            self.ahead.append(line)
        return bool(self.ahead)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else self.file.readline(self.room + 1)
        self.room -= len(line)
        if self.room < 0:
            raise _row_too_long()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def first(self, count: int) -> str:
        """So many lines of this row, or as many as there are."""
        while len(self.taken) < count and next(self, None):
            pass
        return "".join(self.taken[:count])

    def keep(self, count: int) -> None:
        """Give back the lines that come after so many."""
        given_back = self.taken[count:]
        del self.taken[count:]
        self.ahead.extendleft(reversed(given_back))
        self.in_vain += sum(map(len, given_back))
        if self.in_vain > _MOST_IN_VAIN:
            raise _unpaired_quotes()


def _strictly(reader: Iterator[list[str]]) -> list[str] | None:
    """The cells of the next row, if its quotation marks pair."""
    try:
        return next(reader)
    except csv.Error:
        return None


def _has_swallowed(cells: list[str], lines: _Lines, separator: str, usual: int) -> bool:
    """Whether a row of several lines has an odd number of cells, and its first line the usual one."""
    if len(lines.taken) < 2 or usual < 2 or len(cells) == usual:
        return False
    return len(_split(lines.taken[0], separator) or ()) == usual


def _loosely(lines: _Lines, separator: str, usual: int) -> list[str]:
    """The cells of a row whose quotation marks do not pair."""
    for count in range(1, _MOST_LINES + 1):
        cells = _split(lines.first(count), separator)
        if cells and len(cells) == usual:
            lines.keep(count)
            return cells
        if len(lines.taken) < count:
            break
    lines.keep(1)
    return _split(lines.first(1), separator) or []


def _split(text: str, separator: str) -> list[str] | None:
    """The cells of a text in which a quoted one ends at a mark before a separator. None: it breaks off.

    That is so where a line ends in a cell that is not quoted. Cost: grows with the length.
    """
    text = text.rstrip("\r\n")
    closing = re.compile(f'" *(?={re.escape(separator)}|\\Z)')
    cells: list[str] = []
    place, may_close = 0, True
    while place <= len(text):
        opens = text.startswith('"', place)
        closed = closing.search(text, place + 1) if opens and may_close else None
        may_close = may_close and not (opens and closed is None)
        end = closed.end() if closed else _end(text, separator, place)
        cell = _unquoted(text[place + 1 : closed.start()]) if closed else text[place:end]
        if not closed and ("\n" in cell or "\r" in cell):
            return None
        cells.append(cell)
        place = end + 1
    return cells


def _end(text: str, separator: str, place: int) -> int:
    """Where the cell ends that begins here."""
    found = text.find(separator, place)
    return len(text) if found < 0 else found


def _unquoted(cell: str) -> str:
    return cell.replace('\\"', '"').replace('""', '"')


def _unpaired_quotes() -> InvalidInput:
    return InvalidInput(
        "file-quotes",
        _("The quotation marks of the row that starts here do not pair up."),
        hint=_("Put the whole cell between quotation marks, and write those inside it twice."),
    )


def _row_too_long() -> InvalidInput:
    return InvalidInput(
        "row-long",
        _("The row that starts here has more than %(most)s characters."),
        hint=_("Look whether a quotation mark is missing that should end a cell, or shorten it."),
        most=_LONGEST_ROW,
    )
