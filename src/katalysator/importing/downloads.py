"""The rows of a sheet that could not be taken in, in its own shape and with the reason beside each."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from katalysator.core.language import translate
from katalysator.faults import gettext_noop as _
from katalysator.importing.fields import REASON
from katalysator.tables.records import LeftOutLine
from katalysator.tables.table import Table
from katalysator.tables.writing import write_left_out


def left_out_sheet(table: Table, left_out: Sequence[LeftOutLine]) -> bytes:
    """A workbook of these rows: to be mended, and given again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rest.xlsx"
        write_rest(path, table, left_out)
        return path.read_bytes()


def write_rest(path: Path, table: Table, left_out: Sequence[LeftOutLine]) -> None:
    """The same as a file."""
    write_left_out(path, table, left_out, reason=str(REASON), sheet=translate(_("Left out")))
