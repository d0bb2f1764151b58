"""Grids and tables made by hand, for tests of what comes after reading."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.grid import Grid
from katalysator.tables.table import Line, Table

TODAY = date(2026, 3, 1)


def grid(*rows: str | Iterable[str], skip: Iterable[int] = (), **more: Any) -> Grid:
    """A sheet of these rows, with bars between cells; the rows of which `skip` has the numbers are empty."""
    cells = [tuple(row.split("|")) if isinstance(row, str) else tuple(row) for row in rows]
    numbers = [number for number in range(1, len(cells) + 100) if number not in set(skip)]
    return Grid("f", tuple(cells), tuple(numbers[: len(cells)]), **more)


def table(header: str, *rows: str, **more: Any) -> Table:
    """A table with these rows below its header, with bars between cells."""
    names = tuple(header.split("|"))
    lines = tuple(Line(number, tuple(row.split("|"))) for number, row in enumerate(rows, 2))
    return Table("f", Line(1, names), lines, **more)


PLANTS = SheetOf(
    (
        Field("id", kinds.Identifier(), ("nr", "nummer")),
        Field("title", kinds.Title(20), ("naam", "plant"), leads="text"),
        Field("text", kinds.LongText(100), ("verhaal", "story"), several=True, asked=0.6),
        Field("place", kinds.PlacesIn(), ("waar", "where", "plaats")),
        Field("since", kinds.DaysIn(lambda: TODAY), ("sinds", "datum")),
        Field("height", kinds.Count(100), ("hoogte", "aantal")),
        Field("price", kinds.AmountIn(), ("prijs", "kosten")),
        Field("edible", kinds.YesOrNo(), ("eetbaar",)),
        Field("email", kinds.Address(), ("contact",), several=True),
        Field("-", kinds.Unused(), ("opmerking", "intern"), several=True),
    ),
    says=("title", "text"),
    key="id",
    names=("planten", "plants"),
)
"""A sheet of another room than ours."""
