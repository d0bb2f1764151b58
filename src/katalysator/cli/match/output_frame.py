"""The result as a Parquet file, with a type for each column."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.cli.match.report import COLUMNS, DECIMAL_COLUMNS, Row
from katalysator.cli.match.summary import Summary

if TYPE_CHECKING:
    import polars as pl

_BATCH: Final = 65_536  # rows that are turned into columns at once
_WHOLE: Final = frozenset({"rank", "seats"})


def write_frame(path: Path, rows: Sequence[Row], _summary: Summary) -> None:
    """Write the rows; memory: that of all of them as columns."""
    import polars as pl

    from katalysator.engine.matching import write_table

    nothing = pl.DataFrame(schema={name: _type(name) for name in COLUMNS})
    write_table(pl.concat([nothing, *_frames(rows)]), path)


def _frames(rows: Sequence[Row]) -> Iterator["pl.DataFrame"]:
    import polars as pl

    waiting = iter(rows)
    while batch := [tuple(row.values().values()) for row in islice(waiting, _BATCH)]:
        columns = zip(COLUMNS, zip(*batch, strict=True), strict=True)
        yield pl.DataFrame([pl.Series(name, cells, _type(name)) for name, cells in columns])


def _type(column: str) -> "type[pl.DataType]":
    import polars as pl

    if column in DECIMAL_COLUMNS:
        return pl.Float64
    return pl.Int64 if column in _WHOLE else pl.String
