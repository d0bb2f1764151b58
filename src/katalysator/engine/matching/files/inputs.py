"""The files beside the pairs (groups of people, openings, earlier prices), and all files opened together.

What is wrong with each is told at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import polars as pl

from katalysator.engine.arrays import FloatArray, Int32Array, IntArray
from katalysator.engine.matching.files.columns import (
    Ids,
    id_type,
    ids_like,
    number_type,
    numbers_of,
    seats_of,
)
from katalysator.engine.matching.files.pairs import OPENING, PERSON, PairsFile
from katalysator.engine.matching.files.tables import Fault, Source, line_of, only_good
from katalysator.faults import InvalidInput, Refused

T = TypeVar("T")

CAPACITY: Final = "capacity"
PRICE: Final = "price"
UNKNOWN_GROUP: Final = "?"
"""The label of people of whom the file says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """One grouping of the people of a market.

    Parameters
    ----------
    labels : polars series of text, length L
        The label of each group; `UNKNOWN_GROUP` comes first, also where nobody has it.
    of : int32 array, shape (P,)
        The group of each person, from 0 to L - 1.

    """

    labels: pl.Series
    of: IntArray


def open_labels(path: Path) -> tuple[Source, tuple[str, ...]]:
    """A file with a row for each person, and its labels; refused where a column is of no use."""
    source = Source.open(path)
    source.require(PERSON)
    labels = tuple(name for name in source.schema.names() if name != PERSON)
    none = None if labels else Fault.LABELS.of(path, person=PERSON)
    only_good(id_type(source, PERSON), none, *(_label_type(source, each) for each in labels))
    return source, labels


def read_groups(path: Path, people: pl.Series, pairs: Path) -> dict[str, Groups]:
    """Read the labels of the people of a market.

    Parameters
    ----------
    path : Path
        A table with the column ``person`` and one or more others, whose values are labels. It may
        lack people of this market: these are `UNKNOWN_GROUP`, as are empty labels.
    people : polars series, length P
        As in `Market`.
    pairs : Path
        Where those come from: ids of a CSV file are text, and match whole numbers.

    Returns
    -------
    dict of Groups
        By the name of the column, in the order of the file.

    Raises
    ------
    Refused
        Where a person is described twice, or is none of the market.

    Notes
    -----
    The whole file is in memory for a moment; 4 bytes a person and column stay.

    """
    source, names = open_labels(path)
    table = source.whole(PERSON, *names)
    (ids,) = only_good(ids_like(table[PERSON], people.dtype, source, pairs))
    number = Ids.of(people).find(ids)
    only_good(_twice(ids, path, Fault.PERSON_TWICE, PERSON), _unknown(ids, number, path, pairs))
    return {name: _grouped(table[name], number, len(people)) for name in names}


def _grouped(column: pl.Series, number: Int32Array, people: int) -> Groups:
    labels = Ids.of(pl.Series([UNKNOWN_GROUP]))
    text = column.cast(pl.String()).fill_null(UNKNOWN_GROUP).replace("", UNKNOWN_GROUP)
    of = np.zeros(people, np.int32)
    of[number] = labels.number(text)
    return Groups(labels.table(), of)


def _label_type(source: Source, column: str) -> InvalidInput | None:
    dtype = source.schema[column]
    if not (dtype.is_nested() or isinstance(dtype, pl.Binary | pl.Object)):
        return None
    return Fault.LABEL_TYPE.of(source.path, column=column, type=dtype)


def _unknown(ids: pl.Series, number: Int32Array, path: Path, pairs: Path) -> InvalidInput | None:
    strange = number < 0
    if not strange.any():
        return None
    row = int(strange.argmax())
    found = {"person": ids[row], "other": pairs, "count": int(strange.sum())}
    return Fault.PERSON_UNKNOWN.of(path, line=line_of(row), column=PERSON, **found)


@dataclass(frozen=True, slots=True)
class OpeningsFile:
    """A file of openings with a number for each, whose columns are as they must be."""

    source: Source
    number: str

    @classmethod
    def open(cls, path: Path, number: str) -> "OpeningsFile":
        """Look at the columns of the file, and refuse it where one is missing or of no use."""
        source = Source.open(path)
        source.require(OPENING, number)
        only_good(number_type(source, number))
        return cls(source, number)

    def seats(self, dtype: pl.DataType, pairs: Path) -> tuple[Ids, IntArray]:
        """The openings, with ids of the type that the pairs have, and the seats of each."""
        table = self.source.whole(OPENING, CAPACITY)
        ids = ids_like(table[OPENING], dtype, self.source, pairs)
        path = self.source.path
        seats = seats_of(table[CAPACITY], path)
        twice = _twice(ids, path, Fault.ID_TWICE, OPENING) if isinstance(ids, pl.Series) else None
        only_good(ids, seats, twice)
        (openings,), (capacity,) = only_good(ids), only_good(seats)
        return Ids.of(openings), capacity


def _twice(ids: pl.Series, path: Path, fault: Fault, who: str) -> InvalidInput | None:
    again = ~ids.is_first_distinct()
    if not again.any():
        return None
    second = int(again.arg_max() or 0)
    first = int((ids == ids[second]).arg_max() or 0)
    return fault.of(path, line=line_of(second), first=line_of(first), **{who: ids[second]})


def read_prices(path: Path, openings: pl.Series, pairs: Path) -> FloatArray:
    """Read the prices that `allocate` may start from, out of a result or a table of prices.

    Parameters
    ----------
    path : Path
        A table with the columns ``opening`` and ``price``. It may lack openings of this market, and
        have others.
    openings : polars series, length O
        As in `Market`.
    pairs : Path
        Where those come from: ids of a CSV file are text, and match whole numbers.

    Returns
    -------
    float64 array, shape (O,)
        0 for openings that are not in the table: a result lacks those that nobody got. Of two
        prices the higher counts.

    """
    source = OpeningsFile.open(path, PRICE).source
    table = source.whole(OPENING, PRICE)
    ids = ids_like(table[OPENING], openings.dtype, source, pairs)
    given = numbers_of(table[PRICE], path, 0)
    only_good(ids, given)
    (known,), (price,) = only_good(ids), only_good(given)
    target = Ids.of(openings).find(known)
    prices = np.zeros(len(openings))
    np.maximum.at(prices, target[target >= 0], price[target >= 0])
    return prices


def open_files(
    pairs: Path,
    openings: Path | None = None,
    prices: Path | None = None,
    groups: Path | None = None,
    *,
    opinions: bool = False,
) -> tuple[PairsFile, OpeningsFile | None]:
    """Look at the columns of every file, and refuse them with the problems of all.

    Returns
    -------
    tuple
        The pairs, and the openings where there is a file of them.

    """
    market = _tried(lambda: PairsFile.open(pairs, opinions=opinions))
    seats = _tried(lambda: OpeningsFile.open(openings, CAPACITY)) if openings else []
    earlier = _tried(lambda: OpeningsFile.open(prices, PRICE)) if prices else []
    labels = _tried(lambda: open_labels(groups)) if groups else []
    only_good(*market, *seats, *earlier, *labels)
    (file,) = only_good(*market)
    return file, next(iter(only_good(*seats)), None)


def _tried(opening: Callable[[], T]) -> list[T | InvalidInput]:
    try:
        return [opening()]
    except Refused as error:
        return list(error.problems)
