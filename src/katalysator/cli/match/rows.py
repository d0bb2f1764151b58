"""From the lines of a table to the profiles that the engine matches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from math import inf
from typing import Any, Final, TypeVar

from katalysator.cleaning import cleaned, one_line, plain_line, without_markup
from katalysator.cli.match import refusals, terms, values
from katalysator.cli.match.columns import Column, Layout
from katalysator.cli.match.table import MOST_PROBLEMS, Line, Table
from katalysator.cli.match.values import RowKind
from katalysator.core.money import Money, MoneyRange
from katalysator.core.periods import Period, parse_date
from katalysator.engine.matching import Labels, Profile
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput

T = TypeVar("T")
TermNames = Mapping[tuple[str, str], str]
"""Labels as their owner first wrote them, by kind (“area”, or a term) and by how we compare them."""

PERIOD, TICKET, CAPACITY = "period", "ticket", "capacity"
"""The intervals that a table may state, by the names of the markets' terms."""

_NOTHING: Final[Labels] = frozenset()
_OF_THEIR_ROW: Final = frozenset(
    {
        *(Column.ID, Column.TITLE, Column.TEXT),
        *(Column.REGION_REQUIRED, Column.AREAS_REQUIRED),
    }
)


@dataclass(frozen=True, slots=True)
class Listings:
    """One side of the market, with what is said about the table that it came from."""

    file: str
    profiles: tuple[Profile, ...]
    names: TermNames
    other_kind: int = 0
    expired: int = 0
    html_cells: int = 0
    ignored: tuple[str, ...] = ()
    sheet: str = ""


def listings(
    table: Table,
    layout: Layout,
    problems: list[InvalidInput],
    *,
    kind: RowKind | None = None,
    on: date | None = None,
) -> Listings:
    """Read every line; what is wrong is added to `problems`.

    Rows that say to be of another kind than `kind` are left out unread; so is what ended before
    `on`.
    """
    reader = _RowReader(table, layout, problems, kind)
    lines = [line for line in table.lines if kind is None or reader.may_be(kind, line)]
    if kind and table.lines and not lines:
        place = layout.places[Column.KIND]
        problems.append(table.at(refusals.none_of_kind(kind), table.header.number, place))
    readable = takewhile(lambda _: len(problems) < MOST_PROBLEMS, lines)
    profiles = [reader.profile(line) for line in readable]
    open_ = tuple(p for p in profiles if on is None or _last_day(p) >= on.toordinal())
    return Listings(
        table.file,
        open_,
        reader.names,
        other_kind=len(table.lines) - len(lines),
        expired=len(profiles) - len(open_),
        html_cells=reader.html_cells,
        ignored=layout.ignored,
        sheet=table.sheet,
    )


