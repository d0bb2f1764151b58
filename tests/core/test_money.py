from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from katalysator.core.money import LARGEST_CENTS, Money, MoneyRange
from katalysator.faults import InvalidInput

amounts = st.integers(-LARGEST_CENTS, LARGEST_CENTS).map(Money)


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        Money.parse(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("1250", 125_000),
        ("€ 1.250.000,50", 125_000_050),
        ("1,250,000.50", 125_000_050),
        ("1.250", 125_000),
        ("1,250", 125_000),
        ("1 250 000", 125_000_000),
        ("1\u00a0250,5", 125_050),
        ("12.5", 1_250),
        ("12,50", 1_250),
        ("0.05", 5),
        ("€5", 500),
        ("EUR 5", 500),
        ("5 euro", 500),
        ("5€", 500),
        ("€ 1.250,-", 125_000),
        ("€ 1.250,--", 125_000),
        ("€ 500,=", 50_000),
        ("1.2 mln", 120_000_000),
        ("1,2 mln.", 120_000_000),
        ("€ 1,25 miljoen", 125_000_000),
        ("3M", 300_000_000),
        ("250k", 25_000_000),
        ("€250K euro", 25_000_000),
        ("1.2345 mln", 123_450_000),
        ("2 duizend", 200_000),
        ("1.250.000 k", 125_000_000_000),
        ("0,5 miljard", 50_000_000_000),
        ("1 bn", 100_000_000_000),
        ("1000000 mln", 100_000_000_000_000),
        ("-5", -500),
        ("€ -5,00", -500),
        ("-€5", -500),
        ("− 5", -500),
    ],
)
def test_dutch_and_english_notations_are_read(text: str, cents: int) -> None:
    assert Money.parse(text) == Money(cents)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money-format"),
        ("veel", "money-format"),
        ("$ 5", "money-format"),
        ("5 dollar", "money-format"),
        ("12.50.000", "money-format"),
        ("1.25.000", "money-format"),
        ("1250.000", "money-format"),
        ("0.125", "money-format"),
        ("1,250,00", "money-format"),
        ("12 50", "money-format"),
        ("1.250.00,50", "money-format"),
        ("1e6", "money-format"),
        ("٥", "money-format"),
        ("9" * 40, "money-format"),
        ("1.250 mln", "money-ambiguous"),
        ("250,000k", "money-ambiguous"),
        ("0.0000001k", "money-cents"),
        ("1000001 mln", "money-large"),
        ("9" * 31, "money-large"),
    ],
)
def test_bad_amounts_are_told_apart(text: str, code: str) -> None:
    assert refusal(text) == code


def test_a_refused_amount_says_what_and_how_to_mend() -> None:
    with pytest.raises(InvalidInput) as caught:
        Money.parse("1.250 mln")
    assert str(caught.value) == (
        "“1.250 mln” can be read as two different amounts. "
        "Write the amount in euros, such as 1250, 1.250,50 or 1.2 mln."
    )


@given(amounts, st.sampled_from(["nl", "en"]))
def test_every_amount_survives_writing_and_reading(amount: Money, language: str) -> None:
    with override(language):
        assert Money.parse(str(amount)) == amount


@given(st.text("0123456789.,- €kmln", max_size=12) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        amount = Money.parse(text)
        assert abs(amount.cents) <= LARGEST_CENTS


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (125_000_050, "€\u00a01.250.000,50", "€1,250,000.50"),
        (125_000, "€\u00a01.250", "€1,250"),
        (5, "€\u00a00,05", "€0.05"),
        (0, "€\u00a00", "€0"),
        (-1_250, "€\u00a0-12,50", "-€12.50"),
    ],
)
def test_amounts_read_well_in_both_languages(cents: int, dutch: str, english: str) -> None:
    with override("en"):
        assert str(Money(cents)) == english
    with override("nl"):
        assert str(Money(cents)) == dutch


def test_a_range_may_not_be_reversed() -> None:
    with pytest.raises(InvalidInput, match="€1, is below the lowest, €2"):
        MoneyRange(Money(200), Money(100))
