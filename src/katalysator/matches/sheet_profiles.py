"""From the records of a sheet to the profiles that the engine matches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any, Final

from katalysator.cleaning import plain_line
from katalysator.engine.matching import Labels, Profile
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.listings.market import all_hard_terms
from katalysator.listings.sheet_labels import split_choice
from katalysator.listings.sheet_measures import MEASURES, measured
from katalysator.listings.sheet_states import is_over
from katalysator.listings.sheet_texts import joined_text, said_language
from katalysator.listings.sheets import RowKind
from katalysator.tables.records import Record, Records
from katalysator.tables.table import Line
from katalysator.tables.values.amounts import Amounts
from katalysator.tables.values.days import Days
from katalysator.tables.values.words import is_blank

TermNames = Mapping[tuple[str, str], str]
"""Labels as their owner first wrote them, by kind (“area”, or a term) and by how we compare them."""

PERIOD, TICKET, CAPACITY = "period", "ticket", "capacity"
"""What a sheet may state, by the names of the markets' terms."""

_EVERYTHING: Final = (-inf, inf)
_Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Listings:
    """One side of the market, with all that was read in its table."""

    file: str
    profiles: tuple[Profile, ...]
    names: TermNames
    read: Records
    lines: Mapping[str, Line] = field(repr=False)
    remarks: tuple[InvalidInput, ...] = ()
    other_kind: int = 0
    closed: int = 0
    expired: int = 0

    def cells(self, key: str) -> tuple[str, ...]:
        """The cells of the row with this id, as they stand in the sheet."""
        return self.lines[key].cells


def listings(read: Records, kind: RowKind, *, on: date | None = None) -> Listings:
    """The records of one side as profiles.

    Those of the other kind, those that say they count no more, and those over before `on` are counted.
    """
    maker = _Maker(kind, read)
    own = [record for record in read.records if not is_over(read.table, record.line)]
    profiles = [maker.profile(record) for record in own]
    lines = {each.key: record.line for each, record in zip(profiles, own, strict=True)}
    open_ = tuple(p for p in profiles if on is None or _last_day(p) >= on.toordinal())
    return Listings(
        read.table.file,
        open_,
        maker.names,
        read,
        lines,
        remarks=(*read.remarks, *maker.remarks),
        other_kind=sum(each.reason == "kind" for each in read.table.no_lines),
        closed=len(read.records) - len(own),
        expired=len(profiles) - len(open_),
    )


