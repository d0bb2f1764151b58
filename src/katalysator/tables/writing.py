"""Sheets that we write: readable in a spreadsheet, and harmless there."""

import csv
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.formulas import harmless
from katalysator.tables.grid import letters
from katalysator.tables.records import LeftOutLine
from katalysator.tables.table import Table

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float

MOST_SHEET_ROWS: Final = 1_048_576 - 1
"""Rows below the header that a sheet of a workbook can hold."""

_USUAL_WIDTH: Final = 12
_REASON_WIDTH, _KEPT_WIDTH = 60, 24
_LONGEST_CELL: Final = 32_767  # characters that a cell of a workbook can hold


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column: its name, how wide it is shown (in characters), and how many decimals its numbers have."""

    name: str
    width: int = _USUAL_WIDTH
    decimals: int | None = None


def write_csv(
    path: Path, columns: Sequence[WrittenColumn], rows: Iterable[Sequence[Value]]
) -> None:
    """Write text that spreadsheets open: UTF-8 with a mark, commas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(harmless(column.name) for column in columns)
        for row in rows:
            writer.writerow(map(_text, row, columns))


def _text(value: Value, column: WrittenColumn) -> Value:
    """A number with all its decimals, or a text that a spreadsheet will not run."""
    return harmless(value) if column.decimals is None else f"{value:.{column.decimals}f}"


def write_xlsx(
    path: Path, columns: Sequence[WrittenColumn], rows: Iterable[Sequence[Value]], *, sheet: str
) -> None:
    """Write a workbook of one sheet: its header stays in sight, and every column has a filter."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for place, column in enumerate(columns):
        page.column_dimensions[letters(place)].width = column.width
    try:
        page.append(_header(page, column) for column in columns)
        last = 1
        for row in rows:
            page.append(
                _cell(page, value, column) for value, column in zip(row, columns, strict=True)
            )
            last += 1
        page.auto_filter.ref = f"A1:{letters(len(columns) - 1)}{last}"
        book.save(path)
    except BaseException:
        with suppress(Exception):  # whatever its state, openpyxl must let go of its own file
            page.close()
        raise


def write_left_out(
    path: Path, table: Table, left_out: Sequence[LeftOutLine], *, reason: str, sheet: str
) -> None:
    """Write a workbook of lines that were left out, in the shape of their table: why stands before each, under `reason`."""
    header = table.header.cells
    size = max([len(header), *(len(each.line.cells) for each in left_out)])
    names = [WrittenColumn(name, _KEPT_WIDTH) for name in _padded(header, size)]
    rows = ((each.why, *_padded(each.line.cells, size)) for each in left_out)
    write_xlsx(path, [WrittenColumn(reason, _REASON_WIDTH), *names], rows, sheet=sheet)


def _padded(cells: Sequence[str], size: int) -> tuple[str, ...]:
    """So many cells, for a line may have more of them than the header."""
    return (*cells, *[""] * (size - len(cells)))


def _header(page: "WriteOnlyWorksheet", column: WrittenColumn) -> "Cell":
    from openpyxl.styles import Font

    cell = _cell(page, column.name, WrittenColumn(column.name))
    cell.font = Font(bold=True)
    return cell


def _cell(page: "WriteOnlyWorksheet", value: Value, column: WrittenColumn) -> "Cell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value[:_LONGEST_CELL] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins as a formula does, or reads as an error
        cell.quotePrefix = True  # and so it stays when somebody edits the cell
    elif column.decimals is not None:
        cell.number_format = "0." + "0" * column.decimals
    return cell
