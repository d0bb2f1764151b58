"""When an activity of a row begins and ends: of a day, times of the clock on the wall, and how long it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from katalysator.activities.moments import at_wall_clock, on_the_wall, second_time
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.records import Record
from katalysator.tables.values.moments import SaidMoment

BEGINS: Final = ("starts", "day")
ENDS: Final = ("ends", "lasts", *BEGINS)
"""The fields that say when it begins and ends; what is wrong is told at the first that is filled in."""


@dataclass(slots=True)
class RowTimes:
    """What a row says of when it is, by the names of facts; `remarks` tell of times that the clock shows twice."""

    said: dict[str, datetime] = field(default_factory=dict)
    lasts: timedelta | None = None
    remarks: list[InvalidInput] = field(default_factory=list)


def times_of(record: Record) -> RowTimes:
    """Read when it begins and ends. Raises InvalidInput at the fields where that cannot be told."""
    found = RowTimes(lasts=record.get("lasts"))
    day = record.get("day") or SaidMoment()
    begins = _together(BEGINS, [*_moments(record, "starts"), day])
    ends = _together(ENDS, _moments(record, "ends"))
    if start := _moment(found, BEGINS, begins.exact, begins.day, begins.clock):
        found.said["starts_at"] = start
    start_day = begins.day or (on_the_wall(start).date() if start else None)
    last_day = ends.day or begins.last_day or start_day
    last_clock = ends.clock if ends.clock is not None else begins.last_clock
    if ends != SaidMoment() or last_clock is not None:
        if end := _moment(found, ENDS, ends.exact, last_day, last_clock):
            found.said["ends_at"] = end
    elif start and found.lasts:
        found.said["ends_at"] = start + found.lasts
    return found


def _moments(record: Record, name: str) -> list[SaidMoment]:
    return [said for _header, said in record.get(name, ())]


def _together(fields: tuple[str, ...], said: Iterable[SaidMoment]) -> SaidMoment:
    """What several cells say of one moment. Raises InvalidInput where two of them say something else."""
    parts: dict[str, Any] = {}
    for each in said:
        for part in SaidMoment.__dataclass_fields__:
            value = getattr(each, part)
            if value is not None and parts.setdefault(part, value) != value:
                raise _at(_two_moments(), fields)
    return SaidMoment(**parts)


def _moment(
    found: RowTimes,
    fields: tuple[str, ...],
    exact: datetime | None,
    day: date | None,
    clock: timedelta | None,
) -> datetime | None:
    """The moment, of what is said of it; None where nothing is."""
    if exact:
        return exact.astimezone(UTC)
    if day is None and clock is None:
        return None
    if day is None or clock is None:
        raise _at(_no_day() if day is None else _no_time(day), fields)
    wall = datetime.combine(day, time.min) + clock
    if later := second_time(wall):
        found.remarks.append(_at(_shown_twice(wall, later), fields))
    try:
        return at_wall_clock(wall)
    except InvalidInput as error:
        raise _at(error, fields) from None


def _at(error: InvalidInput, fields: tuple[str, ...]) -> InvalidInput:
    """The error at the first of these fields, or else the next."""
    for name in reversed(fields):
        error = error.at(name)
    return error


def require_times(said: Mapping[str, Any]) -> None:
    """Refuse a new activity of which nobody could tell when it is. Raises InvalidInput."""
    if "starts_at" not in said:
        raise InvalidInput(
            "no-start",
            _("It does not say when it begins."),
            hint=_("Write the day and the time: 2026-01-31 14:00."),
        ).at("starts_at")
    if "ends_at" not in said:
        raise InvalidInput(
            "no-end",
            _("It does not say when it ends."),
            hint=_("Write when it ends, or how long it takes."),
        ).at("ends_at")


def _two_moments() -> InvalidInput:
    return InvalidInput(
        "moment-two",
        _("Two columns do not say the same moment."),
        hint=_("Take one of the two out, or do not use that column."),
    )


def _no_day() -> InvalidInput:
    return InvalidInput(
        "moment-no-day",
        _("It says a time, and not on which day."),
        hint=_("Write the day too: 2026-01-31 14:00."),
    )


def _no_time(day: date) -> InvalidInput:
    return InvalidInput(
        "moment-no-time",
        _("It does not say at what time on %(day)s."),
        hint=_("Write the time too: 2026-01-31 14:00."),
        day=day,
    )


def _shown_twice(wall: datetime, later: datetime) -> InvalidInput:
    return InvalidInput(
        "time-twice",
        _("The clock shows %(time)s twice on %(day)s: the first time was taken."),
        hint=_("Is it the second? Then write %(moment)s."),
        time=f"{wall:%H:%M}",
        day=wall.date(),
        moment=later.isoformat(timespec="minutes"),
    )
