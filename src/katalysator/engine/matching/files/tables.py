"""Tables in files: found by the ending of the name, read in batches, written in one go.

And what can be wrong with the files of a market, each with the sentence that says so.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

import polars as pl

from katalysator.faults import InvalidInput, Refused, gettext_noop as _
from katalysator.formulas import MAY_RUN, as_written, harmless
from katalysator.tables.separators import SAMPLE, separation_of

T = TypeVar("T")

_RENAME: Final = _(
    "Give the columns these names; score_person with score_opening may take the place of score."
)
_SAVE: Final = _("Make the file anew: it may be incomplete, or of another kind.")
_FILL: Final = _("Fill it in, or take the row out.")
_KEEP_ONE: Final = _("Keep one of the two rows.")
_SCORE: Final = _("Mend the row, or take it out.")
_SEATS: Final = _("Write a whole number of seats.")


class Fault(Enum):
    """Sentences, and what mends it. Which line and which column they are of is their place."""

    FORM = (
        _("A table is read from or written to one of these: %(kinds)s."),
        _("Save the table as one of these."),
    )
    UNREADABLE = _("The file cannot be read (%(reason)s)."), _SAVE
    EMPTY = _("There is nothing in the file, not even the names of columns."), _SAVE
    COLUMNS = _("The columns %(missing)s are missing; there are: %(found)s."), _RENAME
    ID_TYPE = (
        _("This column holds %(type)s; ids must be text or whole numbers."),
        _("Save the ids as text."),
    )
    ID_MIXED = (
        _("This column holds %(type)s here and %(wanted)s in %(other)s."),
        _("Save the ids of both files in one type."),
    )
    ID_EMPTY = _("This is empty or too large."), _FILL
    OPINIONS = (
        _("A stable matching needs the columns %(missing)s; there are: %(found)s."),
        _("Add what each side thinks of the other, or take --method optimal."),
    )
    LABELS = (
        _("There are no labels: no column but “%(person)s”."),
        _("Add a column of labels, such as a region."),
    )
    LABEL_TYPE = (
        _("This column holds %(type)s; labels must be text, numbers, dates or yes and no."),
        _("Save the labels as text."),
    )
    ID_TWICE = _("Line %(first)s describes opening %(opening)s already."), _KEEP_ONE
    ID_UNKNOWN = (
        _("%(other)s does not have opening %(opening)s. Missing there: %(count)s."),
        _("Add a row with its capacity, which may be 0."),
    )
    PERSON_TWICE = _("Line %(first)s describes person %(person)s already."), _KEEP_ONE
    PERSON_UNKNOWN = (
        _("%(other)s does not have person %(person)s. Missing there: %(count)s."),
        _("Mend the id, or take the row out."),
    )
    NUMBER_TYPE = _("This column holds %(type)s; it must hold numbers."), _("Save it as numbers.")
    NUMBER_EMPTY = _("This is empty or not a number."), _FILL
    NUMBER_BAD = _("This is %(value)s; it must be finite and at least 0."), _SCORE
    NUMBER_LARGE = (
        _("This is %(value)s; that is more than can be added up."),
        _("Write scores from 0 to 1, or divide all of them by the same number."),
    )
    SEATS_BAD = _("This is %(value)s; it must be a whole number, at least 0."), _SEATS
    SEATS_LARGE = _("This is %(value)s; that is more than can be counted."), _SEATS
    PAIR_TWICE = (
        _("Line %(first)s pairs person %(person)s with opening %(opening)s already."),
        _KEEP_ONE,
    )
    CHANGED = (
        _("The file was changed while it was read."),
        _("Wait until it is finished, and start again."),
    )

    def of(
        self, path: Path, *, line: int | None = None, column: str = "", **parameters: object
    ) -> InvalidInput:
        """The fault in one file, at its place. Lines and ids are shown as they stand, counts as numbers."""
        message, hint = self.value
        return fault_in(path, self.name, message, hint, parameters, line=line, column=column)


def fault_in(
    path: Path,
    name: str,
    message: str,
    hint: str,
    parameters: Mapping[str, object],
    *,
    line: int | None = None,
    column: str = "",
) -> InvalidInput:
    """A fault by its name in one file, at its place; what is called ``count`` or ``most`` is shown as a number."""
    shown = {
        each: value if each in ("count", "most") else str(value)
        for each, value in parameters.items()
    }
    fault = InvalidInput(name.lower().replace("_", "-"), message, hint=hint, **shown)
    for place in filter(None, (column, line)):
        fault.at(place)
    return fault.at(str(path))


def line_of(row: int) -> int:
    """The number under which a spreadsheet shows a row that is counted from 0: the header has line 1."""
    return row + 2


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Refuse a file that cannot be read to its end, whatever its reader makes of it."""
    try:
        yield
    except pl.exceptions.NoDataError:
        raise Refused(Fault.EMPTY.of(path)) from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise Refused(Fault.UNREADABLE.of(path, reason=reason)) from None


def only_good(*found: T | InvalidInput | None) -> list[T]:
    """What was found, or a refusal with all the problems among it. None is no problem."""
    problems = [each for each in found if isinstance(each, InvalidInput)]
    if problems:
        raise Refused(*problems)
    return [each for each in found if each is not None and not isinstance(each, InvalidInput)]


BATCH: Final = 1 << 20
"""Rows that are in memory at a time."""


def _scan_csv(path: Path) -> pl.LazyFrame:
    return pl.scan_csv(path, separator=_separator(path), infer_schema=False, glob=False)


_scan_ipc = partial(pl.scan_ipc, glob=False)

_SCANS: Final[Mapping[str, Callable[[Path], pl.LazyFrame]]] = MappingProxyType(
    {
        ".parquet": partial(pl.scan_parquet, glob=False),
        ".csv": _scan_csv,
        ".arrow": _scan_ipc,
        ".feather": _scan_ipc,
    }
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
            raise Refused(Fault.COLUMNS.of(self.path, missing=missing, found=found))

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
            for batch in self.frame.select(columns).collect_batches(
                chunk_size=BATCH, maintain_order=True
            ):
                yield self._as_written(batch)

    def whole(self, *columns: str) -> pl.DataFrame:
        """These columns with all their rows, for files of one row an opening."""
        with reading(self.path):
            return self._as_written(self.frame.select(columns).collect())

    def _as_written(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table as it was before its texts were made harmless for a CSV file."""
        return _changed(table, "'", as_written) if self.is_text else table


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
            _changed(table, MAY_RUN, harmless).write_csv(path)
        case ".arrow" | ".feather":
            table.write_ipc(path)
        case _:
            raise Refused(Fault.FORM.of(path, kinds=", ".join(FORMS)))


def _changed(table: pl.DataFrame, pattern: str, change: Callable[[str], str]) -> pl.DataFrame:
    """The table with the texts changed in which the pattern is found. Cost: one scan, where it is not."""
    for column in table.select(pl.col(pl.String)).iter_columns():
        found = column.str.contains(pattern).fill_null(value=False)
        if found.any():
            texts = pl.Series(map(change, column.filter(found)), dtype=pl.String())
            table = table.with_columns(column.clone().scatter(found.arg_true(), texts))
    return table


def _stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _as_os_error(error: Exception) -> OSError:
    """The system's own error, which polars knows as “… (os error 28)”."""
    number = re.search(r"\(os error (\d+)\)", str(error))
    return OSError(int(number[1]), os.strerror(int(number[1]))) if number else OSError(str(error))


def _separator(path: Path) -> str:
    """The sign between the columns, as the first rows show it: spreadsheets differ by country."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    return separation_of(start.decode("utf-8", "replace")).separator
