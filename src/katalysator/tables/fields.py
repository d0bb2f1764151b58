"""What a room wants to know of each row of a sheet: declared once, for commands and pages alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from katalysator.faults import InvalidInput
from katalysator.tables.names import is_question, likeness

Note = Callable[[InvalidInput], None]
"""Takes what could not be understood of a cell, where the row goes on without it."""

CellReader = Callable[[str, Note], Any]
"""The value of a cell, None where it says nothing; `InvalidInput` where it says what cannot be."""


class CellKind(Protocol):
    """What the cells of a column hold."""

    @property
    def tells_itself(self) -> bool:
        """Whether the cells alone, without a name above them, tell that it is this."""

    def fits(self, cells: Sequence[str]) -> float:
        """How well cells that are not blank read as this, from 0 to 1. Cost: a look at some of them."""

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:
        """How to read the cells of one column, which may tell together what one alone does not."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said of each row.

    Parameters
    ----------
    name
        What the room calls it.
    kind
        What its cells hold.
    headers
        By which names a column of it goes, in Dutch and English; those that say it most surely first.
    several
        Several columns may hold it.
    asked
        How surely a question asks for it, whatever that is about; from 0 to 1.
    leads
        The name of a field of which it is the head: where no column of this one is named, the first
        of several that hold the other takes its place, if its cells are short.
    ticked
        It may be ticked in columns of their own, whose names are its values.
    with_fields
        The names of fields whose cells are read together with its own, such as those of other days.

    """

    name: str
    kind: CellKind
    headers: tuple[str, ...]
    several: bool = False
    asked: float = 0.0
    leads: str = ""
    ticked: bool = False
    with_fields: tuple[str, ...] = ()

    def named_by(self, header: str) -> float:
        """How surely a header names it, from 0 to 1."""
        named = likeness(header, (self.name, *self.headers))
        return max(named, self.asked) if is_question(header) else named


@dataclass(frozen=True, slots=True)
class SheetOf:
    """What a sheet holds, as the room that takes it in declares it.

    Parameters
    ----------
    fields
        What its columns may be.
    says
        Names of fields: a row in which all of them are blank is no record.
    key
        The field that tells one row from another; empty where none does.
    names
        Words by which a sheet with these goes in a workbook of several.

    """

    fields: tuple[Field, ...]
    says: tuple[str, ...]
    key: str = ""
    names: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)
