"""Tables in text files: CSV, whatever separates its cells and whichever encoding Excel gave it."""

from pathlib import Path
from typing import TextIO

from katalysator.tables.encodings import TextEncoding, encoding_of
from katalysator.tables.grid import (
    MOST_COLUMNS,
    Grid,
    check_columns,
    check_rows,
    nothing_in_it,
    width,
)
from katalysator.tables.separators import SAMPLE, Separation, separation_of
from katalysator.tables.text_rows import TextRow, text_rows


def read_csv(path: Path, name: str, encoding: str | None = None) -> Grid:
    """Read a text file as one grid, called `name` in reports; its rows are as long as they are written.

    Raises InvalidInput where it is no text, holds nothing, or is too large.
    """
    text = encoding_of(path, encoding)
    with path.open(encoding=text.name, errors=text.errors, newline="") as file:
        separation = separation_of(file.read(SAMPLE))
        file.seek(0)
        rows = _rows(file, separation)
    if not rows:
        raise nothing_in_it()
    return _grid(name, rows, text, separation)


def _rows(file: TextIO, separation: Separation) -> list[TextRow]:
    """The rows that hold anything; the first is left out where it only says the separator."""
    kept: list[TextRow] = []
    cells = 0
    for row in text_rows(file, separation.separator, separation.usual):
        if not any(row.cells) or (separation.is_said and row.number == 1):
            continue
        cells += len(row.cells)
        check_rows(len(kept) + 1, cells)
        if len(row.cells) > MOST_COLUMNS:
            check_columns(width(row.cells))
        kept.append(row)
    return kept


def _grid(name: str, rows: list[TextRow], text: TextEncoding, separation: Separation) -> Grid:
    return Grid(
        name,
        tuple(row.cells for row in rows),
        tuple(row.number for row in rows),
        mended=frozenset(place for place, row in enumerate(rows) if row.mended),
        encoding=text.name,
        separator=separation.separator,
    )
