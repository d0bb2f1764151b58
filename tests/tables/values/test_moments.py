"""Moments in a cell, and how long something takes."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.tables.values.moments import SaidMoment, read_length, read_moment

TODAY = date(2026, 3, 1)
DAY = date(2026, 9, 1)


def clock(hour: int, minute: int = 0) -> timedelta:
    return timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-01 14:00:00", SaidMoment(DAY, clock(14))),
        ("2026-09-01T14:00", SaidMoment(DAY, clock(14))),
        ("2026-09-01", SaidMoment(DAY)),
        ("01-09-2026 14u30", SaidMoment(DAY, clock(14, 30))),
        ("01.09.2026 14.00", SaidMoment(DAY, clock(14))),
        ("1/9/2026 2 pm", SaidMoment(DAY, clock(14))),
        ("Sept 1, 2026 at 12 am", SaidMoment(DAY, clock(0))),
        ("di 1 sept 2026, 14.00–16.30 uur", SaidMoment(DAY, clock(14), None, clock(16, 30))),
        ("1 september 2026 van 14:00 tot 16:00", SaidMoment(DAY, clock(14), None, clock(16))),
        ("1-9-2026 9:00 - 3-9-2026 17:00", SaidMoment(DAY, clock(9), date(2026, 9, 3), clock(17))),
        ("14:00", SaidMoment(None, clock(14))),
        ("19.30", SaidMoment(None, clock(19, 30))),
        ("9 uur", SaidMoment(None, clock(9))),
        ("14-16 uur", SaidMoment(None, clock(14), None, clock(16))),
        ("20:00 - 24:00", SaidMoment(None, clock(20), None, clock(24))),
        ("14:00:00", SaidMoment(None, clock(14))),
    ],
)  # fmt: skip
def test_days_and_times_as_people_and_programs_write_them(text: str, moment: SaidMoment) -> None:
    assert read_moment(text, today=TODAY, first="day") == moment


def test_a_moment_with_its_distance_from_utc_is_exact() -> None:
    found = read_moment("2026-09-01T14:00:00+02:00", today=TODAY)
    assert found
    assert found.exact == datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert (found.day, found.clock) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "", "vrijdagmiddag", "25:00", "13 pm", "1 sept 14:00", "september 2026", "1-3 sept 2026", "1-3 sept 2026 9:00",
        "01.09-03.09.2026", "tbd 14:00", "9:00, 11:00 en 13:00", "46266", "3", "medio 2026 14:00", "x" * 400,
    ],
)  # fmt: skip
def test_what_tells_no_moment_is_none(text: str) -> None:
    assert read_moment(text, today=TODAY, first="day") is None


@pytest.mark.parametrize("text", ["31-02-2026 14:00", "03/04/2026 14:00"])
def test_a_day_that_is_not_there_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_moment(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "header", "minutes"),
    [
        ("1:30", "", 90), ("01:30:00", "", 90), ("1,5 uur", "", 90), ("1.5 hours", "", 90), ("1u30", "", 90),
        ("90 min", "", 90), ("2 uur en 30 minuten", "", 150), ("2", "Duur (uur)", 120), ("90", "Duration (min)", 90),
        ("24:00", "", 1440), ("2", "", None), ("2", "Uren of minuten", None), ("2 dagen", "", None), ("0", "min", None),
        ("25:00", "", None), ("", "", None), ("lang", "uur", None),
    ],
)  # fmt: skip
def test_how_long_it_takes(text: str, header: str, minutes: int | None) -> None:
    found = read_length(text, header=header)
    assert found == (timedelta(minutes=minutes) if minutes is not None else None)


@given(st.text(alphabet="0123456789:.-/ uhampt–septvan,", max_size=40))
def test_any_text_is_a_moment_or_none_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        found = read_moment(text, today=TODAY)
        clocks = (found.clock, found.last_clock) if found else ()
        assert all(timedelta() <= each <= timedelta(days=1) for each in clocks if each is not None)
    read_length(text, header="uur")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 — on the wall
def test_what_programs_write_is_read_back(moment: datetime) -> None:
    wall = moment.replace(second=0, microsecond=0)
    for text in (
        str(wall),
        wall.isoformat(),
        f"{wall:%d-%m-%Y %H:%M}",
        f"{wall:%d-%m-%Y %H.%M} uur",
    ):
        found = read_moment(text, today=TODAY)
        assert found
        assert found.day
        assert found.clock is not None
        assert datetime.combine(found.day, datetime.min.time()) + found.clock == wall
