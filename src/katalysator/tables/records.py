"""From the lines of a table to records: typed values by field, and a report of what was not understood.

A line that says something wrong where it matters is left out and told; what is not understood where
nothing hangs on it is left open and told. So every line is a record, or stands in the report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import CellReader, Field, SheetOf
from katalysator.tables.recognition import Recognised, Use
from katalysator.tables.table import WHY_NO_LINE, Line, Table
from katalysator.tables.values.words import is_blank, read_yes, without_excel_error

MOST_TOLD: Final = 10_000
"""After so many findings no more are kept: they are counted."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says: the values of its fields by name; what is left open is not among them."""

    line: Line
    values: Mapping[str, Any]

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value of a field, where it says one."""
        return self.values.get(name, otherwise)


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A line that is no record, and why; its reasons have their places."""

    line: Line
    reasons: tuple[InvalidInput, ...]

    @property
    def why(self) -> str:
        """All reasons in words, for who sees the line."""
        return " ".join(each.sentence for each in self.reasons)


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read in one table.

    Parameters
    ----------
    table, recognised
        Where it was read, and what its columns were taken for.
    records
        The lines that say what they must.
    silent
        The lines that say nothing of what makes a record, such as totals.
    left_out
        The lines that say something wrong where it matters.
    remarks
        What was left open in the records, at its place.
    more_remarks
        So many more of those were found and not kept.

    """

    table: Table
    recognised: Recognised
    records: tuple[Record, ...]
    silent: tuple[Line, ...]
    left_out: tuple[LeftOutLine, ...]
    remarks: tuple[InvalidInput, ...]
    more_remarks: int = 0

    @property
    def reasons(self) -> list[InvalidInput]:
        """Why lines are left out, all in one."""
        return [reason for each in self.left_out for reason in each.reasons]

    @property
    def no_records(self) -> dict[str, list[int]]:
        """The numbers of the lines that are no records, by why: a sentence of the catalogue."""
        numbers: dict[str, list[int]] = {}
        for each in self.table.no_lines:
            numbers.setdefault(WHY_NO_LINE[each.reason], []).append(each.line.number)
        if self.silent:
            numbers[_("what must be said is missing")] = [line.number for line in self.silent]
        return numbers


def read_records(
    table: Table, recognised: Recognised, sheet: SheetOf, *, strict: frozenset[str] = frozenset()
) -> Records:
    """Read every line.

    Parameters
    ----------
    table, recognised
        The lines, and what their columns hold.
    sheet
        What the records are.
    strict
        Fields whose values must be understood: a line where one is not is left out, not left open.

    Returns
    -------
    Records
        Lines in = records + silent + left out.

    Notes
    -----
    Cells that are alike are read once. Cost: one pass, and the distinct cells of each column.

    """
    reading = _Reading(table, recognised, sheet, strict)
    for line in table.lines:
        reading.take(line)
    return Records(
        table,
        recognised,
        tuple(reading.records),
        tuple(reading.silent),
        tuple(reading.left_out),
        tuple(reading.remarks),
        reading.more_remarks,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one cell: its value, what was noted of it, or why it cannot be used."""

    value: Any = None
    notes: tuple[InvalidInput, ...] = ()
    wrong: InvalidInput | None = None
    is_blank: bool = False


_BLANK: Final = _Read(is_blank=True)


@dataclass(slots=True)
class _Column:
    """How one column is read; what was read of a cell is kept for cells that are alike."""

    place: int
    of: Field
    reader: CellReader
    known: dict[str, _Read] = field(default_factory=dict)

    def read(self, line: Line) -> _Read:
        cell = line.cells[self.place]
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = self._read(cell)
        return found

    def _read(self, cell: str) -> _Read:
        if is_blank(cell):
            return _BLANK
        notes: list[InvalidInput] = []
        try:
            value = self.reader(without_excel_error(cell), notes.append)
        except InvalidInput as error:
            return _Read(wrong=error)
        return _Read(value, tuple(notes))


def _reader(table: Table, recognised: Recognised, use: Use, of: Field) -> CellReader:
    """How a column is read: with all columns of its field, which tell together what one does not."""
    if use.is_ticked:
        of_label = of.kind.reader("", [use.header])
        return lambda cell, note: of_label(use.header, note) if read_yes(cell) else None
    alike = (place for each in of.with_fields for place in recognised.places(each))
    cells = [cell for place in (use.place, *alike) for cell in table.column(place)]
    return of.kind.reader(use.header, cells)


