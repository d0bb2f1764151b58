"""A file of pairs with their scores, read in batches of one type, and its first pass.

In that everything is checked, everybody numbered, and rows are counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.blocks import Progress
from katalysator.engine.matching.files.columns import (
    Ids,
    id_type,
    ids_of,
    number_type,
    scores_of,
)
from katalysator.engine.matching.files.tables import Fault, Source, line_of, only_good
from katalysator.faults import InvalidInput, Refused

PERSON: Final = "person"
OPENING: Final = "opening"
SCORE: Final = "score"
BOTH_SCORES: Final = ("score_person", "score_opening")

NumberColumns = Mapping[str, FloatArray | InvalidInput]


class Opinions(NamedTuple):
    """What the person and the opening of each pair think of one another: float32, one a pair."""

    mine: FloatArray
    theirs: FloatArray


class Batch(NamedTuple):
    """Some rows, after `before` others; a problem in place of a column that cannot be used."""

    before: int
    person: pl.Series | InvalidInput
    opening: pl.Series | InvalidInput
    score: FloatArray | InvalidInput
    opinions: Opinions | InvalidInput | None = None


@dataclass(frozen=True, slots=True)
class PairsFile:
    """A file of pairs whose columns are as they must be."""

    source: Source
    person_type: pl.DataType
    opening_type: pl.DataType
    score: tuple[str, ...]
    opinions: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path, *, opinions: bool = False) -> "PairsFile":
        """Look at the columns of the file, and refuse it where one is missing or of no use.

        With `opinions` both of those are needed too, also where there is a column of scores.
        """
        source = Source.open(path)
        by_both = SCORE not in source.schema and any(each in source.schema for each in BOTH_SCORES)
        score = BOTH_SCORES if by_both else (SCORE,)
        source.require(PERSON, OPENING, *score)
        both = BOTH_SCORES if opinions else ()
        only_good(_without_opinions(source) if opinions else None)
        types = [id_type(source, column) for column in (PERSON, OPENING)]
        bad = [number_type(source, column) for column in _once(score, both)]
        person, opening = only_good(*types, *bad)[:2]
        return cls(source, person, opening, score, both)

    @property
    def scored_by_both(self) -> bool:
        """Whether a score is the geometric mean of two columns."""
        return len(self.score) > 1

    @property
    def has_opinions(self) -> bool:
        """Whether the file says what each side thinks of the other."""
        return all(each in self.source.schema for each in BOTH_SCORES)

    @property
    def precision(self) -> np.dtype[np.floating]:
        """Of the scores: float32 where all their columns are so."""
        single = all(self.source.schema[column] == pl.Float32() for column in self.score)
        return np.dtype(np.float32 if single else np.float64)

    def batches(self) -> Iterator[Batch]:
        """All rows in their order."""
        before, path, columns = 0, self.source.path, _once(self.score, self.opinions)
        for batch in self.source.batches(PERSON, OPENING, *columns):
            numbers = {each: scores_of(batch[each], path, before) for each in columns}
            yield Batch(
                before,
                ids_of(batch[PERSON], self.person_type, path, before),
                ids_of(batch[OPENING], self.opening_type, path, before),
                self._scores(numbers),
                self._opinions(numbers),
            )
            before += batch.height

    def good_batches(self) -> Iterator[tuple[int, pl.Series, pl.Series, tuple[FloatArray, ...]]]:
        """All rows once more, of a file in which no problem was found the first time.

        Last come the scores, and both opinions where they are asked for.
        """
        for before, person, opening, score, opinions in self.batches():
            (people, openings), (scores,) = only_good(person, opening), only_good(score)
            both = [column for each in only_good(opinions) for column in each]
            yield before, people, openings, (scores, *both)

    def _scores(self, numbers: NumberColumns) -> FloatArray | InvalidInput:
        """The column, or ``sqrt(a * b)`` of the two."""
        columns = [numbers[each] for each in self.score]
        bad = next((each for each in columns if isinstance(each, InvalidInput)), None)
        if bad or not self.scored_by_both:
            return bad or columns[0]
        first, second = only_good(*columns)
        return _mean(first.astype(np.float64), second).astype(self.precision)

    def _opinions(self, numbers: NumberColumns) -> Opinions | InvalidInput | None:
        """Both columns where they are asked for; a problem that the score does not tell already."""
        columns = [numbers[each] for each in self.opinions]
        bad = next((each for each in columns if isinstance(each, InvalidInput)), None)
        if bad or not columns:
            return None if self.scored_by_both else bad
        return Opinions(*map(_single, only_good(*columns)))


def _mean(first: FloatArray, second: FloatArray) -> FloatArray:
    """Geometric means, also where the product of the two is too large or too small for a number."""
    with np.errstate(over="ignore", under="ignore"):
        product = first * second
    normal = (product >= np.finfo(np.float64).tiny) & np.isfinite(product)
    mean: FloatArray = np.where(normal, np.sqrt(product), np.sqrt(first) * np.sqrt(second))
    return mean


def _without_opinions(source: Source) -> InvalidInput | None:
    missing = ", ".join(column for column in BOTH_SCORES if column not in source.schema)
    found = ", ".join(source.schema.names())
    return Fault.OPINIONS.of(source.path, missing=missing, found=found) if missing else None


def _once(*columns: tuple[str, ...]) -> tuple[str, ...]:
    """All columns, each of them once."""
    return tuple(dict.fromkeys(name for each in columns for name in each))


def _single(opinion: FloatArray) -> FloatArray:
    """In single precision; what is above 0 stays so, for 0 means unacceptable."""
    limits = np.finfo(np.float32)
    rounded = np.clip(opinion, limits.smallest_subnormal, limits.max).astype(np.float32)
    rounded[opinion == 0.0] = 0.0
    return rounded


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
            self._first_stranger = before + int(strange.argmax())
        self._strangers.number(openings.filter(pl.Series(strange)))

    def _stranger(self) -> InvalidInput:
        found = {
            "opening": self._strangers.table()[0],
            "other": self._known_from,
            "count": self._strangers.count,
        }
        line = line_of(self._first_stranger)
        return Fault.ID_UNKNOWN.of(self.file.source.path, line=line, column=OPENING, **found)
