"""Hours and days a week, as keepers of lists write them."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from katalysator.tables.values.numbers import Numbers, read_numbers


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("24", "24", "24"),
        ("24-36", "24", "36"),
        ("24 tot 36 uur", "24", "36"),
        ("32 uur per week", "32", "32"),
        ("2,5 dag", "2.5", "2.5"),
        ("min. 16 u/week", "16", None),
        ("max 3 dagen", None, "3"),
        ("up to 32 hours a week", None, "32"),
    ],
)
def test_a_number_or_two_are_read(text: str, low: str | None, high: str | None) -> None:
    ends = (None if each is None else Decimal(each) for each in (low, high))
    assert read_numbers(text) == Numbers(*ends)


@pytest.mark.parametrize(
    "text", ["", "veel", "in overleg", "24 uur en 3 dagen", "1e dag", "-4", "1234567"]
)
def test_what_tells_more_or_nothing_is_left_open(text: str) -> None:
    assert read_numbers(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_left(text: str) -> None:
    found = read_numbers(text)
    assert found is None or found.low is not None or found.high is not None
