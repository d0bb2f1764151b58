"""The people and the openings of a nation, read in blocks from their files and checked before anything is reckoned.

Only columns that are asked for are read: whatever else a file holds of people never enters memory.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Float32Array, Int8Array, Int32Array, Int64Array
from katalysator.engine.matching.blocks import Progress
from katalysator.engine.matching.files.columns import Ids, id_type, ids_of
from katalysator.engine.matching.files.inputs import UNKNOWN_GROUP, Groups
from katalysator.engine.matching.files.tables import Source, line_of
from katalysator.engine.skills.national.codes import Codes
from katalysator.engine.skills.national.faults import (
    HIGHEST_LEVEL,
    MOST_HOURS,
    MOST_SEATS,
    Unfit,
)
from katalysator.engine.skills.national.sets import CodeRows, SkillSets, of_codes
from katalysator.engine.skills.taxonomy import Taxonomy
from katalysator.faults import InvalidInput, Refused
from katalysator.tables.places.nuts import as_code

ID: Final = "id"
REGION, LEVEL, HOURS, SEATS = "region", "level", "hours", "seats"
OCCUPATION, SKILLS, VERSION = "occupation", "skills", "version"
_OPTIONAL: Final = (REGION, OCCUPATION, SKILLS, LEVEL, HOURS, VERSION)
ANY_LEVEL: Final = 127
"""Of people of whom no level is known: it keeps them from nothing."""
_NONE: Final = CodeRows(np.zeros(1, np.int64), np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What a file told of N people or openings.

    Parameters
    ----------
    ids : polars series, (N,)
    essential : SkillSets
        What a person can do, or what an opening cannot do without.
    optional : SkillSets
        What helps in an opening; empty sets for people.
    regions : tuple of str
        Codes of regions as NUTS 2021 has them; the empty one where none was told.
    region : int32 array, (N,)
        Which of them.
    level : int8 array, (N,)
        `ANY_LEVEL` of people, and 0 of openings, where none was told.
    hours : float32 array, (N,)
        Infinite of people, and 0 of openings, where none was told.
    seats : int64 array, (N,)
        Of openings; ones for people.
    groups : mapping of str to Groups
        Labels of people that the summary goes by.
    redirected : int
        Codes of earlier versions that were understood.

    """

    ids: pl.Series
    essential: SkillSets
    optional: SkillSets
    regions: tuple[str, ...]
    region: Int32Array
    level: Int8Array
    hours: Float32Array
    seats: Int64Array
    groups: Mapping[str, Groups]
    redirected: int

    def __len__(self) -> int:
        return len(self.ids)


def read_nation(
    people: Path,
    openings: Path,
    taxonomy: Taxonomy,
    *,
    groups: Sequence[str] = (),
    progress: Progress,
) -> tuple[Side, Side]:
    """Read both files, or refuse them with the first problem of each column of either.

    Parameters
    ----------
    people : Path
        A table with the column ``id``, with ``occupation`` or ``skills`` or both (codes, or lists of them), and where
        known ``region``, ``level``, ``hours`` and ``version``. Whoever tells an occupation is taken to have what it
        cannot do without.
    openings : Path
        The same, and ``seats`` (one where there is no such column); here ``region`` is a must.
    taxonomy : Taxonomy
        What the codes are of.
    groups : sequence of str
        Columns of `people` with labels that the summary goes by; nothing else looks at them.

    Raises
    ------
    Refused
        With all problems, the first of each kind in each column.

    Notes
    -----
    Memory: 4 bytes a skill and 30 a row, the ids, and some 500 MiB for what is on the way.

    """
    sources = Source.open(people), Source.open(openings)
    readers = (
        _Reader(sources[0], taxonomy, groups, "people", progress),
        _Reader(sources[1], taxonomy, None, "openings", progress),
    )
    problems = [each for reader in readers for each in reader.missing()]
    if problems:
        raise Refused(*problems)
    for reader in readers:
        reader.read()
    problems = [each for reader in readers for each in reader.problems.values()]
    if problems:
        raise Refused(*problems)
    for source in sources:
        source.require_unchanged()
    return readers[0].side(), readers[1].side()


