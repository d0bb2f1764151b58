"""Where a table begins in its sheet: the header is found, and the rows around it that are no lines."""

import re
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.grid import Grid, width
from katalysator.tables.table import Line, NoLine, Reason, Table, filled

Known = Callable[[str], float]
"""How surely a text is the name of a column, from 0 to 1."""

_ROWS_LOOKED_AT: Final = 40
_ROWS_BELOW: Final = 20
_LONGEST_NAME: Final = 160
_SHORTEST_RECORD: Final = 25
"""Characters from which on the only text of a row may be a question."""

_VALUE: Final = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|[-+€$£ ]*[0-9][0-9.,:/ -]*(?:,-|k|%|euro?)?|\d{4}-\d\d-\d\d.*",
    re.IGNORECASE,
)
_HINT: Final = re.compile(r"[(\[].*[)\]]", re.DOTALL)
"""What to fill in, below the header."""
_TOTAL: Final = re.compile(
    r"(?:(?:sub|eind)?tot(?:a+l|alen)|som|sum|aantal|gemiddeld\w*|average|count|overall)(?=[\s:.=]|$)",
    re.IGNORECASE,
)


def table_of(grid: Grid, known: Known) -> Table:
    """Find the table in a sheet.

    The header is the row of which most cells read as names of columns: short, distinct, no numbers,
    days or addresses, and best of all known. Of two that are as likely it is the upper one.

    Raises
    ------
    InvalidInput
        Where no row can be a header.

    """
    place = _header_place(grid, known)
    if place is None:
        raise no_table().at(grid.file)
    header = _header(grid, place)
    size = max(width(header), _usual_width(grid, place))
    names = _fitted(header, size)
    lines, others = _lines(grid, place, names)
    return Table(
        file=grid.file,
        header=Line(grid.numbers[place], names),
        lines=lines,
        no_lines=(*(_no_line(grid, row, "above", size) for row in range(place)), *others),
        sheet=grid.sheet,
        letters=grid.letters,
        unsaved=frozenset((grid.numbers[row], column) for row, column in grid.unsaved),
        mended=frozenset(grid.numbers[row] for row in grid.mended),
        hidden=frozenset(grid.numbers[row] for row in grid.hidden),
        hidden_sheets=grid.hidden_sheets,
        encoding=grid.encoding,
    )


def below_first_row(grid: Grid) -> Table:
    """The table of a sheet that a program wrote: its first row is the header, all others are lines."""
    names = grid.rows[0]
    rows = zip(grid.numbers[1:], grid.rows[1:], strict=True)
    lines = tuple(Line(number, _fitted(cells, len(names))) for number, cells in rows)
    return Table(
        grid.file, Line(grid.numbers[0], names), lines, sheet=grid.sheet, letters=grid.letters
    )


def _header_place(grid: Grid, known: Known) -> int | None:
    """The place of the header in the rows of a sheet."""
    likely = {
        place: likeness
        for place in range(min(len(grid.rows), _ROWS_LOOKED_AT))
        if (likeness := _likeness(grid, place, known)) > 0
    }
    return max(likely, key=lambda place: likely[place]) if likely else None


def _likeness(grid: Grid, place: int, known: Known) -> float:
    """How much a row is like a header: its names, those that are known twice, its values against it."""
    cells = [cell for cell in grid.rows[place] if cell]
    below = grid.rows[place + 1 : place + 1 + _ROWS_BELOW]
    usual = median(map(filled, below)) if below else len(cells)
    if not cells or len(set(cells)) * 2 < usual:
        return 0.0
    texts = [cell for cell in cells if not _is_value(cell)]
    values = len(cells) - len(texts)
    names = len({cell.casefold() for cell in cells}) - values
    return names - 2 * values + 2 * sum(map(known, texts)) - place / 100


def _is_value(cell: str) -> bool:
    """Whether a cell holds what stands below a header, and hardly in one."""
    return len(cell) > _LONGEST_NAME or bool(_VALUE.fullmatch(cell))


def _header(grid: Grid, place: int) -> tuple[str, ...]:
    """The names in a row; where one is missing, the one that is merged with it from above."""
    cells = list(grid.rows[place])
    for top, left, bottom, right in grid.merged:
        if top < place <= bottom and left == right and left < len(cells) and not cells[left]:
            cells[left] = grid.rows[top][left]
    return tuple(cells)


