"""Parquet and Arrow: typed columns, read as the texts that one would type."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from katalysator.faults import InvalidInput
from katalysator.tables.grid import Grid
from katalysator.tables.reading import read_grids


def _read(path: Path, **columns: list[Any]) -> Grid:
    frame = pl.DataFrame(columns)
    (frame.write_parquet if path.suffix == ".parquet" else frame.write_ipc)(path)
    (grid,) = read_grids(path)
    return grid


@pytest.mark.parametrize("name", ["n.parquet", "n.arrow", "n.feather"])
def test_types(tmp_path: Path, name: str) -> None:
    values = {
        "7": 7,
        "Een": " Een ",
        "Python;sql": ["Python", "sql"],
        "yes": True,
        "2026-01-02": date(2026, 1, 2),
        "2026-03-04": datetime(2026, 3, 4),  # noqa: DTZ001
        "1250.5": 1250.5,
    }
    grid = _read(tmp_path / name, **{f"k{n}": [value] for n, value in enumerate(values.values())})
    assert grid.rows == (tuple(f"k{n}" for n in range(7)), tuple(values))


def test_names_of_columns_are_row_0_and_blank_rows_count(tmp_path: Path) -> None:
    grid = _read(tmp_path / "n.parquet", a=[None, "Een", None], b=[None, ["x", None], []])
    assert grid.rows == (("a", "b"), ("Een", "x"))
    assert grid.numbers == (0, 2)


def test_a_column_that_is_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="The column “b” holds Struct"):
        _read(tmp_path / "n.parquet", a=["Een"], b=[{"a": 1}])
