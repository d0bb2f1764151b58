"""Tables in Excel workbooks: the values of the first sheet, never its formulas."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from katalysator.cli.match.table import (
    Line,
    Table,
    TableCell,
    check_columns,
    check_rows,
    nothing_in_it,
    width,
)
from katalysator.cli.match.workbook_check import broken, check_workbook
from katalysator.faults import InvalidInput

_SHEETS: Final = "xl/worksheets/"
_FORMULA_TAGS: Final = (b"<f>", b"<f ")
_BLOCK: Final = 1 << 20


def read_xlsx(path: Path) -> Table:
    """Read the first sheet of a workbook."""
    try:
        check_workbook(path)
        formulas = _formulas(path) if _has_formulas(path) else frozenset()
        with _first_sheet(path, values=True) as sheet:
            return _table(path, sheet, formulas)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken workbook makes openpyxl raise
        raise broken() from None


def _table(path: Path, sheet: Any, formulas: frozenset[TableCell]) -> Table:
    header: Line | None = None
    lines: list[Line] = []
    unsaved: set[TableCell] = set()
    for number, row in enumerate(sheet.iter_rows(), 1):
        lost = {(number, n) for n, cell in enumerate(row) if _is_untyped(cell)} & formulas
        cells = tuple(_text(cell.value) for cell in row)
        if not width(cells) and not lost:
            continue
        if header is None:
            header = Line(number, cells[: width(cells)])
            check_columns(len(header.cells))
            continue
        check_rows(len(lines) + 1, len(header.cells))
        unsaved |= lost
        lines.append(Line(number, _fitted(cells, len(header.cells))))
    if header is None:
        raise nothing_in_it()
    one_of_more = len(sheet.parent.sheetnames) > 1
    title = sheet.title if one_of_more else ""
    return Table(str(path), header, tuple(lines), True, frozenset(unsaved), title)


def _is_untyped(cell: Any) -> bool:
    """No value, nor a type: a formula that gave the empty text does have the type of a text."""
    return cell.value is None and cell.data_type == "n"


def _fitted(cells: tuple[str, ...], size: int) -> tuple[str, ...]:
    return (*cells[:size], *[""] * (size - len(cells)))


def _text(value: Any) -> str:
    """A value as one would type it in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return value.isoformat() if isinstance(value, date) else str(value).strip()


@contextmanager
def _first_sheet(path: Path, *, values: bool) -> Iterator[Any]:
    """The sheet, with the values of its formulas or with the formulas themselves."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on parts of a workbook that do not matter here
        book = load_workbook(path, read_only=True, data_only=values)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            yield sheet
        finally:
            book.close()


def _formulas(path: Path) -> frozenset[TableCell]:
    """The cells (line, place) that hold a formula. Cost: one more pass."""
    with _first_sheet(path, values=False) as sheet:
        return frozenset(
            (cell.row, cell.column - 1)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        )


def _has_formulas(path: Path) -> bool:
    """Whether the tag of a formula occurs anywhere: a quick look that saves the further pass."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith(_SHEETS)]
        return any(_mentions_formula(archive, name) for name in names)


def _mentions_formula(archive: zipfile.ZipFile, name: str) -> bool:
    last = b""
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            if any(tag in last + block for tag in _FORMULA_TAGS):
                return True
            last = block[-len(_FORMULA_TAGS[0]) :]
    return False
