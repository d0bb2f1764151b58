"""Writing the result: in the form that the file's name asks for, whole or not at all."""

import csv
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from katalysator.cli.match.output_html import write_html
from katalysator.cli.match.output_xlsx import MOST_ROWS, write_xlsx
from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, DECIMALS, Row, Value
from katalysator.cli.match.summary import Summary
from katalysator.core.cells import harmless
from katalysator.core.errors import InvalidInput
from katalysator.core.language import Language, gettext_noop

_Writer = Callable[[Path, Sequence[Row], Summary, Language], None]


def write(target: Path, rows: Sequence[Row], summary: Summary, language: Language) -> None:
    """Write beside the target, then put it in its place in one step."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        _WRITERS[target.suffix.lower()](unfinished, rows, summary, language)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def check(target: Path, inputs: Sequence[Path]) -> None:
    """Refuse a target that we could not, or should not, write; before any work is done."""
    if target.suffix.lower() not in _WRITERS:
        raise InvalidInput(
            "out-kind",
            gettext_noop("The result cannot be written in this form."),
            hint=gettext_noop("End the name with one of these: %(kinds)s."),
            kinds=tuple(_WRITERS),
        )
    if target.is_dir() or not os.access(target.parent, os.W_OK):
        raise InvalidInput(
            "out-folder",
            gettext_noop("Nothing can be written there."),
            hint=gettext_noop("Name a file in a folder that exists and that you may write in."),
        )
    if target.exists() and any(path.exists() and target.samefile(path) for path in inputs):
        raise InvalidInput(
            "out-input",
            gettext_noop("This file is one of the two that are read."),
            hint=gettext_noop("Give the result another name."),
        )


def check_size(target: Path, rows: int) -> None:
    """Refuse a workbook for more rows than a sheet can hold; before any work is done."""
    if target.suffix.lower() == ".xlsx" and rows > MOST_ROWS:
        raise InvalidInput(
            "out-large",
            gettext_noop("A sheet cannot hold the %(rows)s rows that there may be."),
            hint=gettext_noop("Write to .csv, or ask for fewer offers with --top."),
            rows=rows,
        )


def _write_csv(path: Path, rows: Sequence[Row], _summary: Summary, _language: Language) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(_cell(name, value) for name, value in row.values().items())


def _cell(column: str, value: Value) -> Value:
    """A number with all its decimals, or a text that a spreadsheet will not run."""
    return f"{value:.{DECIMALS}f}" if column in DECIMAL_COLUMNS else harmless(value)


def _write_json(path: Path, rows: Sequence[Row], summary: Summary, _language: Language) -> None:
    result = {"rows": [row.values() for row in rows], "summary": summary.as_json()}
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_WRITERS: Final[dict[str, _Writer]] = {
    ".xlsx": write_xlsx,
    ".csv": _write_csv,
    ".json": _write_json,
    ".html": write_html,
}
