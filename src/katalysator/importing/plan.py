"""What would become of the rows of a sheet beside the records that are there: new, changed, or the same."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models

from katalysator.core.audit import Deed
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.rows import SheetRows, at
from katalysator.tables.records import LeftOutLine

RowProgress = Callable[[int, int], None]
"""Is told how many rows were looked at, of how many."""
_TOLD_EVERY = 200


class Effect(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row, the record as it will be, what that said before (nothing where it is new), and what tells the row."""

    row: Any
    record: Any
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    about: Sequence[Hashable] = ()

    @property
    def effect(self) -> Effect:
        """What becomes of it."""
        if not self.before:
            return Effect.NEW
        return Effect.CHANGED if self.changes else Effect.SAME

    @property
    def changes(self) -> tuple[str, ...]:
        """The parts that will be others than they are; parts of `terms` by their own names."""
        old, new = ({**said, **said.get("terms", {})} for said in (self.before, self.after))
        names = dict.fromkeys((*new, *old))
        return tuple(each for each in names if each != "terms" and old.get(each) != new.get(each))

    @property
    def deed(self) -> Deed:
        """What the audit trail gets: all that a new one says, and what was changed of another."""
        if not self.before:
            return Deed(self.record, after=self.after)
        changed = [name for name in self.after if self.after[name] != self.before[name]]
        return Deed(
            self.record,
            before={name: self.before[name] for name in changed},
            after={name: self.after[name] for name in changed},
        )


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What becomes of all rows that can be taken in, and those that cannot, with their reasons."""

    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOutLine, ...]

    def of(self, effect: Effect) -> list[PlannedRow]:
        """The rows of which this becomes."""
        return [each for each in self.rows if each.effect is effect]

    @property
    def counts(self) -> Mapping[Effect, int]:
        """How many there are of each effect."""
        return Counter(each.effect for each in self.rows)

    @property
    def fingerprint(self) -> str:
        """The same for plans that do the same to the same records, and for no others."""
        told = [(each.record.pk, each.before, each.after, repr(each.about)) for each in self.rows]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


class Planning(ABC):
    """Goes by the rows, and remembers what each is about. A room says what its records are and how a row changes one."""

    columns: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """The fields of a sheet that say a part of a record, where they have another name."""
    leading: ClassVar[str] = ""
    """The field at which is told what is wrong with a row as a whole."""

    @abstractmethod
    def found(self, row: Any) -> models.Model | None:
        """The record that a row is about, where it is there. Raises InvalidInput where it may be several."""

    @abstractmethod
    def made(self, row: Any) -> models.Model:
        """A record for a row that is about none; it is not written."""

    @abstractmethod
    def fill(self, record: Any, row: Any, *, is_new: bool) -> None:
        """Put what a row says into a record; what it says nothing of stays. Raises InvalidInput at the name of a part."""

    @abstractmethod
    def facts(self, record: Any) -> Mapping[str, Any]:
        """All that a record says, as JSON knows it."""

    @abstractmethod
    def about(self, row: Any) -> Sequence[Hashable]:
        """What tells a row that is about no record yet: two rows may have nothing of it in common."""

    def planned(self, sheet: SheetRows, progress: RowProgress | None = None) -> SheetPlan:
        """See what would become of the rows of a sheet; nothing is written."""
        rows: list[PlannedRow] = []
        left_out = list(sheet.left_out)
        seen: dict[object, int] = {}
        for number, row in enumerate(sheet.rows):
            if progress and number % _TOLD_EVERY == 0:
                progress(number, len(sheet.rows))
            try:
                rows.append(self._planned(row, seen))
            except InvalidInput as error:
                left_out.append(LeftOutLine(row.line, (self._placed(error, sheet, row),)))
        return SheetPlan(tuple(rows), tuple(sorted(left_out, key=lambda each: each.line.number)))

    def _planned(self, row: Any, seen: dict[object, int]) -> PlannedRow:
        found = self.found(row)
        about = self.about(row)
        for each in [(found._meta.label, found.pk)] if found else about:
            first = seen.setdefault(each, row.line.number)
            if first != row.line.number:
                raise _stands_twice(first).at(self.leading)
        before = self.facts(found) if found else {}
        record = found or self.made(row)
        self.fill(record, row, is_new=found is None)
        return PlannedRow(row, record, before, self.facts(record), about)

    def _placed(self, error: InvalidInput, sheet: SheetRows, row: Any) -> InvalidInput:
        part = str(error.where[0]) if error.where else ""
        fields = self.columns.get(part, (part, self.leading))
        return at(sheet.read, error.without_place(), row.line, *fields)


def _stands_twice(first: int) -> InvalidInput:
    return InvalidInput(
        "row-twice",
        _("This cannot be told from line %(first)s: both are about the same."),
        hint=_("Give each row a number of its own, or take one of the two out."),
        first=str(first),
    )