@dataclass(slots=True)
class _Maker:
    """Makes profiles one by one, and remembers labels as they were first written."""

    kind: RowKind
    read: Records
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    remarks: list[InvalidInput] = field(default_factory=list)

    def profile(self, record: Record) -> Profile:
        title, text = record.get("title", ""), joined_text(record)
        areas = self._noted("area", record.get("areas", ()))
        regions = frozenset(record.get("region", ()))
        return Profile(
            key=self._key(record),
            title=title,
            text=text,
            market=_label("".join(record.get("market", ())[:1])),
            organisation=_label(record.get("organisation", "")),
            language=said_language(record) or detect(f"{title}\n{text}"),
            areas=areas,
            regions=regions,
            skills=tuple(dict.fromkeys(skill.lower() for skill in record.get("skills", ()))),
            labels=self._term_labels(record.get("level", ())),
            ranges=self._ranges(record),
            capacity=_seats(record),
            needs_regions=frozenset(self._insisted(record, "region_required", "region")),
            needs_areas=self._noted("area", self._insisted(record, "areas_required", "areas")),
        )

    def _insisted(self, record: Record, field: str, about: str) -> tuple[str, ...]:
        """What a need insists on: its own list, or what it names in another column."""
        said = record.get(field, ())
        if said is not True:
            return tuple(said)
        named: tuple[str, ...] = record.get(about, ())
        if not named and not self._says(record, about):
            error = InvalidInput(
                "insists-on-nothing",
                _("The row insists on its “%(about)s”, but names none: left open."),
                hint=_("Fill in “%(about)s”, or write “no” here."),
                about=about,
            )
            self._remark(error, record, field)
        return named

    def _says(self, record: Record, field: str) -> bool:
        """Whether a row says anything there, understood or not: if not, that was remarked already."""
        places = self.read.recognised.places(field)
        return not all(is_blank(record.line.cells[place]) for place in places)

    def _key(self, record: Record) -> str:
        """The id of a row; the number of its line where it has none."""
        has_ids = bool(self.read.recognised.places("id"))
        return record.get("id") or f"{'#' if has_ids else ''}{record.line.number}"

    def _ranges(self, record: Record) -> dict[str, _Interval]:
        """The intervals that must overlap: days as ordinals, euros, places, and what else is measured."""
        found = {
            PERIOD: self._days(record),
            TICKET: self._euros(record),
            CAPACITY: self._places(record),
            **{name: self._measured(record, name) for name in MEASURES},
        }
        return {name: interval for name, interval in found.items() if interval != _EVERYTHING}

    def _places(self, record: Record) -> _Interval:
        if self.kind == "offer":
            return (-inf, float(_seats(record)))
        return (max(1.0, record.get("min_capacity", 0)), inf)

    def _days(self, record: Record) -> _Interval:
        whole, start, end = map(record.get, ("period", "period_start", "period_end"))
        low = _first(whole and whole.start, start and (start.start or start.end))
        high = _first(whole and whole.end, end and (end.end or end.start))
        if any(days and (days.approximate or days.year_supposed) for days in (whole, start, end)):
            return _EVERYTHING  # nothing hard is guessed
        if whole and whole.start == whole.end:
            return _EVERYTHING  # a lone day may as well be that on which somebody wrote
        try:
            days = Days(low, high, approximate=False)
        except InvalidInput as error:
            self._remark(error, record, "period_end")
            return _EVERYTHING
        return _ordinal(days.start, -inf), _ordinal(days.end, inf)

    def _euros(self, record: Record) -> _Interval:
        least, most = record.get("ticket_min"), record.get("ticket_max")
        low = _first(least and least.low, least and least.high)
        high = _first(most and most.high, most and most.low)
        try:
            amounts = Amounts(low, high)
        except InvalidInput as error:
            self._remark(error, record, "ticket_max")
            return _EVERYTHING
        return _number(amounts.low, -inf), _number(amounts.high, inf)

    def _measured(self, record: Record, name: str) -> _Interval:
        term = all_hard_terms()[name]
        try:
            found = term.interval(self.kind, term.clean(measured(record, term)))
        except InvalidInput as error:
            field = next(each for each in MEASURES[name] if record.get(each) is not None)
            self._remark(error, record, field)
            return _EVERYTHING
        return found or _EVERYTHING

    def _remark(self, error: InvalidInput, record: Record, field: str) -> None:
        place = self.read.recognised.places(field)
        self.remarks.append(self.read.table.at(error, record.line.number, *place[:1]))

    def _term_labels(self, written: Iterable[str]) -> dict[str, Labels]:
        found: dict[str, set[str]] = {}
        for term, choice in map(split_choice, written):
            found.setdefault(term, set()).add(self._one(term, choice))
        return {term: frozenset(choices) for term, choices in found.items()}

    def _noted(self, kind: str, written: Iterable[str]) -> Labels:
        """Labels as we compare them; how each was written first is kept in `names`."""
        return frozenset(self._one(kind, each) for each in written)

    def _one(self, kind: str, written: str) -> str:
        label = _label(written)
        self.names.setdefault((kind, label), written)
        return label


def _seats(record: Record) -> int:
    return int(record.get("capacity", 1))


def _label(cell: str) -> str:
    return plain_line(cell).casefold()


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _ordinal(day: date | None, otherwise: float) -> float:
    return otherwise if day is None else float(day.toordinal())


def _number(amount: Any, otherwise: float) -> float:
    return otherwise if amount is None else float(amount)


def _last_day(profile: Profile) -> float:
    return profile.ranges.get(PERIOD, _EVERYTHING)[1]
