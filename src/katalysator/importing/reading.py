"""The table in a file that somebody gave to a page: read whole, within what a page can take."""

import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.grid import letters
from katalysator.tables.names import words
from katalysator.tables.recognition import NOT_USED, Recognised, Use, name_likeness, recognise
from katalysator.tables.records import Records, read_records
from katalysator.tables.sheets import open_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from katalysator.importing.kinds import SheetImport
    from katalysator.tables.fields import SheetOf
    from katalysator.tables.table import Table

LARGEST_SHEET: Final = 5_000_000
"""Bytes."""
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 100
_LARGEST_UNPACKED: Final = 100_000_000  # bytes: a workbook of this many rows has far less
_A_NAME: Final = 0.5  # so surely a header is one that we know
_OF_MACHINES: Final = (b"PAR1", b"ARROW1")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table, with what its columns were taken for; `problem` says why its rows cannot be read so."""

    table: "Table"
    of: "SheetOf"
    recognised: Recognised
    problem: InvalidInput | None

    def records(self) -> Records:
        """Its lines, read as what the columns were taken for. Cost: one pass."""
        return read_records(self.table, self.recognised, self.of)


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that was given: what is in it, and what it is called; in the terminal it may be large."""

    content: bytes
    name: str
    is_large: bool = False


def read_sheet(
    file: GivenFile, kind: "SheetImport", target: object, chosen: "Mapping[int, str]"
) -> ReadSheet:
    """Read a file that was given.

    Parameters
    ----------
    file
        The file.
    kind, target
        What its rows become, and where they go.
    chosen
        What the person says of columns, by their places; the others are recognised. Columns that may not be
        taken in are not used.

    Raises
    ------
    InvalidInput
        Where it cannot be read, or is too large.

    """
    return _understood(read_table(file, kind.sheet_of(target)), kind, target, chosen)


def understood(
    table: "Table", kind: "SheetImport", target: object, said: "Mapping[str, str]"
) -> ReadSheet:
    """The columns of a table, where what a person says of them goes by their headers. Raises InvalidInput."""
    by_words = {words(header): name for header, name in said.items()}
    headers = enumerate(table.header.cells)
    chosen = {place: by_words[words(cell)] for place, cell in headers if words(cell) in by_words}
    return _understood(table, kind, target, chosen)


def _understood(
    table: "Table", kind: "SheetImport", target: object, chosen: "Mapping[int, str]"
) -> ReadSheet:
    of, usable = kind.sheet_of(target), kind.labels(target)
    found = _cautious(kind.uses(recognise(table, of).uses), of)
    uses = tuple(_use(use, usable, chosen.get(use.place)) for use in found)
    return ReadSheet(table, of, Recognised(uses), _problem(uses, kind, of))


def read_table(file: GivenFile, of: "SheetOf") -> "Table":
    """The table in a file. Raises InvalidInput where it cannot be read, or is too large for a page."""
    if not file.is_large:
        _check_file(file.content)
    table = open_table(BytesIO(file.content), of, name=file.name)
    if not file.is_large:
        _check_size(table)
    return table


def _check_size(table: "Table") -> None:
    """Refuse what a page cannot take. Raises InvalidInput."""
    if len(table.lines) + len(table.no_lines) > MOST_ROWS:
        raise InvalidInput(
            "rows-many",
            _("There are more than %(most)s rows."),
            hint=_("Split the sheet, and upload the parts one by one."),
            most=MOST_ROWS,
        )
    if len(table.header.cells) > MOST_COLUMNS:
        raise InvalidInput(
            "columns-many",
            _("There are more than %(most)s columns."),
            hint=_("Leave out the columns that are not needed."),
            most=MOST_COLUMNS,
        )


def _check_file(content: bytes) -> None:
    """Refuse what is not for a page before it is unpacked."""
    if content.startswith(_OF_MACHINES):
        raise InvalidInput(
            "file-kind",
            _("This is a file for programs."),
            hint=_("Upload a spreadsheet: .xlsx or .csv."),
        )
    if len(content) > LARGEST_SHEET or _unpacked(content) > _LARGEST_UNPACKED:
        raise too_large()


def too_large() -> InvalidInput:
    """The refusal of a file that is larger than a page can take."""
    return InvalidInput(
        "file-large",
        _("The file is larger than %(most)s MB."),
        hint=_("Take out pictures and sheets that are not needed, or split it."),
        most=LARGEST_SHEET // 1_000_000,
    )


def _unpacked(content: bytes) -> int:
    """How large a workbook says that it is, unpacked; whether it can be read is found out later."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return 0


def _use(use: Use, usable: "Collection[str]", chosen: str | None) -> Use:
    """What a column is used for: as the person says, or as it was recognised; nothing that is not to be taken in."""
    if chosen is not None and chosen in usable:
        return replace(use, field=_some(chosen), by="said", instead=())
    if use.field not in usable:
        return replace(use, field="", instead=())
    others = tuple(name for name in use.instead if name in usable and name != NOT_USED)
    return replace(use, field=_some(use.field), instead=others)


def _cautious(uses: tuple[Use, ...], of: "SheetOf") -> tuple[Use, ...]:
    """The columns without those of which only the cells say that they hold more of what another is named for.

    They may be notes of the keeper: the person says it where they are not.
    """
    named = {use.field for use in uses if use.by == "name"}
    more = [use for use in uses if use.by == "cells" and use.field in named]
    doubted = {use.place for use in more if name_likeness(of, use.header) < _A_NAME}
    return tuple(
        replace(use, field=NOT_USED, instead=(use.field,)) if use.place in doubted else use
        for use in uses
    )


def _some(name: str) -> str:
    return "" if name == NOT_USED else name


def _problem(uses: tuple[Use, ...], kind: "SheetImport", of: "SheetOf") -> InvalidInput | None:
    """What is wrong with the choice of columns: two that cannot both be the same, or none that says what it is about."""
    taken: dict[str, Use] = {}
    for use in uses:
        known = of.field(use.field)
        if known and not known.several and known.name in taken:
            return _twice(taken[known.name], use)
        if known:
            taken[known.name] = use
    return None if any(name in taken for name in of.says) else kind.says_nothing()


def _twice(one: Use, other: Use) -> InvalidInput:
    return InvalidInput(
        "column-twice",
        _("“%(first)s” and “%(second)s” cannot both be the same."),
        hint=_("Choose something else for one of the two."),
        first=one.header or letters(one.place),
        second=other.header or letters(other.place),
    )
