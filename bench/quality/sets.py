"""The graded test sets: needs and offers through the reader of `katalysator match`, and grades."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from katalysator.cli.match import columns
from katalysator.cli.match.columns import Column
from katalysator.cli.match.rows import listings
from katalysator.cli.match.tables import read_table
from katalysator.engine.matching import Profile
from katalysator.faults import InvalidInput

HERE: Final = Path(__file__).parent
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


def load(folder: Path) -> GradedSet:
    """Read one test set."""
    return GradedSet(
        folder.name,
        profiles(folder / "needs.csv", columns.NEEDS),
        profiles(folder / "offers.csv", columns.OFFERS),
        _grades(folder / "grades.csv"),
        _traps(folder / "traps.csv"),
    )


def profiles(path: Path, understood: frozenset[Column]) -> tuple[Profile, ...]:
    """The rows of a table; what is wrong with it ends the program."""
    problems: list[InvalidInput] = []
    table = read_table(path, None, problems)
    if table:
        read = listings(table, columns.layout(table.header.cells, {}, understood), problems)
        if not problems:
            return read.profiles
    raise SystemExit("\n".join(map(str, problems)))


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for row in _rows(path):
        grades.setdefault(row["need"], {})[row["offer"]] = int(row["grade"])
    return grades


def _traps(path: Path) -> dict[str, frozenset[Pair]]:
    found: dict[str, set[Pair]] = {}
    for row in _rows(path):
        found.setdefault(row["kind"], set()).add((row["need"], row["offer"]))
    return {kind: frozenset(pairs) for kind, pairs in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
