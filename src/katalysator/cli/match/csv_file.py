"""Tables in CSV files, whatever separates their cells and whichever encoding Excel gave them."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from katalysator.cli.match.columns import column
from katalysator.cli.match.table import (
    LARGEST_FILE,
    MOST_ROWS,
    Line,
    Table,
    nothing_in_it,
    too_many_rows,
    width,
)
from katalysator.faults import InvalidInput, gettext_noop as _

_SEPARATORS: Final = ",;\t"
_ENOUGH_FOR_A_HEADER: Final = 1 << 16
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def read_csv(path: Path, encoding: str | None, problems: list[InvalidInput]) -> Table:
    """Read a file. Rows with a wrong number of cells are added to `problems` and left out."""
    return csv_table(str(path), path.read_bytes(), encoding, problems)


def csv_table(name: str, data: bytes, encoding: str | None, problems: list[InvalidInput]) -> Table:
    """Read what is in a file, as `read_csv`."""
    text = _decoded(data, encoding)
    separator = _separator(text)
    lines = (line for line in _lines(text, separator) if width(line.cells))
    header = next(lines, None)
    if header is None:
        raise nothing_in_it()
    cells = header.cells[: width(header.cells)]
    table = Table(name, Line(header.number, cells), ())
    kept: list[Line] = []
    for count, line in enumerate(lines):
        if count == MOST_ROWS:
            raise too_many_rows()
        if len(line.cells) < len(cells) or width(line.cells) > len(cells):
            problems.append(table.at(_wrong_count(line, len(cells), separator), line.number))
        else:
            kept.append(Line(line.number, line.cells[: len(cells)]))
    return Table(table.file, table.header, tuple(kept))


def _decoded(data: bytes, encoding: str | None) -> str:
    """The text, as Unicode where it is that; else in the encoding that the user says."""
    found = _marked(data)
    chosen = encoding if encoding and not _is_text(data, found) else found
    try:
        text = data.decode(chosen)
    except UnicodeDecodeError as error:
        raise _unread(data, error) from None
    if "\0" in text:
        raise _unread(data)
    return text.removeprefix(_BYTE_ORDER_MARK)


def _is_text(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _marked(data: bytes) -> str:
    """The encoding that the first bytes tell."""
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"


def _unread(data: bytes, error: UnicodeDecodeError | None = None) -> InvalidInput:
    """The refusal of bytes that are no text: what they are instead tells how to mend it."""
    if error and (b"\0" not in data or error.encoding.startswith("utf-16")):
        return _undecodable(data, error)
    if unmarked := _utf_16_without_mark(data):
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


def _undecodable(data: bytes, error: UnicodeDecodeError) -> InvalidInput:
    line = data[: error.start].decode(error.encoding, "replace").count("\n") + 1
    return InvalidInput(
        "file-encoding",
        _("Byte %(byte)s (number %(number)s of the file) is not %(encoding)s."),
        hint=_("Save the file as “CSV UTF-8”, or tell how it was saved: --encoding cp1252."),
        byte=f"0x{data[error.start]:02X}",
        number=error.start + 1,
        encoding=error.encoding,
    ).at(line)


def _separator(text: str) -> str:
    """The separator under which the header holds most columns that we know, then most columns."""
    start = text[:_ENOUGH_FOR_A_HEADER]

    def columns_found(separator: str) -> tuple[int, int]:
        header = next((line.cells for line in _header(start, separator) if width(line.cells)), ())
        return sum(column(name) is not None for name in header), len(header)

    return max(_SEPARATORS, key=columns_found)


def _header(text: str, separator: str) -> Iterator[Line]:
    """The lines under a separator that may be wrong: quotation marks that do not pair end them."""
    try:
        yield from _lines(text, separator)
    except InvalidInput:
        return


def _lines(text: str, separator: str) -> Iterator[Line]:
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise InvalidInput(
                "file-quotes",
                _("The quotation marks of the row that starts here do not pair up."),
                hint=_(
                    "Put the whole cell between quotation marks, and write those inside it twice."
                ),
            ).at(start) from None
        if cells is None:
            return
        yield Line(start, tuple(cell.strip() for cell in cells))


def _wrong_count(line: Line, wanted: int, separator: str) -> InvalidInput:
    return InvalidInput(
        "row-cells",
        _("This row has %(found)s cells and the header %(wanted)s."),
        hint=_("A cell that holds “%(separator)s” or a new line must be between quotation marks."),
        found=len(line.cells),
        wanted=wanted,
        separator=separator if separator != "\t" else "tab",
    )