@dataclass(slots=True)
class _RowReader:
    """Reads lines one by one, and remembers ids and names that it saw."""

    table: Table
    layout: Layout
    problems: list[InvalidInput]
    kind: RowKind | None
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    html_cells: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    known: dict[tuple[Column, str], Any] = field(default_factory=dict)

    def may_be(self, kind: RowKind, line: Line) -> bool:
        """Whether the row is of this kind, or does not say of which."""
        return self.value(line, Column.KIND, values.kind, "") in {"", kind}

    def profile(self, line: Line) -> Profile:
        title, text = self._words(line)
        areas = self.value(line, Column.AREAS, self._area_labels, _NOTHING)
        regions = self.value(line, Column.REGION, values.region_codes, _NOTHING)
        capacity = self.value(line, Column.CAPACITY, lambda cell: values.seats(cell, blank=1), 1)
        return Profile(
            key=self._key(line),
            title=title,
            text=text,
            market=self.value(line, Column.MARKET, _label, ""),
            organisation=self.value(line, Column.ORGANISATION, _label, ""),
            language=self.value(line, Column.LANGUAGE, values.language, "")
            or detect(f"{title}\n{text}"),
            areas=areas,
            regions=regions,
            skills=self.value(line, Column.SKILLS, _skills, ()),
            labels=self.value(line, Column.LEVEL, self._term_labels, {}),
            ranges=self._ranges(line, capacity),
            capacity=capacity,
            needs_regions=self._insisted(
                line, Column.REGION_REQUIRED, Column.REGION, regions, values.region_codes
            ),
            needs_areas=self._insisted(
                line, Column.AREAS_REQUIRED, Column.AREAS, areas, self._area_labels
            ),
        )

    def _ranges(self, line: Line, capacity: int) -> dict[str, tuple[float, float]]:
        """The intervals that must overlap: days as ordinals, euros, and places."""
        period, ticket = self._period(line), self._ticket(line)
        least = self.value(line, Column.MIN_CAPACITY, lambda cell: values.seats(cell, blank=0), 0)
        is_offer = self.kind == "offer"
        found = {
            PERIOD: _interval(_ordinal(period.start), _ordinal(period.end)),
            TICKET: _interval(_euros(ticket.min), _euros(ticket.max)),
            CAPACITY: (-inf, float(capacity)) if is_offer else (max(1.0, least), inf),
        }
        return {name: interval for name, interval in found.items() if interval != (-inf, inf)}

    def value(self, line: Line, column: Column, read: Callable[[str], T], otherwise: T) -> T:
        """The value of a cell; `otherwise` where there is no such column, or a problem with it.

        Cells that say the same share one value, but for those that are read with their own row.
        """
        if column not in self.layout.places:
            return otherwise
        if column in _OF_THEIR_ROW or self.table.unsaved:
            return self._tried(line, column, lambda: read(self._cell(line, column)), otherwise)
        said = column, line.cells[self.layout.places[column]]
        if said not in self.known:
            problems_before = len(self.problems)
            found = self._tried(line, column, lambda: read(self._cell(line, column)), otherwise)
            if len(self.problems) > problems_before:
                return otherwise
            self.known[said] = found
        value: T = self.known[said]
        return value

    def _cell(self, line: Line, column: Column) -> str:
        place = self.layout.places[column]
        if (line.number, place) in self.table.unsaved:
            raise refusals.unsaved_formula()
        return values.without_excel_error(cleaned(line.cells[place]))

    def _tried(self, line: Line, column: Column, make: Callable[[], T], otherwise: T) -> T:
        try:
            return make()
        except InvalidInput as error:
            self._refuse(error, line, column)
            return otherwise

    def _is_blank(self, line: Line, column: Column) -> bool:
        return column not in self.layout.places or not line.cells[self.layout.places[column]]

    def _refuse(self, error: InvalidInput, line: Line, column: Column | None = None) -> None:
        place = None if column is None else self.layout.places.get(column)
        self.problems.append(self.table.at(error, line.number, place))

    def _key(self, line: Line) -> str:
        """The id of a line; its number in a table without ids."""
        if Column.ID not in self.layout.places:
            return str(line.number)
        return self.value(line, Column.ID, lambda cell: self._new(one_line(cell), line), "")

    def _new(self, key: str, line: Line) -> str:
        if not key:
            raise refusals.id_empty()
        if first := self.seen.get(key):
            raise refusals.id_twice(key, first, line.number)
        self.seen[key] = line.number
        return key

    def _words(self, line: Line) -> tuple[str, str]:
        problems_before = len(self.problems)
        title = one_line(self.value(line, Column.TITLE, self._title, ""))
        text = self.value(line, Column.TEXT, self._text, "")
        if not title and not text and len(self.problems) == problems_before:
            self._refuse(refusals.says_nothing(), line)
        return title, text

    def _title(self, cell: str) -> str:
        return values.short_enough(self._plain(cell), values.LONGEST_TITLE)

    def _text(self, cell: str) -> str:
        return values.short_enough(self._plain(cell), values.LONGEST_TEXT)

    def _plain(self, cell: str) -> str:
        plain = without_markup(cell)
        self.html_cells += plain != cell
        return plain

    def _area_labels(self, cell: str) -> Labels:
        return frozenset(self._noted("area", item) for item in values.listed(without_markup(cell)))

    def _term_labels(self, cell: str) -> dict[str, Labels]:
        found: dict[str, set[str]] = {}
        for term, choice in map(terms.split, values.listed(cell)):
            found.setdefault(term, set()).add(self._noted(term, choice))
        return {term: frozenset(choices) for term, choices in found.items()}

    def _noted(self, kind: str, written: str) -> str:
        """A label as we compare it; how it was written first is kept in `names`."""
        label = _label(written)
        self.names.setdefault((kind, label), written)
        return label

    def _period(self, line: Line) -> Period:
        start = self.value(line, Column.PERIOD_START, parse_date, None)
        end = self.value(line, Column.PERIOD_END, parse_date, None)
        return self._tried(line, Column.PERIOD_END, lambda: Period(start, end), Period())

    def _ticket(self, line: Line) -> MoneyRange:
        low = self.value(line, Column.TICKET_MIN, values.amount, None)
        high = self.value(line, Column.TICKET_MAX, values.amount, None)
        return self._tried(line, Column.TICKET_MAX, lambda: MoneyRange(low, high), MoneyRange())

    def _insisted(
        self,
        line: Line,
        column: Column,
        about: Column,
        named: Labels,
        read: Callable[[str], Labels],
    ) -> Labels:
        """What a need insists on: nothing, what it names in the column `about`, or its own list."""

        def choose(cell: str) -> Labels:
            said = values.insisted(cell)
            if isinstance(said, str):
                return read(said)
            if said and self._is_blank(line, about):
                raise refusals.insists_on_nothing(about)
            return named if said else _NOTHING

        return self.value(line, column, choose, _NOTHING)


def _label(cell: str) -> str:
    return plain_line(cell).casefold()


def _skills(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.lower() for item in values.listed(without_markup(cell))))


def _interval(low: float | None, high: float | None) -> tuple[float, float]:
    return (-inf if low is None else low, inf if high is None else high)


def _ordinal(day: date | None) -> float | None:
    return None if day is None else float(day.toordinal())


def _last_day(profile: Profile) -> float:
    return profile.ranges.get(PERIOD, (-inf, inf))[1]


def _euros(money: Money | None) -> float | None:
    return None if money is None else money.cents / 100
