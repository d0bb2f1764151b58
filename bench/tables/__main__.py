"""`python -m bench.tables`: time, memory and guesses of reading tables, beside other readers."""

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.match.running import Run, run
from bench.tables import guesses
from bench.tables.readers import READERS

_COLUMNS: Final = 20
_MOST_SECONDS: Final = {"CSV": 5.0, "XLSX": 40.0}  # at 100,000 rows
_MOST_MEGABYTES: Final = 500.0


def main() -> int:
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="katalysator-bench-") as folder:
        paths = {"CSV": Path(folder) / "t.csv", "XLSX": Path(folder) / "t.xlsx"}
        _write_csv(paths["CSV"], arguments.rows)
        _write_xlsx(paths["XLSX"], arguments.rows)
        missed = [not _compared(kind, path, arguments.rows) for kind, path in paths.items()]
    guesses.show()
    return int(arguments.asserting and any(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if a goal is missed"
    )
    return parser.parse_args()


def _compared(kind: str, path: Path, rows: int) -> bool:
    """Prints what each reader takes; tells whether ours is within the goal."""
    print(f"\n{kind}, {rows:,} × {_COLUMNS}, {path.stat().st_size / 1e6:.0f} MB")
    print(f"{'reader':<14}{'s':>7}{'CPU s':>7}{'MB':>7}{'ours is':>10}")
    took = {name: run(_command(kind, name, path)) for name in READERS[kind]}
    ours = took["katalysator"]
    for name, run_of in took.items():
        print(f"{name:<14}{_told(run_of)}{ours.work / run_of.work:>8.2f} ×")
    return ours.work <= _MOST_SECONDS[kind] and ours.megabytes <= _MOST_MEGABYTES


def _told(took: Run) -> str:
    return f"{took.seconds:>7.1f}{took.work:>7.1f}{took.megabytes:>7.0f}"


def _command(kind: str, name: str, path: Path) -> list[str]:
    return [sys.executable, "-m", "bench.tables.readers", kind, name, str(path)]


def _rows(count: int) -> Iterator[list[Any]]:
    """Rows such as people keep: texts, days, amounts, yes and no, much that returns and some blanks."""
    rng = np.random.default_rng(1)
    words = "data model zorg energie water school fabriek proef partner student regio taal".split()
    yield [f"kolom {number} é" for number in range(_COLUMNS)]
    for number in range(count):
        drawn = rng.integers(0, len(words), 30)
        texts = [words[place] for place in drawn]
        day = date(2026, 1, 1) + timedelta(int(drawn[0]) * 20)
        amounts = [int(drawn[1]) * 1_000, float(drawn[2]) * 1.5, number]
        contact = [f"V-{number}", f"info{number}@voorbeeld.example", f"Plaats {drawn[3]}"]
        known = ["hbo", "ja" if drawn[4] % 2 else "nee", None, "", "NL", "open", "x"]
        yield [*contact, " ".join(texts[:3]), " ".join(texts), day, *amounts, *known, *texts[:4]]


def _write_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(_rows(rows))


def _write_xlsx(path: Path, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Blad1")
    for row in _rows(rows):
        sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    raise SystemExit(main())