class _Reader:
    """Reads one file, batch by batch, and keeps the first problem of each kind and column.

    `groups` are columns of labels; None says that the rows are openings.
    """

    def __init__(
        self,
        source: Source,
        taxonomy: Taxonomy,
        groups: Sequence[str] | None,
        stage: str,
        progress: Progress,
    ) -> None:
        self.problems: dict[tuple[str, str], InvalidInput] = {}
        self._source, self._taxonomy, self._stage, self._progress = (
            source,
            taxonomy,
            stage,
            progress,
        )
        self._of_openings = groups is None
        self._groups = tuple(groups or ())
        self._occupations = Codes(taxonomy, taxonomy.occupations)
        self._skills = Codes(taxonomy, taxonomy.skills)
        self._regions = Ids.of(pl.Series([""]))
        self._labels = {name: Ids.of(pl.Series([UNKNOWN_GROUP])) for name in self._groups}
        self._parts: dict[str, list[np.ndarray]] = {}  # type: ignore[type-arg]
        self._sets: tuple[list[SkillSets], list[SkillSets]] = [], []
        self._ids: list[pl.Series] = []

    def missing(self) -> Iterator[InvalidInput]:
        """What the file lacks, before a row of it is read."""
        path, schema = self._source.path, self._source.schema
        found = ", ".join(schema.names())
        asked = (ID, *self._groups, *((REGION,) if self._of_openings else ()))
        for name in dict.fromkeys(asked):
            if name not in schema:
                yield Unfit.COLUMN_MISSING.of(path, missing=name, found=found)
        if OCCUPATION not in schema and SKILLS not in schema:
            yield Unfit.NOTHING_TOLD.of(path)
        if ID in schema and isinstance(kind := id_type(self._source, ID), InvalidInput):
            yield kind
        for name in self._groups:
            dtype = schema.get(name, pl.String())
            if dtype.is_nested() or isinstance(dtype, pl.Binary | pl.Object):
                yield Unfit.GROUP_TYPE.of(path, column=name, type=dtype)

    def read(self) -> None:
        """Read all of it; `problems` tells what is wrong."""
        schema, total = self._source.schema, 0 if self._source.is_text else self._source.rows
        optional = (*_OPTIONAL, SEATS) if self._of_openings else _OPTIONAL
        names = [ID, *(name for name in optional if name in schema)]
        before = 0
        for batch in self._source.batches(*dict.fromkeys([*names, *self._groups])):
            self._progress(self._stage, before, total)
            self._take(batch, before)
            before += batch.height
        if not before:
            self._keep("", Unfit.ROWS_NONE.of(self._source.path))
        self._find_doubles()

    def side(self) -> Side:
        """What was read, of a file without problems."""
        parts = {name: np.concatenate(arrays) for name, arrays in self._parts.items()}
        groups = {
            name: Groups(ids.table(), parts[f"group {name}"]) for name, ids in self._labels.items()
        }
        return Side(
            self._joined_ids(),
            *map(SkillSets.joined, self._sets),
            tuple(self._regions.table()),
            parts[REGION],
            parts[LEVEL],
            parts[HOURS],
            parts[SEATS],
            groups,
            self._occupations.redirected + self._skills.redirected,
        )

    def _take(self, batch: pl.DataFrame, before: int) -> None:
        path = self._source.path
        kind = id_type(self._source, ID)
        if not isinstance(kind, InvalidInput):
            ids = ids_of(batch[ID], kind, path, before)
            if isinstance(ids, pl.Series):
                self._ids.append(ids)
            else:
                self._keep(ID, ids)
        self._take_version(batch, before)
        self._take_sets(batch, before)
        self._take_regions(batch, before)
        low = 0 if self._of_openings else ANY_LEVEL
        self._number(batch, before, LEVEL, Unfit.LEVEL_BAD, _is_level, low, np.int8)
        hours = 0.0 if self._of_openings else np.inf
        self._number(batch, before, HOURS, Unfit.HOURS_BAD, _are_hours, hours, np.float32)
        self._number(batch, before, SEATS, Unfit.SEATS_BAD, _are_seats, 1, np.int64)
        for name in self._groups:
            text = batch[name].cast(pl.String).str.strip_chars().fill_null(UNKNOWN_GROUP)
            of = self._labels[name].number(text.replace("", UNKNOWN_GROUP))
            self._parts.setdefault(f"group {name}", []).append(of)

    def _take_version(self, batch: pl.DataFrame, before: int) -> None:
        if VERSION not in batch.columns:
            return
        told = batch[VERSION].cast(pl.String).str.strip_chars().fill_null("")
        other = (told != "") & (told != self._taxonomy.version)
        if other.any():
            row = int(other.arg_max() or 0)
            self._complain(Unfit.VERSION_OTHER, VERSION, before + row, value=told[row])

    def _take_sets(self, batch: pl.DataFrame, before: int) -> None:
        path, told = self._source.path, []
        for name, codes in ((OCCUPATION, self._occupations), (SKILLS, self._skills)):
            if name not in batch.columns:
                told.append(CodeRows(np.zeros(batch.height + 1, np.int64), _NONE.code))
                continue
            rows = codes.rows(batch[name], path, before)
            if isinstance(rows, InvalidInput):
                self._keep(name, rows)
                return
            told.append(rows)
        occupations, skills = told
        essential = of_codes(occupations, skills, self._taxonomy.essential, None)
        self._sets[0].append(essential)
        if not self._of_openings:
            empty = SkillSets(np.zeros(batch.height + 1, np.int64), _NONE.code)
            self._sets[1].append(empty)
            return
        nothing = CodeRows(np.zeros(batch.height + 1, np.int64), _NONE.code)
        optional = of_codes(occupations, nothing, self._taxonomy.optional, essential)
        self._sets[1].append(optional)
        empty_rows = (np.diff(essential.start) == 0) & (np.diff(optional.start) == 0)
        if empty_rows.any():
            first = OCCUPATION if OCCUPATION in batch.columns else SKILLS
            self._complain(Unfit.NOTHING_ASKED, first, before + int(empty_rows.argmax()))

    def _take_regions(self, batch: pl.DataFrame, before: int) -> None:
        if REGION not in batch.columns:
            self._parts.setdefault(REGION, []).append(np.zeros(batch.height, np.int32))
            return
        told = batch[REGION].cast(pl.String, strict=False).str.strip_chars().fill_null("")
        codes = {text: as_code(text) if text else "" for text in told.unique().to_list()}
        bad = [text for text, code in codes.items() if code is None]
        if bad:
            row = int(told.is_in(bad).arg_max() or 0)
            self._complain(Unfit.REGION_UNKNOWN, REGION, before + row, value=told[row])
            return
        if self._of_openings and "" in codes:
            self._complain(Unfit.REGION_EMPTY, REGION, before + int((told == "").arg_max() or 0))
        of = self._regions.number(told.replace_strict(codes, return_dtype=pl.String))
        self._parts.setdefault(REGION, []).append(of)

    def _number(
        self,
        batch: pl.DataFrame,
        before: int,
        name: str,
        fault: Unfit,
        is_good: Callable[[np.ndarray], np.ndarray],  # type: ignore[type-arg]
        absent: float,
        dtype: type[np.number],  # type: ignore[type-arg]
    ) -> None:
        """Numbers of a column, `absent` where a cell is empty or there is no column."""
        if name not in batch.columns:
            self._parts.setdefault(name, []).append(np.full(batch.height, absent, dtype))
            return
        column = batch[name]
        if column.dtype == pl.String:
            column = column.str.strip_chars().str.replace(",", ".", literal=True).replace("", None)
        numbers = column.cast(pl.Float64, strict=False)
        value = numbers.fill_null(np.nan).to_numpy()
        empty = column.is_null().to_numpy() & (name != SEATS)
        wrong = ~empty & ~is_good(value)
        if wrong.any():
            row = int(wrong.argmax())
            most = {LEVEL: HIGHEST_LEVEL, HOURS: MOST_HOURS, SEATS: MOST_SEATS}[name]
            shown = "" if column[row] is None else batch[name][row]
            self._complain(fault, name, before + row, value=shown, most=most)
            return
        filled = np.where(empty, absent, value).astype(dtype)
        self._parts.setdefault(name, []).append(filled)

    def _find_doubles(self) -> None:
        if any(name == ID for name, _ in self.problems) or not self._ids:
            return
        ids = self._joined_ids()
        again = ~ids.is_first_distinct()
        if again.any():
            row = int(again.arg_max() or 0)
            first = int((ids == ids[row]).arg_max() or 0)
            self._complain(Unfit.ID_DOUBLE, ID, row, first=line_of(first), value=ids[row])

    def _joined_ids(self) -> pl.Series:
        return pl.concat([series.rename(ID) for series in self._ids], rechunk=True)

    def _complain(self, fault: Unfit, column: str, row: int, **parameters: object) -> None:
        called = f"{self._taxonomy.name} {self._taxonomy.version}"
        problem = fault.of(
            self._source.path, line=line_of(row), column=column, **parameters, taxonomy=called
        )
        self._keep(column, problem)

    def _keep(self, column: str, problem: InvalidInput) -> None:
        self.problems.setdefault((column, problem.code), problem)


def _is_level(value: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return (value >= 1) & (value <= HIGHEST_LEVEL) & (value == np.floor(value))


def _are_hours(value: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return (value > 0) & (value <= MOST_HOURS)


def _are_seats(value: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return (value >= 0) & (value <= MOST_SEATS) & (value == np.floor(value))
