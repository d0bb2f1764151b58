from contextlib import suppress
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from katalysator.core.periods import Period, parse_date
from katalysator.faults import InvalidInput

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
JAN_5 = date(2026, 1, 5)
MAR_31 = date(2026, 3, 31)


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse_date(text)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026-1-5",
        "05-01-2026",
        "5-1-2026",
        " 2026-01-05 ",
        "2026-01-05 00:00:00",
        "2026-01-05T00:00:00",
        "2026-01-05 00:00",
        "2026-01-05 00:00:00.000",
        "05-01-2026 00:00:00",
    ],
)
def test_iso_dutch_and_spreadsheet_dates_are_read(text: str) -> None:
    assert parse_date(text) == JAN_5


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(days)
def test_every_day_survives_both_notations(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d-%m}-{day.year}") == day
    assert parse_date(f"{day} 00:00:00") == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date-impossible"),
        ("29-02-2025", "date-impossible"),
        ("2026-13-01", "date-impossible"),
        ("0000-01-01", "date-impossible"),
        ("00-01-2026", "date-impossible"),
        ("31/02/2027", "date-impossible"),
        ("02/31/2027", "date-impossible"),
        ("00/12/2026", "date-impossible"),
        ("13/13/2026", "date-impossible"),
        ("03/04/2026", "date-ambiguous"),
        ("02/29/2028", "date-ambiguous"),
        ("31/02/27", "date-ambiguous"),
        ("25/12/2026", "date-ambiguous"),
        ("05-01-26", "date-ambiguous"),
        ("1899-12-31", "date-far"),
        ("2201-01-01", "date-far"),
        ("2026-01-05 14:30:00", "date-format"),
        ("2026-01-05x", "date-format"),
        ("2026", "date-format"),
        ("46027", "date-format"),
        ("next week", "date-format"),
        ("２０２６-01-05", "date-format"),
    ],
)
def test_bad_dates_are_told_apart(text: str, code: str) -> None:
    assert refusal(text) == code


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_the_first_and_the_last_day_are_read(day: date) -> None:
    assert parse_date(day.isoformat()) == day


def test_a_refused_date_says_what_and_how_to_mend() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_date("30-02-2026")
    assert str(caught.value) == (
        "“30-02-2026” is not a day of the calendar. "
        "Write the day as 2026-01-31 or 31-01-2026, without a time."
    )


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        parsed = parse_date(text)
        assert parsed is None or parse_date(parsed.isoformat()) == parsed


def test_a_period_may_not_end_before_it_starts() -> None:
    told = "ends on 2026-01-05, before it starts on 2026-03-31"
    with pytest.raises(InvalidInput, match=told) as caught:
        Period(MAR_31, JAN_5)
    assert caught.value.code == "period-reversed"


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        (
            Period(JAN_5, MAR_31),
            "5 januari 2026 – 31 maart 2026",
            "5 January 2026 – 31 March 2026",
        ),
        (Period(JAN_5, JAN_5), "5 januari 2026", "5 January 2026"),
        (Period(JAN_5, None), "vanaf 5 januari 2026", "from 5 January 2026"),
        (Period(None, MAR_31), "tot en met 31 maart 2026", "up to and including 31 March 2026"),
        (Period(), "altijd", "always"),
    ],
)
def test_a_period_reads_well_in_both_languages(period: Period, dutch: str, english: str) -> None:
    with override("en"):
        assert str(period) == english
    with override("nl"):
        assert str(period) == dutch


@pytest.mark.parametrize("month", range(1, 13))
def test_dutch_months_are_not_capitalised(month: int) -> None:
    with override("nl"):
        label = str(Period(date(2026, month, 1), None))
        assert label == label.lower()
        assert label != str(Period(date(2026, month % 12 + 1, 1), None))
