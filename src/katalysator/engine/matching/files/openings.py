"""Files with one row an opening: how many seats it has, or what a seat of it cost before."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching.files.columns import (
    ids_like,
    number_type,
    seats_of,
)
from katalysator.engine.matching.files.ids import Ids
from katalysator.engine.matching.files.pairs import OPENING
from katalysator.engine.matching.files.problems import Fault, only_good
from katalysator.engine.matching.files.tables import Source
from katalysator.faults import InvalidInput

CAPACITY: Final = "capacity"
PRICE: Final = "price"


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
        seats = seats_of(table[CAPACITY], self.source.path)
        only_good(ids, seats, _twice(ids, self.source.path))
        (openings,), (capacity,) = only_good(ids), only_good(seats)
        return Ids.of(openings), capacity


def _twice(ids: pl.Series | InvalidInput, path: Path) -> InvalidInput | None:
    if isinstance(ids, InvalidInput) or ids.n_unique() == len(ids):
        return None
    second = int((~ids.is_first_distinct()).arg_max() or 0)
    first = int((ids == ids[second]).arg_max() or 0)
    found = {"first": first + 1, "second": second + 1, "opening": ids[second]}
    return Fault.ID_TWICE.of(path, **found)
