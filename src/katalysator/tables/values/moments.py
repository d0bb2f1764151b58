"""Moments in a cell, and how long something takes: “di 1 sept 2026, 14.00–16.30 uur”, “1,5 uur”.

What the clock on the wall shows is read, and no zone is chosen: that is for whoever knows where it hangs.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from katalysator.tables.values import LONGEST_VALUE
from katalysator.tables.values.calendar_pieces import First
from katalysator.tables.values.days import read_days


@dataclass(frozen=True, slots=True)
class SaidMoment:
    """What a cell says of a moment; None where it does not say that part.

    Parameters
    ----------
    day, last_day
        On which day it is, and on which it ends where that is another.
    clock, last_clock
        What the clock shows then, and at the end, as the time since midnight.
    exact
        The moment itself, where the cell says how far its clock is from UTC.

    """

    day: date | None = None
    clock: timedelta | None = None
    last_day: date | None = None
    last_clock: timedelta | None = None
    exact: datetime | None = None


_UNIT: Final = r"uur|u(?![a-z0-9])|hrs?|h(?![a-z0-9])|am|pm|a\.m\.?|p\.m\.?"
_TIME: Final = (
    r"(?<![0-9.,:/])(?P<hour>[0-9]{1,2})(?:(?:[:.]|[uh](?=[0-9]))(?P<minute>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]+)?)?)?"
    rf"(?![0-9:]|[.,/][0-9]|-[0-9]{{1,2}}[.-][0-9]{{1,2}}[.-][0-9]) ?(?P<unit>{_UNIT})?"
)
_CLOCK: Final = re.compile(rf"(?:\b(?:van|vanaf|from|om|at|tot|to|until|kl) )?{_TIME}")
_BARE_FIRST: Final = re.compile(
    rf"(?<![0-9.,:/-])([0-9]{{1,2}}) ?(?:-|tot|to|until) ?(?=([0-9]{{1,2}}) ?({_UNIT}))"
)
"""The first of two hours, whose word stands behind the second: “14-16 uur”."""
_LENGTH: Final = re.compile(
    r"(?:(?P<hours>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?(?:uur|uren|u|hours?|hrs?|h)\.?)? ?(?:(?:en|and) )?"
    r"(?:(?P<minutes>[0-9]{1,4}) ?(?:minuten|minuut|minutes?|mins?|m)?\.?)?"
)
_COLONS: Final = re.compile(r"(?P<hours>[0-9]{1,3}):(?P<minutes>[0-5][0-9])(?::00)?")
_NUMBER: Final = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
_DAY: Final = timedelta(days=1)


def read_moment(text: str, *, today: date, first: First = None) -> SaidMoment | None:
    """The day and the times that a cell tells, or one of these; None where it tells none.

    Parameters
    ----------
    text
        The cell.
    today
        As for `read_days`; a day without its year is none.
    first
        What goes first in 03/04/2026.

    Raises
    ------
    InvalidInput
        Its day does not exist, or can be read as two.

    Notes
    -----
    Cost: some 80 µs for a cell.

    """
    if len(text) > LONGEST_VALUE:
        return None
    if stated := _iso(text.strip()):
        return stated
    line = _plain(text)
    clocks = [found for found in _CLOCK.finditer(line) if found["minute"] or found["unit"]]
    times = [_since_midnight(each) for each in clocks]
    if len(times) > 2 or None in times:
        return None
    rest = line
    for found in reversed(clocks):
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    rest = rest.strip(" ,;:-()")
    days = read_days(rest, today=today, first=first) if rest else None
    clock, last_clock = [*times, None, None][:2]
    if days is None:
        return SaidMoment(clock=clock, last_clock=last_clock) if times and not rest else None
    if days.approximate or not days.start or not days.end:
        return None
    if days.start == days.end:
        return SaidMoment(days.start, clock, None, last_clock)
    return SaidMoment(days.start, clock, days.end, last_clock) if len(times) == 2 else None


def read_length(text: str, *, header: str = "") -> timedelta | None:
    """How long something takes, in hours and minutes; a number alone is what its header says it counts.

    None where it tells none, or is longer than a day: people mean different things by “two days”.
    """
    line = _plain(text)
    if found := _COLONS.fullmatch(line) or _LENGTH.fullmatch(line):
        hours, minutes = found["hours"], found["minutes"]
        if not hours and line == minutes:
            return _counted(line, header)
        length = timedelta(hours=_decimal(hours or "0"), minutes=int(minutes or 0))
    else:
        return _counted(line, header) if _NUMBER.fullmatch(line) else None
    return length if timedelta() < length <= _DAY else None


def _counted(number: str, header: str) -> timedelta | None:
    """A number of hours or minutes, by its header."""
    units = re.findall(r"[^\W\d_]+", header.casefold())
    in_minutes = any(unit.startswith("min") for unit in units)
    in_hours = any(unit in {"uur", "uren", "hour", "hours", "h", "u"} for unit in units)
    if in_minutes == in_hours:
        return None
    value = _decimal(number)
    length = timedelta(minutes=value) if in_minutes else timedelta(hours=value)
    return length if timedelta() < length <= _DAY else None


def _iso(text: str) -> SaidMoment | None:
    """A moment as programs write it; with its distance from UTC it is exact."""
    if ":" not in text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.utcoffset() is not None:
        return SaidMoment(exact=found)
    return SaidMoment(found.date(), timedelta(hours=found.hour, minutes=found.minute))


def _since_midnight(found: re.Match[str]) -> timedelta | None:
    """The time since midnight; None for one that no clock shows."""
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["unit"] or "")[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    length = timedelta(hours=hour, minutes=minute)
    return length if length <= _DAY else None


def _plain(text: str) -> str:
    line = re.sub("[−–—‒‐‑]", "-", text.casefold())
    line = re.sub(r"\bt/m\b", "-", " ".join(line.split()))
    return _BARE_FIRST.sub(r"\1 \3 - ", line)


def _decimal(number: str) -> float:
    return float(number.replace(",", "."))
