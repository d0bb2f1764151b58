"""Which column of a table holds what: told by its name, and by what stands in its cells.

Both count. A name alone may mislead (“Waar loopt u tegenaan?” asks for no place), and so may cells (a
column of towns may name offices). Each column goes to the field that it fits best; fields that may
be said in several columns take all that fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.kinds.sampling import mean_words, sampled
from katalysator.tables.names import likeness, words
from katalysator.tables.table import Table

By = Literal["said", "name", "cells", ""]
"""What told it: the user, the name of the column, its cells, or nothing."""

NOT_USED: Final = "-"
"""What a user says of a column that is not to be read."""

_LEAST: Final = 0.4
_SURE: Final = 0.15
"""So much better than the next field it must fit to be sure."""
_LONGEST_HEAD: Final = 16  # words
_LONGEST_LABEL: Final = 4
_TICKS: Final = frozenset({"x", "xx", "v", "✓", "✔", "☑", "✗", "•"})
_NAMED: Final = 0.8
_BY_CELLS: Final = 0.8
_WEIGHT_OF_CELLS: Final = 0.55


@dataclass(frozen=True, slots=True)
class Use:
    """What one column was taken for.

    Parameters
    ----------
    place
        The column, counted from 0.
    header
        Its name.
    field
        The name of the field; empty where it is not used.
    by
        What told it.
    example
        The first cell that says something.
    instead
        Fields that it may hold as well: it is in doubt where there are any.
    is_ticked
        Whether its name is the value, and its cells tick it.

    """

    place: int
    header: str
    field: str
    by: By
    example: str
    instead: tuple[str, ...] = ()
    is_ticked: bool = False

    @property
    def is_read(self) -> bool:
        """Whether its cells are read."""
        return self.field not in ("", NOT_USED)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What all columns of a table were taken for."""

    uses: tuple[Use, ...]

    def places(self, field: str) -> tuple[int, ...]:
        """The columns that hold a field, in order."""
        return tuple(use.place for use in self.uses if use.field == field)

    @property
    def doubts(self) -> tuple[Use, ...]:
        """Columns that may as well hold something else."""
        return tuple(use for use in self.uses if use.instead)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of columns that are not read."""
        return tuple(use.header for use in self.uses if not use.is_read and use.header)


def name_likeness(sheet: SheetOf, header: str) -> float:
    """How surely a text is the name of any column that a sheet may have, from 0 to 1."""
    return max((each.named_by(header) for each in sheet.fields), default=0.0)


def recognise(table: Table, sheet: SheetOf, said: Mapping[str, str] | None = None) -> Recognised:
    """Say what each column holds.

    Parameters
    ----------
    table
        The table.
    sheet
        What it may hold.
    said
        What the user says: the field (or `NOT_USED`) by the name of the column, which goes before all
        that is recognised. Names that are in no header of the table do nothing.

    Raises
    ------
    InvalidInput
        Where two columns were said to hold a field that stands in one.

    Notes
    -----
    Cost: columns times fields, each a look at some two hundred cells.

    """
    columns = [sampled(table.column(place)) for place in range(len(table.header.cells))]
    fixed = _fixed(table, sheet, said or {})
    ticked = _ticked(table, sheet, columns, fixed)
    fits = _fits(table, sheet, columns, {**fixed, **ticked})
    chosen = _assigned(fits, sheet, fixed)
    _lead(chosen, sheet, table, columns, fixed)
    return Recognised(
        tuple(
            Use(place, header, ticked[place], "cells", columns[place][0], is_ticked=True)
            if place in ticked
            else _use(place, header, columns[place], chosen, fixed, fits, sheet)
            for place, header in enumerate(table.header.cells)
        )
    )


_Fits = dict[tuple[int, str], float]


def _fixed(table: Table, sheet: SheetOf, said: Mapping[str, str]) -> dict[int, str]:
    """The fields of columns of which the user said it, by place."""
    by_words = {words(header): field for header, field in said.items()}
    fixed: dict[int, str] = {}
    for place, header in enumerate(table.header.cells):
        field = by_words.get(words(header)) if header else None
        if field is None:
            continue
        known = sheet.field(field)
        if known and not known.several and field in fixed.values():
            raise _twice(field, header)
        fixed[place] = field
    return fixed


def _ticked(
    table: Table, sheet: SheetOf, columns: Sequence[Sequence[str]], fixed: Mapping[int, str]
) -> dict[int, str]:
    """The field of columns that are ticked: two or more side by side, with short names and nothing but ticks."""
    field = next((each.name for each in sheet.fields if each.ticked), "")
    ticks = {
        place
        for place, header in enumerate(table.header.cells)
        if field and place not in fixed and _is_ticked(header, columns[place])
        if not any(_is_told(header, columns[place], each) for each in sheet.fields)
    }
    return {place: field for place in sorted(ticks) if {place - 1, place + 1} & ticks}


def _is_told(header: str, cells: Sequence[str], field: Field) -> bool:
    """Whether a column is a field by its name and by its cells, ticks as they are."""
    named = field.name != NOT_USED and field.named_by(header) > _NAMED
    return named and field.kind.fits(cells) > _NAMED


def _is_ticked(header: str, cells: Sequence[str]) -> bool:
    marks = {cell.strip().casefold() for cell in cells}
    is_label = 0 < len(words(header)) <= _LONGEST_LABEL and "?" not in header
    return bool(marks) and marks <= _TICKS and is_label


def _fits(
    table: Table, sheet: SheetOf, columns: Sequence[Sequence[str]], fixed: Mapping[int, str]
) -> _Fits:
    """How well each column that is free fits each field, where it does so at all."""
    found: _Fits = {}
    for place, header in enumerate(table.header.cells):
        if place in fixed:
            continue
        for field in sheet.fields:
            if (fit := _fit(header, columns[place], field)) >= _LEAST:
                found[place, field.name] = max(fit, found.get((place, field.name), 0.0))
    return found


def _fit(header: str, cells: Sequence[str], field: Field) -> float:
    """How well one column fits a field: its name and its cells together."""
    named = field.named_by(header) if header else 0.0
    if not named and not field.kind.tells_itself:
        return 0.0
    held = field.kind.fits(cells)
    if not named:
        return _BY_CELLS * held
    return named * (1 - _WEIGHT_OF_CELLS) + _WEIGHT_OF_CELLS * held if held else 0.5 * named**2


def _assigned(fits: _Fits, sheet: SheetOf, fixed: Mapping[int, str]) -> dict[int, str]:
    """The field of each column: the best pairs first, each field once unless it may stand in several."""
    chosen: dict[int, str] = dict(fixed)
    single = {field.name for field in sheet.fields if not field.several}
    taken = set(fixed.values()) & single
    for place, name in sorted(fits, key=lambda pair: (-fits[pair], pair[0])):
        if place not in chosen and name not in taken:
            chosen[place] = name
            taken |= {name} & single
    return chosen


def _lead(
    chosen: dict[int, str],
    sheet: SheetOf,
    table: Table,
    columns: Sequence[Sequence[str]],
    fixed: Mapping[int, str],
) -> None:
    """Let the first of several columns be the head of the others, where nothing else is."""
    for field in sheet.fields:
        led = sorted(place for place, name in chosen.items() if name == field.leads)
        other = sheet.field(field.leads)
        if other is None or len(led) < 2 or field.name in chosen.values() or led[0] in fixed:
            continue
        is_named = likeness(table.header.cells[led[0]], other.headers) > _NAMED
        if not is_named and _are_heads(columns[led[0]], [columns[place] for place in led[1:]]):
            chosen[led[0]] = field.name


def _are_heads(cells: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether cells are short, and shorter than what they would be the heads of."""
    own, most = (max(map(mean_words, some)) for some in ([cells], others))
    return own < most and all(len(cell.split()) <= _LONGEST_HEAD for cell in cells)


def _use(
    place: int,
    header: str,
    cells: Sequence[str],
    chosen: Mapping[int, str],
    fixed: Mapping[int, str],
    fits: _Fits,
    sheet: SheetOf,
) -> Use:
    example, field = cells[0] if cells else "", chosen.get(place)
    if place in fixed or not field:
        said = "" if field is None or field == NOT_USED else field
        return Use(place, header, said, "said" if place in fixed else "", example)
    known = sheet.field(field)
    named = known.named_by(header) if known and header else 0.0
    fit = fits.get((place, field), _LEAST)
    near = dict.fromkeys(
        each.name
        for each in sheet.fields
        if each.name != field
        and (each.several or each.name not in chosen.values())  # else another fits it better
        and fits.get((place, each.name), 0.0) > fit - _SURE
        and (named < _NAMED or each.named_by(header) >= _NAMED)  # its own name leaves no doubt
    )
    return Use(place, header, field, "name" if named else "cells", example, tuple(near))


def _twice(field: str, header: str) -> InvalidInput:
    return InvalidInput(
        "column-twice",
        _("“%(header)s” is the second column that is said to be “%(field)s”."),
        hint=_("Say so of one column only."),
        header=header,
        field=field,
    )
