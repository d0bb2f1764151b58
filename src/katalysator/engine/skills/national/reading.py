"""One file of a nation, read batch by batch; the first problem of each kind and column is kept."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Array
from katalysator.engine.matching.blocks import Progress
from katalysator.engine.matching.files.columns import Ids, id_type, ids_of
from katalysator.engine.matching.files.inputs import UNKNOWN_GROUP, Groups
from katalysator.engine.matching.files.tables import Source, line_of
from katalysator.engine.skills.national.codes import TaxonomyCodes
from katalysator.engine.skills.national.columns import (
    HOURS,
    LEVEL,
    NUMBERS,
    SEATS,
    numbers_of,
    plain_text,
    regions_of,
)
from katalysator.engine.skills.national.faults import Unfit
from katalysator.engine.skills.national.sets import CodeRows, SkillSets, of_codes
from katalysator.engine.skills.national.side import ANY_LEVEL, NationSide
from katalysator.engine.skills.taxonomy import Taxonomy
from katalysator.faults import InvalidInput

ID, REGION, VERSION = "id", "region", "version"
OCCUPATION, SKILLS = "occupation", "skills"
_COLUMNS: Final = (ID, REGION, OCCUPATION, SKILLS, LEVEL, HOURS, VERSION)
_ABSENT: Final[Mapping[bool, Mapping[str, float]]] = MappingProxyType(
    {True: {LEVEL: 0, HOURS: 0.0, SEATS: 1}, False: {LEVEL: ANY_LEVEL, HOURS: np.inf, SEATS: 1}}
)
"""What stands for a cell that is empty: of openings, and of people."""


class NationReader:
    """Reads one file. Nothing but the columns that are asked for enters memory.

    Parameters
    ----------
    source : Source
    taxonomy : Taxonomy
        What the codes are of.
    groups : sequence of str, optional
        Columns of labels of people; None says that the rows are openings.

    """

    def __init__(
        self, source: Source, taxonomy: Taxonomy, groups: Sequence[str] | None = None
    ) -> None:
        self.problems: dict[tuple[str, str], InvalidInput] = {}
        self._source, self._taxonomy = source, taxonomy
        self._of_openings = groups is None
        self._groups = tuple(dict.fromkeys(groups or ()))
        self._codes = {
            OCCUPATION: TaxonomyCodes(taxonomy, taxonomy.occupations),
            SKILLS: TaxonomyCodes(taxonomy, taxonomy.skills),
        }
        self._regions = Ids.of(pl.Series([""]))
        self._labels = {name: Ids.of(pl.Series([UNKNOWN_GROUP])) for name in self._groups}
        self._parts: dict[str, list[Array]] = {}
        self._essential: list[SkillSets] = []
        self._optional: list[SkillSets] = []
        self._ids: list[pl.Series] = []

    def unfit(self) -> Iterator[InvalidInput]:
        """What is wrong with the columns, before a row is read."""
        path, schema = self._source.path, self._source.schema
        found = ", ".join(schema.names())
        asked = (ID, *self._groups, *((REGION,) if self._of_openings else ()))
        for name in dict.fromkeys(asked):
            if name not in schema:
                yield Unfit.COLUMN_MISSING.of(path, missing=name, found=found)
        if OCCUPATION not in schema and SKILLS not in schema:
            yield Unfit.NOTHING_TOLD.of(path)
        yield from self._of_other_types()

    def read(self, stage: str, progress: Progress) -> None:
        """Read all of it; `problems` tells what is wrong."""
        source = self._source
        total = 0 if source.is_text else source.rows
        columns = (*_COLUMNS, *((SEATS,) if self._of_openings else self._groups))
        before = 0
        for batch in source.batches(
            *(name for name in dict.fromkeys(columns) if name in source.schema)
        ):
            progress(stage, before, total)
            self._take(batch, before)
            before += batch.height
        if not before:
            self._keep("", Unfit.ROWS_NONE.of(source.path))
        elif not any(name == ID for name, _ in self.problems):
            self._find_doubles()

    def side(self) -> NationSide:
        """What was read, of a file without problems."""
        parts = {name: np.concatenate(arrays) for name, arrays in self._parts.items()}
        return NationSide(
            ids=self._joined_ids(),
            essential=SkillSets.joined(self._essential),
            optional=SkillSets.joined(self._optional),
            regions=tuple(self._regions.table()),
            region=parts[REGION],
            level=parts[LEVEL],
            hours=parts[HOURS],
            seats=parts[SEATS],
            groups={
                name: Groups(ids.table(), parts[f"group {name}"])
                for name, ids in self._labels.items()
            },
            redirected=sum(codes.redirected for codes in self._codes.values()),
        )

    def _of_other_types(self) -> Iterator[InvalidInput]:
        path, schema = self._source.path, self._source.schema
        if ID in schema and isinstance(kind := id_type(self._source, ID), InvalidInput):
            yield kind
        for name in self._groups:
            dtype = schema.get(name, pl.String())
            if dtype.is_nested() or isinstance(dtype, pl.Binary | pl.Object):
                yield Unfit.GROUP_TYPE.of(path, column=name, type=dtype)
        for name in (REGION, VERSION, *NUMBERS):
            dtype = schema.get(name, pl.Null())
            is_text = isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null)
            if not is_text and not (name in NUMBERS and dtype.is_numeric()):
                fault = Unfit.NUMBERS_TYPE if name in NUMBERS else Unfit.TEXT_TYPE
                yield fault.of(path, column=name, type=dtype)

    def _take(self, batch: pl.DataFrame, before: int) -> None:
        path = self._source.path
        kind = id_type(self._source, ID)
        if isinstance(kind, pl.DataType):
            ids = ids_of(batch[ID], kind, path, before)
            if isinstance(ids, pl.Series):
                self._ids.append(ids)
            else:
                self._keep(ID, ids)
        self._take_version(batch, before)
        self._take_sets(batch, before)
        self._take_regions(batch, before)
        for name in NUMBERS:
            self._take_numbers(name, batch, before)
        for name, labels in self._labels.items():
            of = labels.number(plain_text(batch[name]).replace("", UNKNOWN_GROUP))
            self._parts.setdefault(f"group {name}", []).append(of)

    def _take_version(self, batch: pl.DataFrame, before: int) -> None:
        if VERSION not in batch.columns:
            return
        told = plain_text(batch[VERSION])
        other = (told != "") & (told != self._taxonomy.version)
        if other.any():
            row = int(other.arg_max() or 0)
            self._complain(Unfit.VERSION_OTHER, VERSION, before + row, value=told[row])

    def _take_sets(self, batch: pl.DataFrame, before: int) -> None:
        nothing = CodeRows(np.zeros(batch.height + 1, np.int64), np.zeros(0, np.int32))
        told = {}
        for name, codes in self._codes.items():
            rows: CodeRows | InvalidInput = nothing
            if name in batch.columns:
                rows = codes.rows(batch[name], self._source.path, before)
            if isinstance(rows, InvalidInput):
                self._keep(name, rows)
            else:
                told[name] = rows
        if len(told) < len(self._codes):
            return
        taxonomy = self._taxonomy
        essential = of_codes(told[OCCUPATION], told[SKILLS], taxonomy.essential, None)
        helping = told[OCCUPATION] if self._of_openings else nothing
        optional = of_codes(helping, nothing, taxonomy.optional, essential)
        self._essential.append(essential)
        self._optional.append(optional)
        asked = np.diff(essential.start) + np.diff(optional.start)
        if self._of_openings and not asked.all():
            first = OCCUPATION if OCCUPATION in batch.columns else SKILLS
            self._complain(Unfit.NOTHING_ASKED, first, before + int((asked == 0).argmax()))

    def _take_regions(self, batch: pl.DataFrame, before: int) -> None:
        column = batch[REGION] if REGION in batch.columns else _nulls(REGION, batch.height)
        codes = regions_of(column, self._source.path, before, required=self._of_openings)
        if isinstance(codes, InvalidInput):
            self._keep(REGION, codes)
        else:
            self._parts.setdefault(REGION, []).append(self._regions.number(codes))

    def _take_numbers(self, name: str, batch: pl.DataFrame, before: int) -> None:
        absent, kind = _ABSENT[self._of_openings][name], NUMBERS[name]
        found: Array | InvalidInput = np.full(batch.height, absent, kind.dtype)
        if name in batch.columns:
            found = numbers_of(batch[name], kind, absent, self._source.path, before)
        if isinstance(found, InvalidInput):
            self._keep(name, found)
        else:
            self._parts.setdefault(name, []).append(found)

    def _find_doubles(self) -> None:
        ids = self._joined_ids()
        again = ~ids.is_first_distinct()
        if again.any():
            row = int(again.arg_max() or 0)
            first = line_of(int((ids == ids[row]).arg_max() or 0))
            self._complain(Unfit.ID_DOUBLE, ID, row, first=first, value=ids[row])

    def _joined_ids(self) -> pl.Series:
        return pl.concat([ids.rename(ID) for ids in self._ids], rechunk=True)

    def _complain(self, fault: Unfit, column: str, row: int, **parameters: object) -> None:
        called = f"{self._taxonomy.name} {self._taxonomy.version}"
        found = fault.of(
            self._source.path, line=line_of(row), column=column, taxonomy=called, **parameters
        )
        self._keep(column, found)

    def _keep(self, column: str, problem: InvalidInput) -> None:
        self.problems.setdefault((column, problem.code), problem)


def _nulls(name: str, size: int) -> pl.Series:
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, size)
