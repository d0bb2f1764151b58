"""The rows of a sheet that could not be taken in, in its own shape and with the reason beside each."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from katalysator.core.language import translate
from katalysator.faults import gettext_noop as _
from katalysator.listings.importing.fields import REASON
from katalysator.tables.records import LeftOutLine
from katalysator.tables.table import Table
from katalysator.tables.writing import WrittenColumn, write_xlsx

_REASON_WIDTH: Final = 60
_WIDTH: Final = 24


def left_out_sheet(table: Table, left_out: Iterable[LeftOutLine]) -> bytes:
    """A workbook of these rows: to be mended, and given again."""
    header = table.header.cells
    columns = [WrittenColumn(str(REASON), _REASON_WIDTH)]
    columns += [WrittenColumn(each, _WIDTH) for each in header]
    rows = ((_reasons(each), *_as_wide(each.line.cells, len(header))) for each in left_out)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rest.xlsx"
        write_xlsx(path, columns, rows, sheet=translate(_("Left out")))
        return path.read_bytes()


def _reasons(left_out: LeftOutLine) -> str:
    return " ".join(each.sentence for each in left_out.reasons)


def _as_wide(cells: tuple[str, ...], wide: int) -> tuple[str, ...]:
    """As many cells as there are columns; what stands beyond the last one is put in it."""
    if len(cells) <= wide:
        return (*cells, *[""] * (wide - len(cells)))
    return (*cells[: wide - 1], " ".join(filter(None, cells[wide - 1 :])))
