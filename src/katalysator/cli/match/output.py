"""Writing the result: in the form that the file's name asks for, whole or not at all."""

import csv
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.cli.match.output_html import write_html
from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, DECIMALS, Row, Value
from katalysator.cli.match.summary import Summary
from katalysator.cli.target import replacing
from katalysator.core.language import translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.formulas import harmless

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS: Final = {"reason": 90, "need_title": 45, "offer_title": 45, "need": 14, "offer": 14}
_USUAL_WIDTH: Final = 11
MOST_ROWS: Final = 1_048_576 - 1
"""Rows below the header that a sheet can hold."""

_DECIMAL_FORMAT: Final = "0." + "0" * DECIMALS
_BATCH: Final = 65_536  # rows that are turned into columns at once

_Writer = Callable[[Path, Iterable[Row], Summary], None]


def write(target: Path, rows: Iterable[Row], summary: Summary) -> None:
    """Write beside the target, then put it in its place in one step."""
    with replacing(target) as unfinished:
        _WRITERS[target.suffix.lower()](unfinished, rows, summary)


def check_size(target: Path, rows: int) -> None:
    """Refuse a workbook for more rows than a sheet can hold; before any work is done."""
    if target.suffix.lower() == ".xlsx" and rows > MOST_ROWS:
        raise InvalidInput(
            "out-large",
            _("A sheet cannot hold the %(rows)s rows that there may be."),
            hint=_("Write to .csv, or ask for fewer offers with --top."),
            rows=rows,
        ).at(target)


def _write_csv(path: Path, rows: Iterable[Row], _summary: Summary) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(_cell(name, value) for name, value in row.values().items())


def _cell(column: str, value: Value) -> Value:
    """A number with all its decimals, or a text that a spreadsheet will not run."""
    return f"{value:.{DECIMALS}f}" if column in DECIMAL_COLUMNS else harmless(value)


def _write_json(path: Path, rows: Iterable[Row], summary: Summary) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"rows": [')
        for place, row in enumerate(rows):
            file.write((",\n" if place else "\n") + json.dumps(row.values(), ensure_ascii=False))
        told = json.dumps(summary.as_json(), ensure_ascii=False, indent=1)
        file.write(f'\n],\n"summary": {told}}}\n')


def _write_xlsx(path: Path, rows: Iterable[Row], _summary: Summary) -> None:
    """Write one sheet, a row for each match."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(translate("Matches"))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, 1):
        width = _WIDTHS.get(column, _USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(number)].width = width
    try:
        sheet.append(_header(sheet, column) for column in COLUMNS)
        last = 1
        for row in rows:
            sheet.append(_sheet_cell(sheet, *cell) for cell in row.values().items())
            last += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
        book.save(path)
    except BaseException:
        with suppress(Exception):  # whatever its state, openpyxl must let go of its own file
            sheet.close()
        raise


def _header(sheet: "WriteOnlyWorksheet", column: str) -> "Cell":
    from openpyxl.styles import Font

    cell = _sheet_cell(sheet, column, column)
    cell.font = Font(bold=True)
    return cell


def _sheet_cell(sheet: "WriteOnlyWorksheet", column: str, value: Value) -> "Cell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins as a formula does, or reads as an error
        cell.quotePrefix = True  # and so it stays when somebody edits the cell
    elif column in DECIMAL_COLUMNS:
        cell.number_format = _DECIMAL_FORMAT
    return cell


def _write_frame(path: Path, rows: Iterable[Row], _summary: Summary) -> None:
    """With a type for each column. Memory: that of all rows as columns."""
    import polars as pl

    from katalysator.engine.matching import write_table

    types = {"rank": pl.Int64, "seats": pl.Int64, **dict.fromkeys(DECIMAL_COLUMNS, pl.Float64)}
    schema = {name: types.get(name, pl.String) for name in COLUMNS}
    waiting = (tuple(row.values().values()) for row in rows)
    frames = [pl.DataFrame(schema=schema)]
    while batch := list(islice(waiting, _BATCH)):
        frames.append(pl.DataFrame(batch, schema=schema, orient="row"))
    write_table(pl.concat(frames), path)


_WRITERS: Final[dict[str, _Writer]] = {
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".json": _write_json,
    ".html": write_html,
    ".parquet": _write_frame,
}

KINDS: Final = tuple(_WRITERS)
"""What the name of a result may end with."""
