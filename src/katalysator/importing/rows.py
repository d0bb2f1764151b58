"""The rows of a sheet, as a room reads them out of its records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.records import LeftOutLine, Records
from katalysator.tables.table import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What one row says.

    Parameters
    ----------
    line
        Where it stands.
    reference
        What its keeper calls it; empty where the sheet has no name for it.
    said
        What it states, by the names of parts; what it says nothing of is not among them.

    """

    line: Line
    reference: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """All that a sheet says: rows to be taken in, rows that cannot be, and what was left open."""

    read: Records
    rows: tuple[Any, ...]
    left_out: tuple[LeftOutLine, ...]
    remarks: tuple[InvalidInput, ...]


def at(read: Records, error: InvalidInput, line: Line, *fields: str) -> InvalidInput:
    """The error at its place: the first column with one of these fields in which the row holds anything, or the row."""
    places = [place for name in fields for place in read.recognised.places(name)]
    filled = [place for place in places if line.cells[place]]
    return read.table.at(error, line.number, *(filled or places)[:1])


def said_by(read: Records) -> SheetRows:
    """The rows that say just what their records hold; what tells them apart is their `reference`."""
    rows = (
        SheetRow(
            line=record.line,
            reference=record.get("id", ""),
            said={name: value for name, value in record.values.items() if name != "id"},
        )
        for record in read.records
    )
    return SheetRows(read, tuple(rows), read.left_out, read.remarks)


def address_left() -> InvalidInput:
    """What is said of an address that was not taken in."""
    return InvalidInput(
        "address-left",
        _("An e-mail address was left out of the text."),
        hint=_("People reach you through the coalition."),
    )