class _Reading:
    """Reads lines one by one, and remembers keys that it saw."""

    def __init__(
        self, table: Table, recognised: Recognised, sheet: SheetOf, strict: frozenset[str]
    ) -> None:
        self.table, self.sheet, self.strict = table, sheet, strict
        self.recognised = recognised
        self.columns = [
            _Column(use.place, found, _reader(table, recognised, use, found))
            for use in recognised.uses
            if use.is_read and (found := sheet.field(use.field))
        ]
        self.saying = [column for column in self.columns if column.of.name in sheet.says]
        self.seen: dict[str, int] = {}
        self.records: list[Record] = []
        self.silent: list[Line] = []
        self.left_out: list[LeftOutLine] = []
        self.remarks: list[InvalidInput] = []
        self.more_remarks = 0

    def take(self, line: Line) -> None:
        if len(line.cells) > len(self.table.header.cells):
            self._leave_out(line, [self.table.at(_wide(line, self.table), line.number)])
        elif all(self._is_blank(column, line) for column in self.saying):
            self.silent.append(line)
        else:
            self._read(line)

    def _read(self, line: Line) -> None:
        values: dict[str, Any] = {}
        reasons: list[InvalidInput] = []
        notes: list[InvalidInput] = []
        if line.number in self.table.mended:
            notes.append(self.table.at(_unpaired(), line.number))
        for column in self.columns:
            found = column.read(line)
            if self._is_unsaved(column, line):
                found = _Read(wrong=_unsaved())
            if found.wrong:
                matters = self._matters(column)
                (reasons if matters else notes).append(self._at(found.wrong, line, column))
            elif found.value not in (None, ""):
                self._put(values, column, found.value)
            notes += [self._at(each, line, column) for each in found.notes]
        reasons += self._key_reasons(values, line)
        if reasons:
            self._leave_out(line, reasons)
        elif not values.keys() & set(self.sheet.says):  # only mark-up stood there
            self.silent.append(line)
        else:
            self.records.append(Record(line, values))
            self._tell(notes)

    def _is_unsaved(self, column: _Column, line: Line) -> bool:
        return (line.number, column.place) in self.table.unsaved

    def _is_blank(self, column: _Column, line: Line) -> bool:
        """Whether a cell says nothing; a formula says something, also where its value was not saved."""
        return column.read(line).is_blank and not self._is_unsaved(column, line)

    def _put(self, values: dict[str, Any], column: _Column, value: Any) -> None:
        """Keep a value; of a field that stands in several columns, all of them with their headers."""
        name = column.of.name
        if column.of.several:
            header = self.table.header.cells[column.place]
            values[name] = (*values.get(name, ()), (header, value))
        elif name in values:  # ticked in columns of their own
            values[name] = tuple(dict.fromkeys((*values[name], *value)))
        else:
            values[name] = value

    def _matters(self, column: _Column) -> bool:
        name = column.of.name
        return name in self.strict or name in self.sheet.says or name == self.sheet.key

    def _key_reasons(self, values: Mapping[str, Any], line: Line) -> list[InvalidInput]:
        key = values.get(self.sheet.key)
        if key is None:
            return []
        first = self.seen.setdefault(key, line.number)
        if first == line.number:
            return []
        return [
            self.table.at(_again(key, first), line.number, *self.recognised.places(self.sheet.key))
        ]

    def _at(self, error: InvalidInput, line: Line, column: _Column) -> InvalidInput:
        """A finding of a cell at this place; the same finding may stand at many."""
        found = error.without_place()
        return self.table.at(found, line.number, column.place)

    def _leave_out(self, line: Line, reasons: Sequence[InvalidInput]) -> None:
        self.left_out.append(LeftOutLine(line, tuple(reasons)))

    def _tell(self, notes: Sequence[InvalidInput]) -> None:
        room = max(0, MOST_TOLD - len(self.remarks))
        self.remarks += notes[:room]
        self.more_remarks += len(notes[room:])


def _wide(line: Line, table: Table) -> InvalidInput:
    return InvalidInput(
        "row-cells",
        _("This row has %(found)s cells and the header %(wanted)s."),
        hint=_("A cell that holds the separator or a new line must be between quotation marks."),
        found=len(line.cells),
        wanted=len(table.header.cells),
    )


def _unsaved() -> InvalidInput:
    return InvalidInput(
        "cell-formula",
        _("The cell holds a formula, but the file does not hold its value."),
        hint=_("Open the file in a spreadsheet program and save it again."),
    )


def _unpaired() -> InvalidInput:
    return InvalidInput(
        "row-quotes",
        _("The quotation marks of the row that starts here do not pair up."),
        hint=_("Put the whole cell between quotation marks, and write those inside it twice."),
    )


def _again(key: str, first: int) -> InvalidInput:
    return InvalidInput(
        "id-twice",
        _("“%(key)s” stands on line %(first)s already."),
        hint=_("Give every row its own id, or take the column out."),
        key=key,
        first=str(first),
    )
