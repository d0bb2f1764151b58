"""What a piece of the calendar means: where “3e kwartaal” or “week 36” lies in a year."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.values.calendar_words import MONTHS, ORDINALS, SEASONS

DaySpan = tuple[date, date]
"""The first and the last day."""
First = Literal["day", "month"] | None
"""What goes first in 03/04/2026; None where nobody knows."""

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the calendar, that lies somewhere in each year.

    Parameters
    ----------
    lies
        Its first and last day in a year; ValueError where that year has none, as 29 February.
    year
        The year that it names; None if it names none.
    one_day
        Whether it is a single day.
    repeats
        Whether it is too wide a word to suppose a year with it, such as “May” or “summer”.
    vague
        Whether people differ on where it begins and ends.

    """

    lies: Callable[[int], DaySpan]
    year: int | None
    one_day: bool = False
    repeats: bool = False
    vague: bool = False


def piece(kind: str, found: re.Match[str], first: First, text: str) -> Piece | None:
    """What a found piece means; None if it is none after all."""
    return _MAKERS[kind](found, first, text)


def _numbers(found: re.Match[str], *names: str) -> tuple[int, ...]:
    return tuple(int(found[name].strip("'")) for name in names)


def full_year(digits: str | None) -> int | None:
    """The year that “2026”, “26” or “'26” names."""
    if not digits:
        return None
    number = int(digits.strip("'"))
    if len(digits.strip("'")) > 2:
        return number
    return number + (2000 if number < 70 else 1900)


def months(first: int, count: int) -> Callable[[int], DaySpan]:
    """The days of `count` months from month `first` on; they may go on in the next year."""

    def lies(year: int) -> DaySpan:
        over, month = divmod(first - 1 + count, 12)
        return date(year, first, 1), date(year + over, month + 1, 1) - timedelta(days=1)

    return lies


def _one_day(month: int, day: int) -> Callable[[int], DaySpan]:
    return lambda year: (date(year, month, day), date(year, month, day))


def _day(year: int | None, month: int, day: int, text: str) -> Piece:
    """A day, after a look whether the calendar has it."""
    lies = _one_day(month, day)
    try:
        lies(year or 2000)
    except ValueError as error:
        raise impossible(text) from error
    if year and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise refused_day("date-far", _("“%(text)s” is not between 1900 and 2200."), text)
    return Piece(lies, year, one_day=True)


def impossible(text: str) -> InvalidInput:
    """The fault of a day or a week that does not exist."""
    return refused_day("date-impossible", _("“%(text)s” is not a day of the calendar."), text)


def refused_day(code: str, message: str, text: str) -> InvalidInput:
    """The fault of a text that is not one day, and how to write it."""
    hint = _("Write the day as 2026-01-31 or 31-01-2026, without a time.")
    return InvalidInput(code, message, hint=hint, text=text)


def _iso(found: re.Match[str], _first: First, text: str) -> Piece:
    year, month, day = _numbers(found, "iso_year", "iso_month", "iso_day")
    return _day(year, month, day, text)


def _compact(found: re.Match[str], _first: First, text: str) -> Piece:
    digits = found["compact"]
    return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]), text)


def _numeric(found: re.Match[str], first: First, text: str) -> Piece:
    one, other = _numbers(found, "one", "other")
    return _either(one, other, full_year(found["numeric_year"]), first, found["sign"], text)


def _short_day(found: re.Match[str], first: First, text: str) -> Piece | None:
    one, other = _numbers(found, "short_one", "short_other")
    if not (exists(2000, other, one) or (first == "month" and exists(2000, one, other))):
        return None
    return _either(one, other, None, first, found["short_sign"], text)


