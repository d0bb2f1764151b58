"""Days on which people work: no weekends, no days on which everybody is free."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from katalysator.core.working_days import (
    easter_sunday,
    holidays,
    working_days,
    working_days_before,
)
from tests.examples import examples

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_the_free_days_of_a_year() -> None:
    told = {(each.month, each.day) for each in holidays(2026)}
    assert told == {(1, 1), (4, 6), (4, 27), (5, 14), (5, 25), (12, 25), (12, 26)}


def test_liberation_day_is_free_in_every_fifth_year() -> None:
    assert [year for year in range(2020, 2031) if date(year, 5, 5) in holidays(year)] == [
        2020,
        2025,
        2030,
    ]


def test_the_kings_birthday_is_never_on_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, MONDAY, 1),
        (FRIDAY, FRIDAY + timedelta(days=2), 0),
        (FRIDAY, FRIDAY + timedelta(days=7), 5),
        (date(2026, 12, 24), date(2026, 12, 28), 1),
        (date(2026, 12, 31), date(2027, 1, 4), 1),
    ],
)
def test_days_are_counted_after_the_first(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days


@examples(40)
@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 30))
def test_so_many_days_before_a_day_there_are_so_many_days_after(day: date, days: int) -> None:
    first = working_days_before(day, days)
    assert working_days(first, day) == days
    assert working_days(first + timedelta(days=1), day) < days or days == 0
