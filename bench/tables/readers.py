"""One reader, for a process of its own: `python -m bench.tables.readers NAME PATH`."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

Reader = Callable[[Path], int]
"""Reads all cells of a table as Python objects, and counts its rows."""


def katalysator(path: Path) -> int:
    from katalysator.tables.reading import read_grids

    return len(read_grids(path)[0].rows)


def csv_module(path: Path) -> int:
    """Told what we have to find out: encoding and separator."""
    import csv

    with path.open(encoding="cp1252", newline="") as file:
        return len(list(csv.reader(file, delimiter=";")))


def polars_csv(path: Path) -> int:
    """Told the separator; it reads no cp1252, so it gets the bytes put into Unicode."""
    import polars as pl

    text = path.read_bytes().decode("cp1252").encode()
    return 1 + len(pl.read_csv(text, separator=";", infer_schema=False).rows())


def openpyxl(path: Path) -> int:
    """The reader behind `pandas.read_excel`."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return len(list(sheet.iter_rows(values_only=True)))


def calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        return len(book.get_sheet_by_index(0).to_python())


def polars_excel(path: Path) -> int:
    import polars as pl

    return 1 + len(pl.read_excel(path, infer_schema_length=0).rows())


READERS: Final[Mapping[str, Mapping[str, Reader]]] = {
    "CSV": {"katalysator": katalysator, "csv": csv_module, "polars": polars_csv},
    "XLSX": {
        "katalysator": katalysator,
        "calamine": calamine,
        "polars": polars_excel,
        "openpyxl": openpyxl,
    },
}

if __name__ == "__main__":
    kind, name, path = sys.argv[1:]
    sys.stdout.write(f"{READERS[kind][name](Path(path))}\n")
