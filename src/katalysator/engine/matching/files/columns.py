"""Single columns of a file: brought to one type, with the first row that cannot be used."""

from pathlib import Path

import numpy as np
import polars as pl

from katalysator.engine.arrays import FloatArray, Int64Array
from katalysator.engine.matching.files.ids import plain
from katalysator.engine.matching.files.problems import Fault
from katalysator.engine.matching.files.tables import Source, is_text
from katalysator.faults import InvalidInput


def id_type(source: Source, column: str) -> pl.DataType | InvalidInput:
    """The type in which the ids of a column are compared, or the problem that they are none."""
    dtype = source.schema[column]
    return plain(dtype) or Fault.ID_TYPE.of(source.path, column=column, type=str(dtype))


def number_type(source: Source, column: str) -> InvalidInput | None:
    """The problem that a column holds no numbers, if so. Text in a CSV file may be numbers."""
    dtype = source.schema[column]
    if dtype.is_numeric() or dtype == pl.Null() or (source.is_text and dtype == pl.String()):
        return None
    return Fault.NUMBER_TYPE.of(source.path, column=column, type=str(dtype))


def ids_of(
    column: pl.Series, dtype: pl.DataType, path: Path, before: int
) -> pl.Series | InvalidInput:
    """Ids as `dtype`; a problem for the first that is empty or too large, after `before` rows."""
    ids = column.cast(dtype, strict=False)
    if not ids.null_count():
        return ids
    row = before + int(ids.is_null().arg_max() or 0) + 1
    return Fault.ID_EMPTY.of(path, row=row, column=column.name)


def numbers_of(column: pl.Series, path: Path, before: int) -> FloatArray | InvalidInput:
    """Finite numbers of at least 0: float32 where the file says so, float64 otherwise."""
    dtype = pl.Float32() if column.dtype == pl.Float32() else pl.Float64()
    text = column.str.replace(",", ".", literal=True) if column.dtype == pl.String() else column
    numbers = text.cast(dtype, strict=False)
    if numbers.null_count():
        row = before + int(numbers.is_null().arg_max() or 0) + 1
        return Fault.NUMBER_EMPTY.of(path, row=row, column=column.name)
    values = numbers.to_numpy(writable=True)
    wrong = ~np.isfinite(values) | (values < 0.0)
    if not wrong.any():
        return values
    place = int(wrong.argmax())
    found = {"row": before + place + 1, "column": column.name, "value": str(values[place])}
    return Fault.NUMBER_BAD.of(path, **found)


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
    names = {"column": column.name, "type": str(own), "wanted": str(wanted), "other": pairs}
    return Fault.ID_MIXED.of(source.path, **names)


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
            names = {"row": row + 1, "column": column.name, "value": str(column[row])}
            return sentence.of(path, **names)
    seats: Int64Array = exact.fill_null(about.cast(pl.Int64(), strict=False)).to_numpy(
        writable=True
    )
    return seats
