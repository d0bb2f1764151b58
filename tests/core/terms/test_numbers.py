"""Terms with a number, an amount or a day: read exactly, shown as people write them, put on an axis."""

from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf
from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from katalysator.core.terms import Amount, Asked, Date, Half, Number
from tests.core.terms.steps import (
    HALVES,
    accepts,
    cleaned,
    each_half,
    errors_of,
    named,
    refused,
    through_a_form,
)

number = named(Number("Depth", least=-10, most=2_000_000, unit="m", hard=True), "depth")
decimal = named(Number("Depth", least=-10, most=10, decimals=2, hard=True), "depth")
amount = named(Amount("Budget", hard=True, help_text="Without tax"), "budget")
dear = named(Amount("Price", hard=True, asks=Asked.AT_MOST), "price")
day = named(Date("Deadline", hard=True), "deadline")

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
euros = st.decimals(0, Decimal("999999999999.99"), places=2)


class TestNumber:
    @given(st.integers(-10, 2_000_000))
    def test_a_number_is_kept_however_it_is_written(self, value: int) -> None:
        assert cleaned(number, value) == value
        assert cleaned(number, str(value)) == value
        assert cleaned(number, float(value)) == value
        assert isinstance(number.clean(Decimal(value)), int)

    @pytest.mark.parametrize(
        ("value", "kept"),
        [(1.5, 1.5), ("1.25", 1.25), ("-0", 0.0), (-0.001, 0.0), ("1e1", 10.0), (" 2 ", 2.0)],
    )
    def test_one_with_decimals_is_kept_with_so_many(self, value: Any, kept: float) -> None:
        assert str(cleaned(decimal, value)) == str(kept)

    @pytest.mark.parametrize("value", [-11, 2_000_001, "-11", 1e13])
    def test_what_is_too_small_or_too_large_is_refused_with_the_limits(self, value: Any) -> None:
        shown = f"{value:,}" if isinstance(value, int) else value
        said = f"{shown} is not from -10 to 2,000,000. Give a number between these."
        assert refused(number, value) == said
        assert not accepts(number, value)

    @pytest.mark.parametrize(
        "value",
        ["", None, "deep", "NaN", "sNaN", "Infinity", "-inf", True, [], {}, "1,5", "9" * 99],
    )
    def test_what_is_no_number_is_refused_or_nothing(self, value: Any) -> None:
        if value in ("", None):
            assert number.clean(value) is None
        else:
            assert refused(number, value)
        assert not accepts(number, value)

    @pytest.mark.parametrize("value", [-10, 0, 12, 1_234_567])
    @each_half
    def test_a_form_gives_back_what_it_showed(self, half: Half, value: int) -> None:
        for language in ("en", "nl"):
            with translation.override(language):
                assert through_a_form(number, half, value) == value

    @pytest.mark.parametrize("value", [-0.05, 0.1, 9.99])
    def test_a_form_gives_back_decimals(self, value: float) -> None:
        for language in ("en", "nl"):
            with translation.override(language):
                assert through_a_form(decimal, "need", value) == value

    def test_a_form_says_what_does_not_do(self) -> None:
        for typed in ("1.5", "deep", "-11", "2000001", "9" * 5_000):
            assert list(errors_of(number, "need", depth=typed)) == ["depth"]
        assert list(errors_of(decimal, "need", depth="1.234")) == ["depth"]
        assert errors_of(number, "need") == {"depth": ["This field is required."]}

    @pytest.mark.parametrize(
        ("language", "said"), [("en", ["1,234,567 m", "-0.50"]), ("nl", ["1.234.567 m", "-0,50"])]
    )
    def test_it_is_written_as_people_do(self, language: str, said: list[str]) -> None:
        with translation.override(language):
            assert [number.words(1_234_567), decimal.words(-0.5)] == said

    def test_a_need_asks_for_at_least_and_an_offer_has_all_up_to_its_own(self) -> None:
        assert number.interval("need", 3) == (3.0, inf)
        assert number.interval("offer", 3) == (-inf, 3.0)
        assert number.interval("need", 0) == (0.0, inf)

    def test_in_sql_the_other_side_reaches_as_far_or_says_nothing(self) -> None:
        high, low = "ranges__depth__high", "ranges__depth__low"
        assert number.condition("need", 3) == (
            Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gte": 3.0})
        )
        assert number.condition("offer", 3) == (
            Q(**{f"{low}__isnull": True}) | Q(**{f"{low}__lte": 3.0})
        )

    @pytest.mark.parametrize(
        ("shared", "said"),
        [((3, inf), "depth 3 m"), ((-inf, 4), "depth 4 m"), ((3, 4), "depth 3 m")],
    )
    def test_what_both_agree_on_is_said(self, shared: tuple[float, float], said: str) -> None:
        assert number.agreement(shared) == said