def _either(one: int, other: int, year: int | None, first: First, sign: str, text: str) -> Piece:
    """A day in figures, the day or the month first. Only Dutch and German people use - and dots."""
    by_day, by_month = exists(year or 2000, other, one), exists(year or 2000, one, other)
    if by_day and by_month and one != other and sign == "/" and first is None:
        raise refused_day("date-ambiguous", _("“%(text)s” can be read as different days."), text)
    if by_month and (first == "month" or not by_day):
        one, other = other, one
    return _day(year, other, one, text)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day."""
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _week(found: re.Match[str], _first: First, _text: str) -> Piece | None:
    start, end = int(found["week_first"]), int(found["week_last"] or found["week_first"])
    if not (1 <= start <= 53 and 1 <= end <= 53):
        return None

    def lies(year: int) -> DaySpan:
        last = date.fromisocalendar(year + (end < start), end, 7)
        return date.fromisocalendar(year, start, 1), last

    return Piece(lies, full_year(found["week_before"] or found["week_year"]))


def _quarter(found: re.Match[str], _first: First, _text: str) -> Piece | None:
    number = found["q"] or found["nth_q"] or found["q_nth"] or ORDINALS[found["word_q"]]
    year = full_year(found["quarter_before"] or found["quarter_year"])
    quarters = int(found["q_last"] or number) - int(number) + 1
    return Piece(months(3 * int(number) - 2, 3 * quarters), year) if quarters > 0 else None


def _half(found: re.Match[str], _first: First, _text: str) -> Piece:
    number = found["h"] or found["nth_h"] or min(2, ORDINALS[found["word_h"]])
    return Piece(
        months(6 * int(number) - 5, 6), full_year(found["half_before"] or found["half_year"])
    )


def _winter(found: re.Match[str], _first: First, _text: str) -> Piece:
    return Piece(months(12, 3), full_year(found["winter_year"]), repeats=True, vague=True)


def _season(found: re.Match[str], _first: First, _text: str) -> Piece | None:
    first, year = SEASONS[found["season_name"]], full_year(found["season_year"])
    both_ends = first == 12 and year  # of a year: January as well as December
    return None if both_ends else Piece(months(first, 3), year, repeats=True, vague=True)


def _school(found: re.Match[str], _first: First, _text: str) -> Piece | None:
    start, last = full_year(found["school_first"]), full_year(found["school_last"])
    first = 8 if found["school_name"] else 9
    years = (last - start if last else 1) if start else 0
    return Piece(months(first, 12 * years), start) if 1 <= years <= 10 else None


def _day_and_month(found: re.Match[str], _first: First, text: str) -> Piece:
    month, day = MONTHS[found["day_month"].rstrip(".")], _leading(found["day_number"])
    return _day(full_year(found["day_year"] or found["day_short"]), month, day, text)


def _lone(found: re.Match[str], _first: First, text: str) -> Piece:
    return _day(None, MONTHS[found["lone_month"].rstrip(".")], _leading(found["lone_number"]), text)


def _lone_figure(found: re.Match[str], _first: First, text: str) -> Piece:
    return _day(None, int(found["figure_month"]), _leading(found["figure_day"]), text)


def _dotted(found: re.Match[str], _first: First, text: str) -> Piece:
    day, month = _numbers(found, "dotted_day", "dotted_month")
    return _day(None, month, day, text)


def _leading(ordinal: str) -> int:
    return int(re.sub("[^0-9]", "", ordinal))


def _american(found: re.Match[str], _first: First, text: str) -> Piece:
    month, day = MONTHS[found["american_month"].rstrip(".")], int(found["american_day"])
    return _day(full_year(found["american_year"] or found["ordinal_year"]), month, day, text)


def _month(found: re.Match[str], _first: First, _text: str) -> Piece:
    number = MONTHS[found["month_name"].rstrip(".")]
    return Piece(
        months(number, 1), full_year(found["month_year"] or found["month_short"]), repeats=True
    )


def _year_month(found: re.Match[str], _first: First, _text: str) -> Piece:
    year, month = _numbers(found, "ym_year", "ym_month")
    return Piece(months(month, 1), year)


def _month_of(found: re.Match[str], _first: First, _text: str) -> Piece:
    month, year = _numbers(found, "mo_month", "mo_year")
    return Piece(months(month, 1), year)


def _years(found: re.Match[str], _first: First, _text: str) -> Piece | None:
    first, last = _numbers(found, "years_first", "years_last")
    years = last - first % 100 + 1
    return Piece(months(1, 12 * years), first) if years >= 2 else None


def _year(found: re.Match[str], _first: First, _text: str) -> Piece:
    return Piece(months(1, 12), full_year(found["year"]))


_MAKERS: Final[dict[str, Callable[[re.Match[str], First, str], Piece | None]]] = {
    "iso": _iso,
    "compact": _compact,
    "numeric": _numeric,
    "week": _week,
    "quarter": _quarter,
    "half": _half,
    "winter": _winter,
    "season": _season,
    "school": _school,
    "day": _day_and_month,
    "lone": _lone,
    "lone_figure": _lone_figure,
    "american": _american,
    "month": _month,
    "year_month": _year_month,
    "month_of": _month_of,
    "years": _years,
    "dotted": _dotted,
    "short_day": _short_day,
    "year": _year,
}
