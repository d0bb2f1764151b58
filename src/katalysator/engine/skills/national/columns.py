"""Single columns of a nation's files brought to numbers, with the first row that cannot be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Array, BoolArray, Float64Array
from katalysator.engine.matching.files.tables import line_of
from katalysator.engine.skills.national.faults import (
    HIGHEST_LEVEL,
    MOST_HOURS,
    MOST_SEATS,
    Unfit,
)
from katalysator.faults import InvalidInput
from katalysator.tables.places.nuts import as_code

LEVEL, HOURS, SEATS = "level", "hours", "seats"


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """What numbers a column may hold, and which fault another one is."""

    fault: Unfit
    most: int
    is_good: Callable[[Float64Array], BoolArray]
    dtype: type[np.number]
    may_be_empty: bool = True


NUMBERS: Final[Mapping[str, NumberColumn]] = MappingProxyType(
    {
        LEVEL: NumberColumn(
            Unfit.LEVEL_BAD,
            HIGHEST_LEVEL,
            lambda value: (value >= 1) & (value == np.floor(value)),
            np.int8,
        ),
        HOURS: NumberColumn(Unfit.HOURS_BAD, MOST_HOURS, lambda value: value > 0, np.float32),
        SEATS: NumberColumn(
            Unfit.SEATS_BAD,
            MOST_SEATS,
            lambda value: (value >= 0) & (value == np.floor(value)),
            np.int64,
            may_be_empty=False,
        ),
    }
)


def plain_text(column: pl.Series) -> pl.Series:
    """The texts of a column without space around them; the empty one where there is none."""
    return column.cast(pl.String).str.strip_chars().fill_null("")


def numbers_of(
    column: pl.Series, kind: NumberColumn, absent: float, path: Path, before: int
) -> Array | InvalidInput:
    """Numbers as they may be, `absent` where a cell is empty; after `before` rows."""
    told = column
    if not column.dtype.is_numeric():
        told = plain_text(column).str.replace(",", ".", literal=True).replace("", None)
    value = told.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    empty = told.is_null().to_numpy() if kind.may_be_empty else np.zeros(value.size, np.bool_)
    wrong = ~empty & ~(kind.is_good(value) & (value <= kind.most))
    if wrong.any():
        row = int(wrong.argmax())
        shown = "" if column[row] is None else column[row]
        line = line_of(before + row)
        return kind.fault.of(path, line=line, column=column.name, value=shown, most=kind.most)
    filled: Array = np.where(empty, absent, value).astype(kind.dtype)
    return filled


def regions_of(
    column: pl.Series, path: Path, before: int, *, required: bool
) -> pl.Series | InvalidInput:
    """Codes of NUTS 2021, the empty one where there is none and that may be so."""
    told = plain_text(column)
    codes = {text: as_code(text) if text else "" for text in told.unique().to_list()}
    unknown = [text for text, code in codes.items() if code is None]
    for fault, wrong in ((Unfit.REGION_UNKNOWN, unknown), (Unfit.REGION_EMPTY, [""] * required)):
        if (bad := told.is_in(wrong)).any():
            row = int(bad.arg_max() or 0)
            line = line_of(before + row)
            return fault.of(path, line=line, column=column.name, value=told[row])
    return told.replace_strict(codes, return_dtype=pl.String)
