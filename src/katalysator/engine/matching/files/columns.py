"""Single columns of a file, brought to one type with the first row that cannot be used, and ids as numbers."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from katalysator.engine.matching.files.tables import Fault, Source, is_text, line_of
from katalysator.faults import InvalidInput

_FIRST_ROOM: Final = 1 << 12
_SEEDS: Final = 1, 2


def plain(dtype: pl.DataType) -> pl.DataType | None:
    """The type in which ids of this type are compared: text, int64, or None for what is no id."""
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null):
        return pl.String()
    return pl.Int64() if dtype.is_integer() else None


class Ids:
    """Numbers ids from 0 in the order in which they first appear.

    Parameters
    ----------
    dtype : polars data type
        Int64 or String, as `plain` gives it.

    Notes
    -----
    An open hash table; 20 to 28 bytes an id, and the text itself. 10 to 30 ns an id looked up, less
    where equal ids follow each other.

    """

    def __init__(self, dtype: pl.DataType) -> None:
        self.dtype = dtype
        self.count = 0
        self._found: list[pl.Series] = []
        self._keys = np.empty((_FIRST_ROOM // 2, 2), np.int64)
        self._table = np.full(_FIRST_ROOM, -1, np.int32)

    @classmethod
    def of(cls, ids: pl.Series) -> "Ids":
        """These ids, numbered as they stand."""
        known = cls(ids.dtype)
        known.number(ids)
        return known

    def number(self, ids: pl.Series) -> Int32Array:
        """Number each id, new ones too; shape (len(ids),). There must be no nulls."""
        from katalysator.engine.matching.files import kernels

        low, high = self._as_keys(ids)
        numbers = np.empty(low.size, np.int32)
        known, done = self.count, 0
        fresh = np.empty(self._keys.shape[0], np.int64)
        while True:
            done, self.count = kernels.number(
                low, high, self._table, self._keys, self.count, done, numbers, fresh
            )
            if done == low.size:
                break
            self._grow()
            fresh = np.resize(fresh, self._keys.shape[0])
        self._found.append(ids.gather(fresh[known : self.count]))
        return numbers

    def find(self, ids: pl.Series) -> Int32Array:
        """The number of each id, -1 for one without; shape (len(ids),)."""
        from katalysator.engine.matching.files import kernels

        low, high = self._as_keys(ids)
        numbers = np.empty(low.size, np.int32)
        kernels.look_up(low, high, self._table, self._keys, numbers)
        return numbers

    def table(self) -> pl.Series:
        """All ids in the order of their numbers."""
        return pl.concat([pl.Series(dtype=self.dtype), *self._found], rechunk=True)

    def _as_keys(self, ids: pl.Series) -> tuple[Int64Array, Int64Array]:
        if self.dtype == pl.Int64():
            whole = ids.to_numpy(writable=True)
            return whole, whole
        hashed = (ids.hash(seed).to_numpy(writable=True) for seed in _SEEDS)
        low, high = (each.view(np.int64) for each in hashed)
        return low, high

    def _grow(self) -> None:
        from katalysator.engine.matching.files import kernels

        self._table = np.full(2 * self._table.size, -1, np.int32)
        self._keys = np.resize(self._keys, (self._table.size // 2, 2))
        kernels.fill(self._table, self._keys, self.count)


def id_type(source: Source, column: str) -> pl.DataType | InvalidInput:
    """The type in which the ids of a column are compared, or the problem that they are none."""
    dtype = source.schema[column]
    return plain(dtype) or Fault.ID_TYPE.of(source.path, column=column, type=dtype)


def number_type(source: Source, column: str) -> InvalidInput | None:
    """The problem that a column holds no numbers, if so. Text in a CSV file may be numbers."""
    dtype = source.schema[column]
    if dtype.is_numeric() or dtype == pl.Null() or (source.is_text and dtype == pl.String()):
        return None
    return Fault.NUMBER_TYPE.of(source.path, column=column, type=dtype)


def ids_of(
    column: pl.Series, dtype: pl.DataType, path: Path, before: int
) -> pl.Series | InvalidInput:
    """Ids as `dtype`; a problem for the first that is empty or too large, after `before` rows."""
    ids = column.cast(dtype, strict=False)
    if not ids.null_count():
        return ids
    line = line_of(before + int(ids.is_null().arg_max() or 0))
    return Fault.ID_EMPTY.of(path, line=line, column=column.name)


LARGEST_SCORE: Final = 1e300
"""So that scores of a hundred million people can be added up."""


def scores_of(column: pl.Series, path: Path, before: int) -> FloatArray | InvalidInput:
    """Numbers as `numbers_of` reads them, none so large that their total would overflow."""
    values = numbers_of(column, path, before)
    if isinstance(values, InvalidInput) or float(values.max(initial=0.0)) <= LARGEST_SCORE:
        return values
    return _at_row(Fault.NUMBER_LARGE, values, values > LARGEST_SCORE, column.name, path, before)


def numbers_of(column: pl.Series, path: Path, before: int) -> FloatArray | InvalidInput:
    """Finite numbers of at least 0: float32 where the file says so, float64 otherwise."""
    dtype = pl.Float32() if column.dtype == pl.Float32() else pl.Float64()
    text = column.str.replace(",", ".", literal=True) if column.dtype == pl.String() else column
    numbers = text.cast(dtype, strict=False)
    if numbers.null_count():
        line = line_of(before + int(numbers.is_null().arg_max() or 0))
        return Fault.NUMBER_EMPTY.of(path, line=line, column=column.name)
    values = numbers.to_numpy(writable=True)
    wrong = ~np.isfinite(values) | (values < 0.0)
    if not wrong.any():
        return values
    return _at_row(Fault.NUMBER_BAD, values, wrong, column.name, path, before)


def _at_row(
    fault: Fault, values: FloatArray, wrong: BoolArray, column: str, path: Path, before: int
) -> InvalidInput:
    """The fault at the first wrong row."""
    place = int(wrong.argmax())
    return fault.of(path, line=line_of(before + place), column=column, value=values[place])


def ids_like(
    column: pl.Series, wanted: pl.DataType, source: Source, pairs: Path
) -> pl.Series | InvalidInput:
    """Ids in the type that those of the pairs have; text of a CSV file matches whole numbers."""
    own = id_type(source, column.name)
    if isinstance(own, InvalidInput):
        return own
    ids = column.cast(own).cast(wanted, strict=False)
    both_typed = not source.is_text and not is_text(pairs)
    if own == wanted or not (both_typed or ids.null_count() > column.null_count()):
        return ids_of(ids, wanted, source.path, 0)
    fault, path = Fault.ID_MIXED, source.path
    return fault.of(path, column=column.name, type=own, wanted=wanted, other=pairs)


def seats_of(column: pl.Series, path: Path) -> Int64Array | InvalidInput:
    """Whole numbers of at least 0, below 2^63."""
    about, exact = (column.cast(dtype, strict=False) for dtype in (pl.Float64(), pl.Int64()))
    value = about.to_numpy()
    fault = (
        (Fault.NUMBER_EMPTY, np.asarray(about.is_null())),
        (Fault.SEATS_BAD, ~(np.isfinite(value) & (value >= 0.0) & (value == np.floor(value)))),
        (Fault.SEATS_LARGE, np.asarray(exact.is_null()) & (value >= 2.0**63)),
    )
    for sentence, wrong in fault:
        if wrong.any():
            row = int(wrong.argmax())
            line = line_of(row)
            return sentence.of(path, line=line, column=column.name, value=column[row])
    seats: Int64Array = exact.fill_null(about.cast(pl.Int64(), strict=False)).to_numpy(
        writable=True
    )
    return seats
