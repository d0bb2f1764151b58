"""Tables in CSV files, whatever separates their cells and whichever encoding Excel gave them."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Final, Self, TextIO

from katalysator.cli.match.columns import column
from katalysator.cli.match.table import (
    MOST_PROBLEMS,
    Line,
    Table,
    check_columns,
    check_rows,
    nothing_in_it,
    width,
)
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.formulas import as_written

_SEPARATORS: Final = ",;\t"
_ENOUGH_FOR_A_HEADER: Final = 1 << 16
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_BLOCK: Final = 1 << 20
_LONGEST_ROW: Final = 1 << 22  # characters, of all its lines


def read_csv(
    path: Path, encoding: str | None, problems: list[InvalidInput], *, name: str = ""
) -> Table:
    """Read a file, called by its `name`. Rows with a wrong number of cells are added to `problems` and left out."""
    chosen = _encoding(path, encoding)
    with _opened(path, chosen) as file:
        separator = _separator(file.read(_ENOUGH_FOR_A_HEADER))
    with _opened(path, chosen) as file:
        return _table(name or str(path), file, separator, problems)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text of a file behind its mark, if it has one."""
    with path.open(encoding=encoding, newline="") as file:
        if file.read(1) != _BYTE_ORDER_MARK:
            file.seek(0)
        yield file


def _table(name: str, file: TextIO, separator: str, problems: list[InvalidInput]) -> Table:
    lines = (line for line in _lines(file, separator) if width(line.cells))
    header = next(lines, None)
    if header is None:
        raise nothing_in_it()
    cells = header.cells[: width(header.cells)]
    check_columns(len(cells))
    table = Table(name, Line(header.number, cells), ())
    kept: list[Line] = []
    for count, line in enumerate(takewhile(lambda _: len(problems) < MOST_PROBLEMS, lines), 1):
        check_rows(count, len(cells))
        if len(line.cells) < len(cells) or width(line.cells) > len(cells):
            problems.append(table.at(_wrong_count(line, len(cells), separator), line.number))
        else:
            kept.append(Line(line.number, line.cells[: len(cells)]))
    return Table(table.file, table.header, tuple(kept))


def _encoding(path: Path, said: str | None) -> str:
    """Unicode where the file is that; else the encoding that the user says. The whole file is tried."""
    with path.open("rb") as file:
        start = file.read(_BLOCK)
    found = _marked(start)
    problem = _no_text(path, start, found)
    if problem and said:
        found, problem = said, _no_text(path, start, said)
    if problem:
        raise problem
    return found


def _marked(data: bytes) -> str:
    """The encoding that the first bytes tell."""
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"


def _no_text(path: Path, start: bytes, encoding: str) -> InvalidInput | None:
    """Why a file that begins so is no text in this encoding. Memory: that of a block."""
    decoder = codecs.getincrementaldecoder(encoding)()
    position, lines = 0, 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            waiting = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                if b"\0" in start and not error.encoding.startswith("utf-16"):
                    return _other_kind(start)
                return _undecodable(error, position - waiting, lines)
            if "\0" in text:
                return _other_kind(start)
            if not block:
                return None
            position, lines = position + len(block), lines + text.count("\n")


def _other_kind(start: bytes) -> InvalidInput:
    """The refusal of bytes that are no text: what they are instead tells how to mend it."""
    if unmarked := _utf_16_without_mark(start):
        return InvalidInput(
            "file-unmarked",
            _("This is not text in UTF-8, but in UTF-16 without a mark."),
            hint=_("Save it as “CSV UTF-8”, or give --encoding %(encoding)s."),
            encoding=unmarked,
        )
    return InvalidInput(
        "file-binary",
        _("This is no table, but a file of another kind."),
        hint=_("Save the table in it as “CSV UTF-8” or as .xlsx."),
    )


def _utf_16_without_mark(data: bytes) -> str:
    """Where every other byte is mostly 0 and the ones between hardly are: which of the two."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if max(first, second) * 4 < len(data) or min(first, second) * 10 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _undecodable(error: UnicodeDecodeError, before: int, lines: int) -> InvalidInput:
    """The refusal of a byte, in a block that stands after so many bytes and lines."""
    data = error.object
    line = data[: error.start].decode(error.encoding, "replace").count("\n") + lines
    return InvalidInput(
        "file-encoding",
        _("Byte %(byte)s (number %(number)s of the file) is not %(encoding)s."),
        hint=_("Save the file as “CSV UTF-8”, or tell how it was saved: --encoding cp1252."),
        byte=f"0x{data[error.start]:02X}",
        number=before + error.start + 1,
        encoding=error.encoding,
    ).at(line)


def _separator(start: str) -> str:
    """The separator under which the header holds most columns that we know, then most columns."""

    def columns_found(separator: str) -> tuple[int, int]:
        header = next((line.cells for line in _header(start, separator) if width(line.cells)), ())
        return sum(column(name) is not None for name in header), len(header)

    return max(_SEPARATORS, key=columns_found)


def _header(text: str, separator: str) -> Iterator[Line]:
    """The lines under a separator that may be wrong: quotation marks that do not pair end them."""
    try:
        yield from _lines(io.StringIO(text, newline=""), separator)
    except InvalidInput:
        return


class _RowFeed:
    """The lines of a file for one row at a time, which together may not be too long."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.left = file, _LONGEST_ROW

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self.file.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise _row_too_long()
        if not line:
            raise StopIteration
        return line


def _lines(file: TextIO, separator: str) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_ROW)
    feed = _RowFeed(file)
    reader = csv.reader(feed, delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _unpaired_quotes().at(start) from None
        except InvalidInput as error:
            raise error.at(start) from None
        if cells is None:
            return
        feed.left = _LONGEST_ROW
        yield Line(start, tuple(as_written(cell).strip() for cell in cells))


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


def _wrong_count(line: Line, wanted: int, separator: str) -> InvalidInput:
    return InvalidInput(
        "row-cells",
        _("This row has %(found)s cells and the header %(wanted)s."),
        hint=_("A cell that holds “%(separator)s” or a new line must be between quotation marks."),
        found=len(line.cells),
        wanted=wanted,
        separator=separator if separator != "\t" else "tab",
    )