class TestAmount:
    @given(euros)
    def test_an_amount_is_kept_to_the_cent(self, value: Decimal) -> None:
        kept = cleaned(amount, value)
        assert Decimal(kept) == value
        assert kept == amount.clean(str(value))
        assert amount.from_measure(amount.measure(kept)) == kept

    @pytest.mark.parametrize(
        ("value", "kept"),
        [
            ("1250", "1250.00"),
            (1250.5, "1250.50"),
            (0, "0.00"),
            ("0.10", "0.10"),
            (0.1 + 0.2, "0.30"),
            ("-0.001", "0.00"),
            ("2E+3", "2000.00"),
            ("999999999999.99", "999999999999.99"),
        ],
    )
    def test_notations(self, value: Any, kept: str) -> None:
        assert cleaned(amount, value) == kept

    @pytest.mark.parametrize(
        "value",
        [
            -1,
            "-0.01",
            10**12,
            "999999999999.999",
            "NaN",
            "Infinity",
            "1e400",
            "veel",
            "€ 5",
            True,
            [],
        ],
    )
    def test_what_is_no_amount_is_refused(self, value: Any) -> None:
        assert "is not a value for this" in refused(amount, value)
        assert not accepts(amount, value)

    @given(euros)
    def test_a_form_gives_back_what_it_showed(self, value: Decimal) -> None:
        kept = amount.clean(value)
        assert all(through_a_form(amount, half, kept) == kept for half in HALVES)

    def test_a_form_says_what_does_not_do(self) -> None:
        field = amount.fields("need")["budget"]
        assert (field.label, field.help_text) == ("Budget", "Without tax")
        for typed in ("1.001", "-1", "1" + "0" * 12, "veel", "NaN"):
            assert list(errors_of(amount, "need", budget=typed)) == ["budget"]

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "€1,250.50"), ("nl", "€\N{NO-BREAK SPACE}1.250,50")]
    )
    def test_it_is_written_as_people_do(self, language: str, said: str) -> None:
        with translation.override(language):
            assert amount.words("1250.50") == said

    def test_a_need_may_ask_for_at_most(self) -> None:
        assert (dear.interval("need", "5.00"), dear.interval("offer", "5.00")) == (
            (-inf, 5.0),
            (5.0, inf),
        )
        assert dear.to_cells("5.00") == {"price": "5.00"}
        assert dear.to_cells(None) == {"price": ""}


class TestDate:
    @given(days)
    def test_a_day_is_kept_as_iso_has_it(self, value: date) -> None:
        assert cleaned(day, value) == cleaned(day, value.isoformat()) == value.isoformat()
        assert cleaned(day, value.strftime("%d-%m-%Y")) == value.isoformat()
        assert day.from_measure(day.measure(value.isoformat())) == value.isoformat()

    @pytest.mark.parametrize("value", ["0001-01-01", "9999-12-31"])
    def test_the_edges_of_the_calendar_are_days(self, value: str) -> None:
        assert cleaned(day, value) == cleaned(day, date.fromisoformat(value)) == value
        assert through_a_form(day, "need", value) == value
        assert day.words(value)

    @pytest.mark.parametrize(
        ("value", "sentence"),
        [
            ("2026-02-30", "is not a day of the calendar"),
            ("2026-W01-1", "is not a date"),
            ("20260105", "is not a date"),
            ("05/06/2026", "can be read as different days"),
            ("morgen", "is not a date"),
            (0, "is not a date"),
            (False, "is not a date"),
            (20260105, "is not a date"),
            (datetime(2026, 1, 5, 12, tzinfo=UTC), "is not a date"),
        ],
    )
    def test_what_is_no_day_is_refused(self, value: Any, sentence: str) -> None:
        assert sentence in refused(day, value)
        assert not accepts(day, value)

    @given(days)
    def test_a_form_gives_back_what_it_showed(self, value: date) -> None:
        for language in ("en", "nl"):
            with translation.override(language):
                assert through_a_form(day, "offer", value.isoformat()) == value.isoformat()

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "5 January 2026"), ("nl", "5 januari 2026")]
    )
    def test_it_is_written_as_people_do(self, language: str, said: str) -> None:
        with translation.override(language):
            assert day.words("2026-01-05") == said
            assert day.agreement((day.measure("2026-01-05"), inf)) == f"deadline {said}"

    def test_it_lies_on_an_axis_of_days(self) -> None:
        place = float(date(2026, 1, 5).toordinal())
        assert day.interval("need", "2026-01-05") == (place, inf)
        assert day.interval("offer", "2026-01-05") == (-inf, place)
