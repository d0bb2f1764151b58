"""Tables in files: found by the ending of the name, read in batches, written in one go."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import polars as pl

from katalysator.engine.matching.files.problems import Fault, reading
from katalysator.faults import Refused

BATCH: Final = 1 << 20
"""Rows that are in memory at a time."""

_SEPARATORS: Final = ";\t,"


def _scan_csv(path: Path) -> pl.LazyFrame:
    return pl.scan_csv(path, separator=_separator(path), infer_schema=False, glob=False)


def _scan_ipc(path: Path) -> pl.LazyFrame:
    return pl.scan_ipc(path, glob=False)


def _scan_parquet(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path, glob=False)


_SCANS: Final[Mapping[str, Callable[[Path], pl.LazyFrame]]] = MappingProxyType(
    {".parquet": _scan_parquet, ".csv": _scan_csv, ".arrow": _scan_ipc, ".feather": _scan_ipc}
)
FORMS: Final = tuple(_SCANS)
"""Endings of the names of files that are understood."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose columns are known and whose rows are not yet read.

    In a CSV file every column is text: an id such as 007 stays as it was written.
    """

    path: Path
    frame: pl.LazyFrame
    schema: pl.Schema
    stamp: tuple[int, ...]

    @classmethod
    def open(cls, path: Path) -> "Source":
        """Find the columns of a file, or refuse it. Cost: its footer or first line."""
        if path.suffix.lower() not in _SCANS:
            raise Refused(Fault.FORM.of(path, kinds=", ".join(FORMS)))
        with reading(path):
            if path.stat().st_size == 0:
                raise Refused(Fault.EMPTY.of(path))
            stamp = _stamp(path)
            frame = _SCANS[path.suffix.lower()](path)
            return cls(path, frame, frame.collect_schema(), stamp)

    @property
    def is_text(self) -> bool:
        """Whether the file knows no types."""
        return is_text(self.path)

    @property
    def rows(self) -> int:
        """Number of rows. Cost: nothing, but for a CSV file one pass."""
        with reading(self.path):
            return int(self.frame.select(pl.len()).collect().item())

    def require(self, *columns: str) -> None:
        """Refuse the file where it lacks one of the columns."""
        missing = ", ".join(column for column in columns if column not in self.schema)
        found = ", ".join(self.schema.names())
        if missing:
            values = {"missing": missing, "found": found}
            raise Refused(Fault.COLUMNS.of(self.path, **values))

    def require_unchanged(self) -> None:
        """Refuse the file where it is no longer the one that was opened."""
        with reading(self.path):
            if _stamp(self.path) != self.stamp:
                raise Refused(Fault.CHANGED.of(self.path))

    def batches(self, *columns: str) -> Iterator[pl.DataFrame]:
        """These columns, some `BATCH` rows at a time and in their order.

        Memory: 250 MiB or so, whatever the size of the file.
        """
        with reading(self.path):
            yield from self.frame.select(columns).collect_batches(
                chunk_size=BATCH, maintain_order=True
            )

    def whole(self, *columns: str) -> pl.DataFrame:
        """These columns with all their rows, for files of one row an opening."""
        with reading(self.path):
            return self.frame.select(columns).collect()


def is_text(path: Path) -> bool:
    """Whether a file by this name knows no types."""
    return path.suffix.lower() == ".csv"


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a table in the form that the ending of the name asks for.

    Raises
    ------
    OSError
        Where the disk does not take it.

    """
    try:
        _write(table, path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _as_os_error(error) from error


def _write(table: pl.DataFrame, path: Path) -> None:
    match path.suffix.lower():
        case ".parquet":
            table.write_parquet(path)
        case ".csv":
            table.write_csv(path)
        case ".arrow" | ".feather":
            table.write_ipc(path)
        case _:
            raise Refused(Fault.FORM.of(path, kinds=", ".join(FORMS)))


def _stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _as_os_error(error: Exception) -> OSError:
    """The system's own error, which polars knows as “… (os error 28)”."""
    number = re.search(r"\(os error (\d+)\)", str(error))
    return OSError(int(number[1]), os.strerror(int(number[1]))) if number else OSError(str(error))


def _separator(path: Path) -> str:
    """The sign between the columns, as the header shows it: spreadsheets differ by country."""
    with path.open("rb") as file:
        header = file.readline(1 << 16)
    return next((sign for sign in _SEPARATORS if sign.encode() in header), ",")
