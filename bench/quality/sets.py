"""The boards and the sets of traps: needs and offers through the reader of `katalysator match`, and grades."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from katalysator.engine.matching import Profile
from katalysator.listings.sheets import RowKind
from katalysator.matches.sheet_profiles import listings
from katalysator.matches.sheet_sources import SheetSource, nobody
from katalysator.tables.columns_said import ColumnsSaid

HERE: Final = Path(__file__).parent
BOARDS: Final = ("hub", "national", "municipal", "places")
"""Boards to learn from, as boards arise."""
KEPT: Final = ("port", "crossing")
"""Boards that were graded after the last choice was made."""
TRAPS: Final = ("dev", "holdout", "care", "trade", "everyday")
"""Sets that were written need by need with decoys: they test constraints, and nothing is learned from them."""
GOOD_GRADE: Final = 2
Pair = tuple[str, str]

HARD: Final = (
    "wrong level",
    "closed period",
    "other region",
    "other area",
    "amounts do not overlap",
    "too little capacity",
    "same organisation",
)


@dataclass(frozen=True, slots=True)
class GradedSet:
    """Needs and offers, the grade of each pair (absent: 0), and the pairs of each kind of trap."""

    name: str
    needs: tuple[Profile, ...]
    offers: tuple[Profile, ...]
    grades: Mapping[str, Mapping[str, int]]
    traps: Mapping[str, frozenset[Pair]]

    @property
    def forbidden(self) -> frozenset[Pair]:
        """Pairs that a hard constraint forbids, listed by hand."""
        return frozenset().union(*(self.traps.get(kind, frozenset()) for kind in HARD))

    @property
    def hopeless(self) -> frozenset[str]:
        """Needs without a good offer."""
        good = {need for need, row in self.grades.items() if max(row.values()) >= GOOD_GRADE}
        return frozenset(need.key for need in self.needs) - good


def board(name: str, *, later: bool = True) -> GradedSet:
    """Read a board, with the needs that came later, from which nothing is learned."""
    return load(HERE / "boards" / name, ("", "-later") if later else ("",))


def traps(name: str) -> GradedSet:
    """Read a set of traps."""
    return load(HERE / "traps" / name)


def load(folder: Path, parts: Sequence[str] = ("",)) -> GradedSet:
    """Read one board or set: its offers, and each part of its needs that there is, with their grades."""
    asked = [path for part in parts if (path := folder / f"needs{part}.csv").exists()]
    graded = [path for part in parts if (path := folder / f"grades{part}.csv").exists()]
    return GradedSet(
        folder.name,
        tuple(chain.from_iterable(profiles(path, "need") for path in asked)),
        profiles(folder / "offers.csv", "offer"),
        _grades(graded),
        _traps(folder / "traps.csv"),
    )


def profiles(path: Path, kind: RowKind) -> tuple[Profile, ...]:
    """The rows of a table, in which nothing may be left out."""
    source = SheetSource(path, kind, ColumnsSaid())
    read = listings(source.records(source.table(None), nobody), kind)
    if read.read.left_out or read.read.silent:
        raise SystemExit(f"{path}: {len(read.read.left_out)} rows were left out.")
    return read.profiles


def _grades(paths: Iterable[Path]) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for row in chain.from_iterable(map(_rows, paths)):
        grades.setdefault(row["need"], {})[row["offer"]] = int(row["grade"])
    return grades


def _traps(path: Path) -> dict[str, frozenset[Pair]]:
    found: dict[str, set[Pair]] = {}
    for row in _rows(path):
        found.setdefault(row["kind"], set()).add((row["need"], row["offer"]))
    return {kind: frozenset(pairs) for kind, pairs in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
