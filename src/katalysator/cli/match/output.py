"""Writing the result: in the form that the file's name asks for, whole or not at all."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from katalysator.cli.match.output_frame import write_frame
from katalysator.cli.match.output_html import write_html
from katalysator.cli.match.output_xlsx import MOST_ROWS, write_xlsx
from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, DECIMALS, Row, Value
from katalysator.cli.match.summary import Summary
from katalysator.cli.target import replacing
from katalysator.core.cells import harmless
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

_Writer = Callable[[Path, Sequence[Row], Summary], None]


def write(target: Path, rows: Sequence[Row], summary: Summary) -> None:
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
        )


def _write_csv(path: Path, rows: Sequence[Row], _summary: Summary) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(_cell(name, value) for name, value in row.values().items())


def _cell(column: str, value: Value) -> Value:
    """A number with all its decimals, or a text that a spreadsheet will not run."""
    return f"{value:.{DECIMALS}f}" if column in DECIMAL_COLUMNS else harmless(value)


def _write_json(path: Path, rows: Sequence[Row], summary: Summary) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"rows": [')
        for place, row in enumerate(rows):
            file.write((",\n" if place else "\n") + json.dumps(row.values(), ensure_ascii=False))
        told = json.dumps(summary.as_json(), ensure_ascii=False, indent=1)
        file.write(f'\n],\n"summary": {told}}}\n')


_WRITERS: Final[dict[str, _Writer]] = {
    ".xlsx": write_xlsx,
    ".csv": _write_csv,
    ".json": _write_json,
    ".html": write_html,
    ".parquet": write_frame,
}

KINDS: Final = tuple(_WRITERS)
"""What the name of a result may end with."""
