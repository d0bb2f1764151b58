"""Periods of whole days, both ends included; an open end is None."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from katalysator.core.language import locale, translate
from katalysator.faults import InvalidInput, gettext_noop
from katalysator.tables.values.calendar_pieces import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    exists,
    impossible,
    refused_day,
)

_MIDNIGHT: Final = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_ISO: Final = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_MIDNIGHT}")
_DUTCH: Final = re.compile(rf"([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}}){_MIDNIGHT}")
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_AMBIGUOUS: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise InvalidInput(
                "period-reversed",
                gettext_noop("The period ends on %(end)s, before it starts on %(start)s."),
                hint=gettext_noop("Change one of the two dates, or let them trade places."),
                start=self.start,
                end=self.end,
            )

    def __str__(self) -> str:
        """As people write it, such as “5 January 2026 – 31 March 2026”."""
        days = [format_date(day, "long", locale()) for day in (self.start, self.end) if day]
        if not days:
            return translate("always")
        if self.start and self.end:
            return " – ".join(dict.fromkeys(days))
        since, until = translate("from %(day)s"), translate("up to and including %(day)s")
        return (since if self.start else until) % {"day": days[0]}


def parse_date(text: str) -> date | None:
    """Read a day as ``2026-01-05`` or ``05-01-2026``; None for an empty text.

    A spreadsheet's midnight (``2026-01-05 00:00:00``) is dropped. Slashes and years of two digits
    are refused, because Dutch and American readers would read different days; a day that neither
    of them knows is said to be none.
    """
    text = text.strip()
    if not text:
        return None
    if _AMBIGUOUS.fullmatch(text) and _may_be_a_day(text):
        raise refused_day(
            "date-ambiguous", gettext_noop("“%(text)s” can be read as different days."), text
        )
    year, month, day = _numbers(text)
    try:
        parsed = date(year, month, day)
    except ValueError as error:
        raise impossible(text) from error
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise refused_day(
            "date-far", gettext_noop("“%(text)s” is not between 1900 and 2200."), text
        )
    return parsed


def _numbers(text: str) -> tuple[int, int, int]:
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DUTCH.fullmatch(text) or _SLASHED.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise refused_day("date-format", gettext_noop("“%(text)s” is not a date."), text)
    return year, month, day


def _may_be_a_day(text: str) -> bool:
    """Whether somebody reads a day in a text with slashes, whatever goes first."""
    if not (match := _SLASHED.fullmatch(text)):
        return True
    one, other, year = map(int, match.groups())
    return exists(year, other, one) or exists(year, one, other)
