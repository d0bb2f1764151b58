"""Columns of codes brought to numbers: keys of a taxonomy, also those that it had before, or numbers of its rows."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Int32Array
from katalysator.engine.matching.files.columns import Ids
from katalysator.engine.matching.files.tables import line_of
from katalysator.engine.skills.national.faults import Unfit
from katalysator.engine.skills.national.sets import CodeRows
from katalysator.engine.skills.taxonomy import NamedRows, Taxonomy
from katalysator.faults import InvalidInput

BETWEEN: Final = "|"
"""Stands between codes in a cell of text."""
_BEFORE: Final = "http://data.europa.eu/esco/"
_UNKNOWN: Final = -1


class TaxonomyCodes:
    """The codes of one kind of things of a taxonomy, and how many of those that were read are of an earlier version.

    Parameters
    ----------
    taxonomy : Taxonomy
        Its redirects lead from codes of earlier versions to those of this one.
    things : NamedRows
        Its occupations, or its skills.

    """

    def __init__(self, taxonomy: Taxonomy, things: NamedRows) -> None:
        self.redirected = 0
        self._called = f"{taxonomy.name} {taxonomy.version}"
        self._size = len(things)
        moved = {old: new for old, new in taxonomy.redirects.items() if old not in things.row}
        self._ids = Ids.of(pl.Series([*things.keys, *moved], dtype=pl.String()))
        rows = [*range(self._size), *(things.row.get(new, _UNKNOWN) for new in moved.values())]
        self._row: Int32Array = np.array([*rows, _UNKNOWN], np.int32)

    def rows(self, column: pl.Series, path: Path, before: int) -> CodeRows | InvalidInput:
        """The rows of a column, after `before` others; a problem for the first code that there is not."""
        lists = self._as_lists(column)
        if lists is None:
            return Unfit.CODES_TYPE.of(path, column=column.name, type=column.dtype)
        counts = lists.list.len().fill_null(0).to_numpy().astype(np.int64)
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        flat = lists.filter(pl.Series(counts > 0)).explode()
        found = self._found(flat)
        if (found == _UNKNOWN).any():
            place = int((found == _UNKNOWN).argmax())
            row = int(np.searchsorted(start, place, side="right")) - 1
            line, value = line_of(before + row), flat[place]
            return Unfit.CODE_UNKNOWN.of(
                path, line=line, column=column.name, value=value, taxonomy=self._called
            )
        return CodeRows(start, found)

    @staticmethod
    def _as_lists(column: pl.Series) -> pl.Series | None:
        dtype = column.dtype
        if isinstance(dtype, pl.Array):
            column = column.arr.to_list()
            dtype = column.dtype
        if isinstance(dtype, pl.List):
            inner = dtype.inner
            if isinstance(inner, pl.Categorical | pl.Enum):
                return column.cast(pl.List(pl.String))
            whole = isinstance(inner, pl.DataType) and inner.is_integer()
            return column if whole or inner in (pl.String, pl.Null) else None
        if dtype == pl.Null:
            return column.cast(pl.List(pl.String))
        if dtype.is_integer():
            table = column.to_frame()
            one = pl.when(pl.first().is_not_null()).then(pl.concat_list(pl.first()))
            return table.select(one.alias(column.name)).to_series()
        if not isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
            return None
        cells = column.cast(pl.String).str.strip_chars().str.split(BETWEEN)
        return cells.list.eval(pl.element().str.strip_chars()).list.eval(
            pl.element().filter(pl.element() != "")
        )

    def _found(self, flat: pl.Series) -> Int32Array:
        """The row of each code, `_UNKNOWN` for what is none."""
        if flat.dtype.is_integer():
            whole = flat.cast(pl.Int64, strict=False).fill_null(_UNKNOWN).to_numpy()
            return np.where((whole >= 0) & (whole < self._size), whole, _UNKNOWN).astype(np.int32)
        texts = flat.cast(pl.String)
        told = texts.fill_null("").str.strip_prefix(_BEFORE)
        place = self._ids.find(told)
        self.redirected += int(np.count_nonzero(place >= self._size))
        rows: Int32Array = self._row[place]
        return rows
