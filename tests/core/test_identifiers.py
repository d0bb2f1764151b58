from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from katalysator.core.identifiers import parse_kvk
from katalysator.faults import InvalidInput

SPACING = st.sampled_from(["", " ", ".", "-", "\u00a0", "\t"])


@pytest.mark.parametrize("text", ["91234567", " 9123 4567 ", "9123.4567", "91-23-45-67"])
def test_kvk_is_read_with_any_separators(text: str) -> None:
    assert parse_kvk(text) == "91234567"


def test_kvk_keeps_its_leading_zero() -> None:
    assert parse_kvk("01234567") == "01234567"


@pytest.mark.parametrize(
    "text", ["", "1234567", "123456789", "9123456a", "９１２３４５６７", "٩١٢٣٤٥٦٧"]
)
def test_kvk_refuses_all_but_eight_plain_digits(text: str) -> None:
    with pytest.raises(InvalidInput, match="eight digits") as caught:
        parse_kvk(text)
    assert caught.value.code == "kvk-format"
    assert caught.value.parameters == {"text": text}


@given(st.lists(SPACING, min_size=8, max_size=8))
def test_separators_never_change_the_canonical_form(separators: list[str]) -> None:
    pairs = zip("91234567", separators, strict=True)
    assert parse_kvk("".join(digit + between for digit, between in pairs)) == "91234567"


@given(st.text())
def test_any_text_is_read_once_and_for_all_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        value = parse_kvk(text)
        assert parse_kvk(value) == value
