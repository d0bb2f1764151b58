from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.tables.values.days import Days, day_first, read_days

TODAY = date(2026, 11, 28)


def period(text: str) -> str | None:
    """The first and the last day, ~ behind what is approximate; as short as an expectation is."""
    days = read_days(text, today=TODAY)
    if days is None:
        return None
    return f"{days.start or ''}/{days.end or ''}{'~' if days.approximate else ''}"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-09-01",
            "2026-09-01 00:00:00",
            "2026-09-01T09:30:00Z",
            "2026/9/1",
            "2026.09.01",
            "20260901",
        ),
        *("01-09-2026", "1-9-2026", "1-9-26", "01.09.2026", "1. 9. 2026", "1-sep-26", "1-sep-2026"),
        *(
            "1 september 2026",
            "1 sept. 2026",
            "1 sept ’26",
            "di 1 september 2026",
            "1e september 2026",
        ),
        *(
            "September 1, 2026",
            "September 1st 2026",
            "the 1st of September 2026",
            "1. September 2026",
        ),
        "1 sept 2026 13:00 - 17:00",
    ],
)
def test_a_day_is_read_in_many_notations(text: str) -> None:
    assert period(text) == "2026-09-01/2026-09-01"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("sept 2026", "2026-09-01/2026-09-30"),
        ("febr. ’26", "2026-02-01/2026-02-28"),
        ("sep-26", "2026-09-01/2026-09-30"),
        ("09-2026", "2026-09-01/2026-09-30"),
        ("2026-09", "2026-09-01/2026-09-30"),
        ("März 2026", "2026-03-01/2026-03-31"),
        ("Q3 2026", "2026-07-01/2026-09-30"),
        ("2026-Q3", "2026-07-01/2026-09-30"),
        ("3e kwartaal 2026", "2026-07-01/2026-09-30"),
        ("tweede kwartaal van 2026", "2026-04-01/2026-06-30"),
        ("Q1/Q2 2026", "2026-01-01/2026-06-30"),
        ("Q1/2 2026", "2026-01-01/2026-06-30"),
        ("2e helft 2026", "2026-07-01/2026-12-31"),
        ("H2 2026", "2026-07-01/2026-12-31"),
        ("2026", "2026-01-01/2026-12-31"),
        ("heel 2026", "2026-01-01/2026-12-31"),
        ("2026-2027", "2026-01-01/2027-12-31"),
        ("2026-27", "2026-01-01/2027-12-31"),
        ("schooljaar 2026/2027", "2026-08-01/2027-07-31"),
        ("schooljaar 26/27", "2026-08-01/2027-07-31"),
        ("studiejaar 2026-2027", "2026-09-01/2027-08-31"),
        ("kw1 2026", "2026-01-01/2026-03-31"),
        ("2026, 2e helft", "2026-07-01/2026-12-31"),
        ("week 36 (2026)", "2026-08-31/2026-09-06"),
        ("wk 36-40 2026", "2026-08-31/2026-10-04"),
        ("2026-W36", "2026-08-31/2026-09-06"),
        ("voorjaar 2026", "2026-03-01/2026-05-31~"),
        ("zomer van 2026", "2026-06-01/2026-08-31~"),
        ("winter 2026/2027", "2026-12-01/2027-02-28~"),
    ],
)
def test_longer_pieces_of_the_calendar_have_two_ends(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1 mei t/m 31 mei 2026", "2026-05-01/2026-05-31"),
        ("14-16 november 2025", "2025-11-14/2025-11-16"),
        ("14, 15 en 16 november 2025", "2025-11-14/2025-11-16"),
        ("za 5 en zo 6 sept 2026", "2026-09-05/2026-09-06"),
        ("9 t/m 13-11-2026", "2026-11-09/2026-11-13"),
        ("feb t/m juni 2026", "2026-02-01/2026-06-30"),
        ("Jan–Mar 2026", "2026-01-01/2026-03-31"),
        ("feb/mrt 2026", "2026-02-01/2026-03-31"),
        ("1 nov - 1 feb 2026", "2025-11-01/2026-02-01"),
        ("nov 2025 - feb", "2025-11-01/2026-02-28"),
        ("2026-02-02 / 2026-06-26", "2026-02-02/2026-06-26"),
        ("2026-09-01–2027-01-31", "2026-09-01/2027-01-31"),
        ("1/9/2026 - 31/1/2027", "2026-09-01/2027-01-31"),
        ("tussen 1 maart en 1 juni 2026", "2026-03-01/2026-06-01"),
        ("start: 1-9-2026, einde: 31-1-2027", "2026-09-01/2027-01-31"),
        ("vom 1.3.2026 bis 31.5.2026", "2026-03-01/2026-05-31"),
        ("01.02.-30.06.2026", "2026-02-01/2026-06-30"),
        ("2 dagen per week vanaf sept 2026", "2026-09-01/~"),
        ("10 weken vanaf 17-11-2025", "2025-11-17/2026-01-26~"),
        ("vanaf jan 2026 voor 6 maanden", "2026-01-01/2026-07-01~"),
        ("1 maand vanaf 31 jan 2026", "2026-01-31/2026-02-28~"),
    ],
)
def test_ranges_lend_each_other_month_and_year(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("vanaf 1 oktober 2025", "2025-10-01/"),
        ("per 1 sept 2026", "2026-09-01/"),
        ("start november 2025", "2025-11-01/"),
        ("ab 1. März 2026", "2026-03-01/"),
        ("1 september 2026 en verder", "2026-09-01/"),
        ("1-9-2026 -", "2026-09-01/"),
        ("na 1 maart 2026", "2026-03-02/"),
        ("niet voor 1 mei 2027", "2027-05-01/"),
        ("doorlopend vanaf 1 sept 2026", "2026-09-01/"),
        ("June 2026 - ongoing", "2026-06-01/"),
        ("voor eind mei 2026", "/2026-05-31~"),
        ("na de zomer van 2026", "2026-09-01/~"),
        ("voor 1 januari 2026", "/2025-12-31"),
        ("vóór september 2026", "/2026-08-31"),
        ("before 1 Sept 2026", "/2026-08-31"),
        ("uiterlijk 1 sept 2026", "/2026-09-01"),
        ("by 1 September 2026", "/2026-09-01"),
        ("t/m juni 2026", "/2026-06-30"),
        ("tot 31-12-2025 of pot leeg", "/2025-12-31~"),
        ("heden t/m 31-12-2026", "/2026-12-31"),
        ("nu - juni 2026", "/2026-06-30"),
        ("1 oktober 2026 of eerder", "/2026-10-01"),
        ("doorlopend", "/"),
        ("het hele jaar door", "/"),
        ("tot nader order", "/"),
    ],
)
def test_bounds_leave_an_end_open(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("begin januari 2026", "2026-01-01/2026-01-10~"),
        ("half april 2026", "2026-04-15/2026-04-15~"),
        ("medio 2026", "2026-06-30/2026-06-30~"),
        ("eind april 2026", "2026-04-21/2026-04-30~"),
        ("eind Q1 2026", "2026-03-01/2026-03-31~"),
        ("Ende 2026", "2026-09-01/2026-12-31~"),
        ("1e helft mei 2026", "2026-05-01/2026-05-15~"),
        ("uiterlijk eind sept 2026", "/2026-09-30~"),
        ("ca. 1 mei 2026", "2026-05-01/2026-05-01~"),
        ("1 mei 2026?", "2026-05-01/2026-05-01~"),
        ("2 september 2026 (onder voorbehoud)", "2026-09-02/2026-09-02~"),
    ],
)
def test_about_is_approximate(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1 maart", date(2027, 3, 1), date(2027, 3, 1)),
        ("1 december", date(2026, 12, 1), date(2026, 12, 1)),
        ("31-12", date(2026, 12, 31), date(2026, 12, 31)),
        ("vanaf 1/9", date(2027, 9, 1), None),
        ("Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("3e kwartaal", date(2027, 7, 1), date(2027, 9, 30)),
        ("week 36", date(2027, 9, 6), date(2027, 9, 12)),
        ("1 sept – 31 jan", date(2026, 9, 1), date(2027, 1, 31)),
        ("29 februari", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_first_that_is_not_over(
    text: str, start: date, end: date | None
) -> None:
    assert read_days(text, today=TODAY) == Days(start, end, approximate=True, year_supposed=True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "z.s.m.",
            "asap",
            "in overleg",
            "n.t.b.",
            "per direct",
            "na de zomer",
            "voor de bouwvak",
        ),
        *(
            "september",
            "mei t/m juni",
            "winter",
            "zomer",
            "meivakantie",
            "dit jaar",
            "volgend jaar",
            "3 mnd",
        ),
        *("elke 1e dinsdag", "every Wednesday 13-15h", "vr + za", "flexible", "niet doorlopend"),
        *("oogst 2026", "Boekenweek 2026", "winter 2026", "NEN 7510:2017", "06-12345678", "1500"),
    ],
)
def test_what_names_no_day_tells_nothing(text: str) -> None:
    assert period(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2026", "date-ambiguous"),
        ("31 feb 2026", "date-impossible"),
        ("30-02-2026", "date-impossible"),
        ("45/99/2026", "date-impossible"),
        ("29 feb - 1 mei 2027", "date-impossible"),
        ("week 53 2027", "date-impossible"),
        ("01-09-3026", "date-far"),
        ("9999-12-31", "date-far"),
        ("1-6-2026 t/m 1-3-2026", "period-reversed"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_days(text, today=TODAY)
    assert caught.value.code == code


def test_what_goes_first_is_told_by_the_column() -> None:
    assert read_days("03/04/2026", today=TODAY, first="day") == Days(
        date(2026, 4, 3), date(2026, 4, 3)
    )
    assert read_days("03/04/2026", today=TODAY, first="month") == Days(
        date(2026, 3, 4), date(2026, 3, 4)
    )
    assert read_days("13/04/2026", today=TODAY, first="month") == Days(
        date(2026, 4, 13), date(2026, 4, 13)
    )


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        ([], None),
        (["03/04/2026", "2026-04-01", "soon"], None),
        (["03/04/2026", "29/1/2027"], "day"),
        (["03/04/2026", "1/29/2027"], "month"),
        (["03/04/2026", "1/29/2027", "29/1/2027"], None),
        (["03/04/2026", "17-11-2025"], "day"),
        (["03/04/2026", "01-11-2025"], "day"),
        (["03-04-2026", "11-17-2025"], "month"),
        (["03/04/2026", "doorlopend", "vanaf maart"], "day"),
        (["03/29/2026", "vanaf maart"], "month"),
    ],
)
def test_one_sure_date_tells_what_goes_first(cells: list[str], first: str | None) -> None:
    assert day_first(cells) == first


DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(
    DAYS, st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d %B %Y", "%Y%m%d"])
)
def test_every_day_survives_writing_and_reading(day: date, notation: str) -> None:
    assert read_days(day.strftime(notation), today=TODAY) == Days(day, day)


@given(DAYS, st.integers(0, 2_000), st.sampled_from([" t/m ", " - ", "–", " tot ", " until "]))
def test_every_period_survives_writing_and_reading(day: date, length: int, between: str) -> None:
    end = min(day + timedelta(days=length), date(2069, 12, 31))
    assert read_days(f"{day}{between}{end}", today=TODAY) == Days(day, end)


WORDS = st.sampled_from(
    "1 2 31 29 2026 '27 99 jan feb. maart mei Q1 q3/4 week 53 H2 helft winter zomer schooljaar 26/27 vanaf tot "
    "t/m - / , voor na begin eind medio en 1/2 3-4-25 30-02-2026 10 weken maanden doorlopend ca ? nu".split()
)


@given(st.lists(WORDS, max_size=9).map(" ".join) | st.text(), DAYS)
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    with suppress(InvalidInput):
        days = read_days(text, today=today)
        assert days is None or days.start is None or days.end is None or days.start <= days.end
