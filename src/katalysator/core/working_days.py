"""Working days in the Netherlands: neither weekends nor the days on which everybody is free.

The free days are those that employers give by custom and most collective agreements name (Rijksoverheid,
“Officiële feestdagen”); Liberation Day counts in every fifth year. What a region or a firm adds is not known here.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

import numpy as np

_AFTER_EASTER: Final = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday
_FIXED: Final = ((1, 1), (12, 25), (12, 26))
_SUNDAY: Final = 6


def working_days(first: date, last: date) -> int:
    """How many working days come after `first`, up to and with `last`: 0 for the same day, or a weekend between."""
    day = timedelta(days=1)
    return int(np.busday_count(first + day, last + day, holidays=_free(first, last)))


def working_days_before(day: date, days: int) -> date:
    """The newest day that lies at least so many working days before `day`."""
    found = day
    while working_days(found, day) < days:
        found -= timedelta(days=1)
    return found


def holidays(year: int) -> set[date]:
    """The days of a year on which everybody is free, besides weekends."""
    easter = easter_sunday(year)
    found = {easter + timedelta(days=days) for days in _AFTER_EASTER}
    found |= {date(year, month, day) for month, day in _FIXED}
    if year % 5 == 0:
        found.add(date(year, 5, 5))
    king = date(year, 4, 27)
    return found | {king - timedelta(days=king.weekday() == _SUNDAY)}


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the “anonymous” method, Nature, 20 April 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, skipped = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    fours, ones = divmod(rest, 4)
    weekday = (32 + 2 * skipped + 2 * fours - epact - ones) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _free(first: date, last: date) -> list[date]:
    return [day for year in range(first.year, last.year + 1) for day in _holidays(year)]


@cache
def _holidays(year: int) -> tuple[date, ...]:
    return tuple(sorted(holidays(year)))
