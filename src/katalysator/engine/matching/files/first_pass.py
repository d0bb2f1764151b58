"""The first pass over the pairs: everything checked, everybody numbered, rows counted."""

from pathlib import Path

import numpy as np
import polars as pl

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching.files.ids import Ids
from katalysator.engine.matching.files.pairs import OPENING, Batch, PairsFile
from katalysator.engine.matching.files.problems import Fault
from katalysator.engine.matching.progress import Progress
from katalysator.faults import InvalidInput, Refused


class FirstPass:
    """Numbers of people and openings, and how many pairs a person has.

    Parameters
    ----------
    file : PairsFile
        Read once, by `run`.
    openings : Ids
        Those that are known, or none yet.
    known_from : Path, optional
        The file that names all openings; without it the pairs name them.

    """

    def __init__(self, file: PairsFile, openings: Ids, known_from: Path | None) -> None:
        self.file = file
        self.people, self.openings = Ids(file.person_type), openings
        self.degree: IntArray = np.zeros(1 << 10, np.int64)
        self._known_from = known_from
        self._problems: dict[str, InvalidInput] = {}
        self._strangers = Ids(file.opening_type)
        self._first_stranger = 0

    def run(self, progress: Progress) -> "FirstPass":
        """Read the file; refuse it with the first problem of each column."""
        total = 0 if self.file.source.is_text else self.file.source.rows
        for batch in self.file.batches():
            progress("check", batch.before, total)
            self._take(batch)
        if self._strangers.count:
            self._keep(OPENING, self._stranger())
        if self._problems:
            raise Refused(*self._problems.values())
        self.degree = self.degree[: self.people.count]
        return self

    def _take(self, batch: Batch) -> None:
        for name, column in batch._asdict().items():
            if isinstance(column, InvalidInput):
                self._keep(name, column)
        if isinstance(batch.opening, pl.Series):
            self._take_openings(batch.opening, batch.before)
        if isinstance(batch.person, pl.Series):
            self._take_people(batch.person)

    def _keep(self, name: str, problem: InvalidInput) -> None:
        self._problems.setdefault(f"{name} {problem.code}", problem)

    def _take_people(self, people: pl.Series) -> None:
        from katalysator.engine.matching.files.kernels import tally

        numbers = self.people.number(people)
        if self.people.count > self.degree.size:
            more = np.zeros(2 * self.people.count, np.int64)
            more[: self.degree.size] = self.degree
            self.degree = more
        tally(numbers, self.degree)

    def _take_openings(self, openings: pl.Series, before: int) -> None:
        if self._known_from is None:
            self.openings.number(openings)
            return
        strange = self.openings.find(openings) < 0
        if not strange.any():
            return
        if not self._strangers.count:
            self._first_stranger = before + int(strange.argmax()) + 1
        self._strangers.number(openings.filter(pl.Series(strange)))

    def _stranger(self) -> InvalidInput:
        found = {
            "opening": self._strangers.table()[0],
            "row": self._first_stranger,
            "other": self._known_from,
            "count": self._strangers.count,
        }
        return Fault.ID_UNKNOWN.of(self.file.source.path, **found)
