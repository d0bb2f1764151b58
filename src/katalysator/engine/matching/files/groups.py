"""A file of labels: which groups (a region, a level) the people of a market belong to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Int32Array, IntArray
from katalysator.engine.matching.files.columns import id_type, ids_like
from katalysator.engine.matching.files.ids import Ids
from katalysator.engine.matching.files.pairs import PERSON
from katalysator.engine.matching.files.problems import Fault, only_good
from katalysator.engine.matching.files.tables import Source
from katalysator.faults import InvalidInput

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


@dataclass(frozen=True, slots=True)
class LabelsFile:
    """A file with a row for each person, whose columns are as they must be."""

    source: Source
    labels: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> "LabelsFile":
        """Look at the columns of the file, and refuse it where one is missing or of no use."""
        source = Source.open(path)
        source.require(PERSON)
        labels = tuple(name for name in source.schema.names() if name != PERSON)
        none = None if labels else Fault.LABELS.of(path, column=PERSON)
        only_good(id_type(source, PERSON), none, *(_label_type(source, each) for each in labels))
        return cls(source, labels)


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
    file = LabelsFile.open(path)
    table = file.source.whole(PERSON, *file.labels)
    (ids,) = only_good(ids_like(table[PERSON], people.dtype, file.source, pairs))
    number = Ids.of(people).find(ids)
    only_good(_twice(ids, path), _unknown(ids, number, path, pairs))
    return {name: _grouped(table[name], number, len(people)) for name in file.labels}


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
    return Fault.LABEL_TYPE.of(source.path, column=column, type=str(dtype))


def _twice(ids: pl.Series, path: Path) -> InvalidInput | None:
    again = ~ids.is_first_distinct()
    if not again.any():
        return None
    second = int(again.arg_max() or 0)
    first = int((ids == ids[second]).arg_max() or 0)
    found = {"first": first + 1, "second": second + 1, "person": ids[second]}
    return Fault.PERSON_TWICE.of(path, **found)


def _unknown(ids: pl.Series, number: Int32Array, path: Path, pairs: Path) -> InvalidInput | None:
    strange = number < 0
    if not strange.any():
        return None
    row = int(strange.argmax())
    found = {"row": row + 1, "person": ids[row], "other": pairs, "count": int(strange.sum())}
    return Fault.PERSON_UNKNOWN.of(path, **found)
