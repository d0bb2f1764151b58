"""The result as a workbook: header in place, filters, widths, and nothing that runs."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, DECIMALS, Row, Value
from katalysator.cli.match.summary import Summary
from katalysator.core.language import translate

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS: Final = {"reason": 90, "need_title": 45, "offer_title": 45, "need": 14, "offer": 14}
_USUAL_WIDTH: Final = 11
MOST_ROWS: Final = 1_048_576 - 1
"""Rows below the header that a sheet can hold."""

_DECIMAL_FORMAT: Final = "0." + "0" * DECIMALS


def write_xlsx(path: Path, rows: Sequence[Row], _summary: Summary) -> None:
    """Write one sheet, a row for each match."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(translate("Matches"))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    for number, column in enumerate(COLUMNS, 1):
        width = _WIDTHS.get(column, _USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(number)].width = width
    try:
        sheet.append([_header(sheet, column) for column in COLUMNS])
        for row in rows:
            sheet.append([_cell(sheet, column, value) for column, value in row.values().items()])
        book.save(path)
    except BaseException:
        with suppress(Exception):  # whatever its state, openpyxl must let go of its own file
            sheet.close()
        raise


def _header(sheet: "WriteOnlyWorksheet", column: str) -> "Cell":
    from openpyxl.styles import Font

    cell = _cell(sheet, column, column)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: "WriteOnlyWorksheet", column: str, value: Value) -> "Cell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins as a formula does, or reads as an error
        cell.quotePrefix = True  # and so it stays when somebody edits the cell
    elif column in DECIMAL_COLUMNS:
        cell.number_format = _DECIMAL_FORMAT
    return cell
