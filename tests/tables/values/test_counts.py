from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.tables.values.counts import MOST_COUNTED, read_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("6", 6),
        ("0", 0),
        ("6.0", 6),
        ("6 teams per semester", 6),
        ("max 15", 15),
        ("max. 9 gesprekken van 20 min", 9),
        ("ca. 15", 15),
        ("plek voor 20 personen", 20),
        ("15 per groep", 15),
        ("32 (8 groepen van 4)", 32),
        ("5 teams of 4", 5),
        ("een groep van 20", 20),
        ("twee teams", 2),
        ("één", 1),
        ("10+", 10),
        ("1.000 deelnemers", 1_000),
        ("1,000", 1_000),
        ("Yes please (max 20 people)", 20),
        ("8 uur per week", 8),
    ],
)
def test_the_first_number_counts(text: str, count: int | None) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "10-15",
        "10 – 15",
        "10 à 15",
        "10 tot 15",
        "10/15",
        "10 of 15",
        "min 10, max 15",
        "10 tot max. 15",
    ],
)
def test_of_a_range_an_offer_counts_the_most_and_a_need_the_least(text: str) -> None:
    assert read_count(text) == 15
    assert read_count(text, of_range="least") == 10


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "?", "nvt", "onbeperkt", "geen maximum", "een paar", "in overleg", "enkele"),
        *("50%", "2025-03-01", "1-3-2026", "13:30", "1e jaars", "2,5", "€ 5", "-5", "h2o"),
    ],
)
def test_what_is_no_number_of_things_tells_nothing(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize("text", ["1000001", "9" * 40])
def test_more_than_a_million_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_count(text)
    assert caught.value.code == "seats-number"


@given(st.text("0123456789 -.,/amaxtoen", max_size=20) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        least, most = read_count(text, of_range="least"), read_count(text)
        assert (least is None) == (most is None)
        assert most is None or least is None or 0 <= least <= most <= MOST_COUNTED
