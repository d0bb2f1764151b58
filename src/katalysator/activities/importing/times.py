"""When an activity of a row begins and ends: of a day, times of the clock on the wall, and how long it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from katalysator.activities.moments import at_wall_clock, on_the_wall, second_time
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.records import Record
from katalysator.tables.values.moments import SaidMoment


@dataclass(slots=True)
class RowTimes:
    """What a row says of when it is, by the names of facts; `remarks` tell of times that the clock shows twice."""

    said: dict[str, datetime] = field(default_factory=dict)
    lasts: timedelta | None = None
    remarks: list[tuple[str, InvalidInput]] = field(default_factory=list)


def times_of(record: Record) -> RowTimes:
    """Read when it begins and ends. Raises InvalidInput at a field where that cannot be told."""
    found = RowTimes(lasts=record.get("lasts"))
    day = record.get("day") or SaidMoment()
    begins = _together("starts", [*_moments(record, "starts"), day])
    ends = _together("ends", _moments(record, "ends"))
    if start := _moment(found, "starts", begins.exact, begins.day, begins.clock):
        found.said["starts_at"] = start
    start_day = begins.day or (on_the_wall(start).date() if start else None)
    last_day = ends.day or begins.last_day or start_day
    last_clock = ends.clock if ends.clock is not None else begins.last_clock
    if ends != SaidMoment() or last_clock is not None:
        if end := _moment(found, "ends", ends.exact, last_day, last_clock):
            found.said["ends_at"] = end
    elif start and found.lasts:
        found.said["ends_at"] = start + found.lasts
    return found


def _moments(record: Record, name: str) -> list[SaidMoment]:
    return [said for _header, said in record.get(name, ())]


def _together(name: str, said: Iterable[SaidMoment]) -> SaidMoment:
    """What several cells say of one moment. Raises InvalidInput where two of them say something else."""
    parts: dict[str, Any] = {}
    for each in said:
        for part in SaidMoment.__dataclass_fields__:
            value = getattr(each, part)
            if value is not None and parts.setdefault(part, value) != value:
                raise _two_moments().at(name)
    return SaidMoment(**parts)


def _moment(
    found: RowTimes, name: str, exact: datetime | None, day: date | None, clock: timedelta | None
) -> datetime | None:
    """The moment, of what is said of it; None where nothing is."""
    if exact:
        return exact.astimezone(UTC)
    if day is None and clock is None:
        return None
    if day is None or clock is None:
        raise (_no_day() if day is None else _no_time(day)).at(name)
    wall = datetime.combine(day, time.min) + clock
    if later := second_time(wall):
        found.remarks.append((name, _shown_twice(wall, later)))
    try:
        return at_wall_clock(wall)
    except InvalidInput as error:
        raise error.at(name) from None


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