def _usual_width(grid: Grid, place: int) -> int:
    """So many columns hold anything in at least two of the rows below, or in the only one."""
    widths = sorted((width(row) for row in grid.rows[place + 1 :]), reverse=True)
    return widths[min(1, len(widths) - 1)] if widths else 0


def _lines(
    grid: Grid, header: int, names: tuple[str, ...]
) -> tuple[tuple[Line, ...], tuple[NoLine, ...]]:
    rows = _with_merged(grid, header)
    usual = median(map(filled, rows)) if rows else 0
    formulas = {place for place, _column in grid.unsaved}
    lines: list[Line] = []
    others: list[NoLine] = []
    for place, cells in enumerate(rows, header + 1):
        line = Line(grid.numbers[place], _fitted(cells, len(names)))
        reason = None if place in formulas else _why_no_line(grid, place, line.cells, names, usual)
        if reason:
            others.append(NoLine(line, reason))
        else:
            lines.append(line)
    return tuple(lines), tuple(others)


def _with_merged(grid: Grid, header: int) -> list[tuple[str, ...]]:
    """The rows below the header; a cell that is merged with those below it stands in each of them."""
    if not grid.merged:
        return list(grid.rows[header + 1 :])
    rows = [list(row) for row in grid.rows[header + 1 :]]
    for top, left, bottom, _right in grid.merged:
        above = top - header - 1
        if above < 0 or bottom == top or left >= len(rows[above]):
            continue
        for row in rows[above + 1 : bottom - header]:
            row.extend([""] * (left + 1 - len(row)))
            row[left] = row[left] or rows[above][left]
    return [tuple(row) for row in rows]


def _why_no_line(
    grid: Grid, place: int, cells: tuple[str, ...], names: tuple[str, ...], usual: float
) -> Reason | None:
    if place in grid.struck:
        return "struck"
    first = next(filter(None, cells))
    if _TOTAL.match(first) and all(_is_short(cell) for cell in cells if cell):
        return "total"
    if usual > 2 and len({*cells} - {""}) == 1:
        return _why_alone(grid, place, first)
    if cells[0][:1] in "([" and _are_hints(cells):
        return "note"
    if cells[0].casefold() == names[0].casefold() and _are_alike(cells, names):
        return "again"
    return None


def _are_hints(cells: Sequence[str]) -> bool:
    """Whether most of what stands in a row says what to fill in, in brackets."""
    return 3 * sum(bool(_HINT.fullmatch(cell)) for cell in cells) > 2 * filled(cells)


def _is_short(cell: str) -> bool:
    return len(cell) < _SHORTEST_RECORD or _is_value(cell)


def _are_alike(cells: Sequence[str], names: Sequence[str]) -> bool:
    return [*map(str.casefold, cells)] == [*map(str.casefold, names)]


def _why_alone(grid: Grid, place: int, cell: str) -> Reason | None:
    """Why a row with one text alone is no line: it names a group, or is a note under the table."""
    is_last = not any(filled(row) > 1 for row in grid.rows[place + 1 :])
    spans = any(top == place and right - left > 1 for top, left, _, right in grid.merged)
    if is_last and (spans or _is_apart(grid, place)):
        return "note"
    if spans or (len(cell) < _SHORTEST_RECORD and grid.rows[place][0] == cell):
        return "group"
    return None


def _is_apart(grid: Grid, place: int) -> bool:
    """Whether an empty row separates it from the table, or other notes that are so separated."""
    return any(
        grid.numbers[row] - grid.numbers[row - 1] > 1
        for row in range(place, 0, -1)
        if all(filled(below) < 2 for below in grid.rows[row : place + 1])
    )


def _no_line(grid: Grid, place: int, reason: Reason, size: int) -> NoLine:
    return NoLine(Line(grid.numbers[place], _fitted(grid.rows[place], size)), reason)


def _fitted(cells: Sequence[str], size: int) -> tuple[str, ...]:
    """As many cells as there are columns; a row that says more keeps what is beyond, to be told."""
    held = cells[: max(size, width(cells))]
    return (*held, *[""] * (size - len(held)))


def no_table() -> InvalidInput:
    """The refusal of a sheet without a header."""
    return InvalidInput(
        "table-missing",
        _("There is no table in it: no row names columns."),
        hint=_("Put the names of the columns above them, such as title, text, region."),
    )
