"""Writing the result: in the form that the file's name asks for, whole or not at all."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from katalysator.cli.match.output_html import write_html
from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, DECIMALS, Row
from katalysator.cli.match.summary import Summary
from katalysator.cli.target import replacing
from katalysator.core.language import translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.writing import (
    MOST_SHEET_ROWS,
    Value,
    WrittenColumn,
    write_csv,
    write_xlsx,
)

_WIDTHS: Final = {"reason": 90, "need_title": 45, "offer_title": 45, "need": 14, "offer": 14}
_USUAL_WIDTH: Final = 11
_KEPT_WIDTH: Final = 24
_BATCH: Final = 65_536  # rows that are turned into columns at once

_Writer = Callable[[Path, Iterable[Row], Summary, Sequence[str]], None]


def write(target: Path, rows: Iterable[Row], summary: Summary, kept: Sequence[str] = ()) -> None:
    """Write beside the target, then put it in its place in one step; `kept` columns of the sheets come last."""
    with replacing(target) as unfinished:
        _WRITERS[target.suffix.lower()](unfinished, rows, summary, (*COLUMNS, *kept))


def check_size(target: Path, rows: int) -> None:
    """Refuse a workbook for more rows than a sheet can hold; before any work is done."""
    if target.suffix.lower() == ".xlsx" and rows > MOST_SHEET_ROWS:
        raise InvalidInput(
            "out-large",
            _("A sheet cannot hold the %(rows)s rows that there may be."),
            hint=_("Write to .csv, or ask for fewer offers with --top."),
            rows=rows,
        ).at(target)


def _columns(names: Sequence[str]) -> list[WrittenColumn]:
    return [
        WrittenColumn(
            name,
            _WIDTHS.get(name, _USUAL_WIDTH if name in COLUMNS else _KEPT_WIDTH),
            DECIMALS if name in DECIMAL_COLUMNS else None,
        )
        for name in names
    ]


def _values(rows: Iterable[Row]) -> Iterator[tuple[Value, ...]]:
    return (tuple(row.values().values()) for row in rows)


def _write_csv(path: Path, rows: Iterable[Row], _summary: Summary, names: Sequence[str]) -> None:
    write_csv(path, _columns(names), _values(rows))


def _write_json(path: Path, rows: Iterable[Row], summary: Summary, _names: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"rows": [')
        for place, row in enumerate(rows):
            file.write((",\n" if place else "\n") + json.dumps(row.values(), ensure_ascii=False))
        told = json.dumps(summary.as_json(), ensure_ascii=False, indent=1)
        file.write(f'\n],\n"summary": {told}}}\n')


def _write_xlsx(path: Path, rows: Iterable[Row], _summary: Summary, names: Sequence[str]) -> None:
    write_xlsx(path, _columns(names), _values(rows), sheet=translate("Matches"))


def _write_frame(path: Path, rows: Iterable[Row], _summary: Summary, names: Sequence[str]) -> None:
    """With a type for each column. Memory: that of all rows as columns."""
    import polars as pl

    from katalysator.engine.matching import write_table

    types = {"rank": pl.Int64, "seats": pl.Int64, **dict.fromkeys(DECIMAL_COLUMNS, pl.Float64)}
    schema = {name: types.get(name, pl.String) for name in names}
    waiting = (tuple(row.values().values()) for row in rows)
    frames = [pl.DataFrame(schema=schema)]
    while batch := list(islice(waiting, _BATCH)):
        frames.append(pl.DataFrame(batch, schema=schema, orient="row"))
    write_table(pl.concat(frames), path)


_WRITERS: Final[dict[str, _Writer]] = {
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".json": _write_json,
    ".html": lambda path, rows, summary, _names: write_html(path, rows, summary),
    ".parquet": _write_frame,
}

KINDS: Final = tuple(_WRITERS)
"""What the name of a result may end with."""
