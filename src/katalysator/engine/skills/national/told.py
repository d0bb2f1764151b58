"""The summary of a division as a table: per region, per group, and per region and group, with what may not be told left out."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import BoolArray, IntArray
from katalysator.engine.matching.files.inputs import Groups
from katalysator.engine.skills.national.cells import Cells, line_of_cells, table_of_cells
from katalysator.engine.skills.national.side import NationSide

MOST_LABELS: Final = 100
"""Labels of a column that are told for each region; with more, only for the country."""
REGION: Final = "region"
ALL: Final = "all"
_COUNTS: Final = ("people", "with_a_seat", "without_a_seat")
_SCHEMA: Final = {
    "by": pl.String(),
    "region": pl.String(),
    "label": pl.String(),
    **dict.fromkeys(_COUNTS, pl.Int64()),
}


def summary_table(people: NationSide, placed: BoolArray) -> pl.DataFrame:
    """Who has a seat, `placed` (P,), by region and by each grouping of the people; null where it is not told.

    Columns ``by`` (what the row goes by), ``region`` and ``label`` (``all``: whoever), ``people``, ``with_a_seat`` and
    ``without_a_seat``. Nobody without a region or label is left out: there it is ``?``.
    """
    names = pl.Series([code or "?" for code in people.regions])
    regions = line_of_cells(people.region, len(names), placed)
    rows = [_line(REGION, names, regions, is_region=True)]
    for name, groups in people.groups.items():
        rows += _grouped(name, groups, people.region, names, regions, placed)
    told = pl.concat(rows)
    return told.filter((pl.col("people") > 0) | pl.col("people").is_null())


def hidden_cells(table: pl.DataFrame) -> int:
    """Rows of a summary that tell nothing."""
    return int(table["people"].null_count())


def people_by_label(labels: tuple[str, ...], of: IntArray) -> Mapping[str, int | None]:
    """How many people have each label, None where that may not be told; `of` (P,) numbers the labels."""
    cells = line_of_cells(of, len(labels), np.zeros(of.size, np.bool_))
    people, hidden = cells.counts[0, :-1, 0].tolist(), cells.hidden[:-1, 0].tolist()
    return {
        label: None if unsaid else count
        for label, count, unsaid in zip(labels, people, hidden, strict=True)
        if count
    }


def _grouped(
    name: str,
    groups: Groups,
    region: IntArray,
    names: pl.Series,
    regions: Cells,
    placed: BoolArray,
) -> Iterator[pl.DataFrame]:
    size = len(groups.labels)
    line = line_of_cells(groups.of, size, placed)
    yield _line(name, groups.labels, line, is_region=False)
    if size > MOST_LABELS:
        return
    cells = table_of_cells(region, groups.of, placed, (regions, line))
    shape = len(names), size
    place = np.indices(shape).reshape(2, -1)
    yield _rows(
        f"{REGION}, {name}",
        names.gather(place[0]),
        groups.labels.gather(place[1]),
        cells.counts[:, :-1, :-1].reshape(len(_COUNTS), -1),
        cells.hidden[:-1, :-1].ravel(),
    )


def _line(by: str, names: pl.Series, cells: Cells, *, is_region: bool) -> pl.DataFrame:
    told = pl.concat([names, pl.Series([ALL])])
    whoever = pl.Series([ALL]).new_from_index(0, len(told))
    region, label = (told, whoever) if is_region else (whoever, told)
    return _rows(by, region, label, cells.counts[:, :, 0], cells.hidden[:, 0])


def _rows(
    by: str, region: pl.Series, label: pl.Series, counts: IntArray, hidden: BoolArray
) -> pl.DataFrame:
    unsaid = pl.Series(hidden)
    told = {
        name: pl.Series(each.copy()).set(unsaid, None)
        for name, each in zip(_COUNTS, counts, strict=True)
    }
    columns = {"by": pl.Series([by]).new_from_index(0, len(unsaid)), REGION: region, "label": label}
    return pl.DataFrame({**columns, **told}, schema=_SCHEMA).sort(REGION, "label")
