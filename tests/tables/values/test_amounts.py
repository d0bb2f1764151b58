from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.tables.values.amounts import Amounts, read_amounts, unit_of


def amounts(low: int | str | None, high: int | str | None) -> Amounts:
    return Amounts(*(None if end is None else Decimal(end) for end in (low, high)))


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("€ 15.000", 15_000),
        ("€ 40k", 40_000),
        ("EUR 5.000", 5_000),
        ("5000€", 5_000),
        ("10 k€", 10_000),
        ("k€ 50", 50_000),
        ("15 T€", 15_000),
        ("€ 9.000,00", 9_000),
        ("1 250 000", 1_250_000),
        ("1,250,000.50", "1250000.50"),
        ("350,-", 350),
        ("1,2 mln", 1_200_000),
        ("2 ton", 200_000),
        ("anderhalve ton", 150_000),
        ("half miljoen", 500_000),
        ("2 x 4.000", 8_000),
        ("€ 500 x 4", 2_000),
        ("2026", 2_026),
    ],
)
def test_one_amount_is_the_least_and_the_most(text: str, euros: int | str) -> None:
    assert read_amounts(text) == amounts(euros, euros)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-20 duizend", 10_000, 20_000),
        ("20 à 25 duizend", 20_000, 25_000),
        ("5 tot 8 k", 5_000, 8_000),
        ("€ 15k–30k", 15_000, 30_000),
        ("15-25 T€", 15_000, 25_000),
        ("1-1,5 mln", 1_000_000, 1_500_000),
        ("€ 2.000 tot 5.000", 2_000, 5_000),
        ("tussen 5.000 en 10.000", 5_000, 10_000),
        ("€ 1.000 tot max. € 2.500", 1_000, 2_500),
        ("min. 5.000, max. 10.000", 5_000, 10_000),
        ("15.000/20.000", 15_000, 20_000),
        ("€ 5.000,- - € 7.500,-", 5_000, 7_500),
    ],
)
def test_both_ends_of_a_range_share_its_unit(text: str, low: int, high: int) -> None:
    assert read_amounts(text) == amounts(low, high)


def test_a_range_with_its_own_numbers_keeps_them() -> None:
    assert read_amounts("500 - 1k") == amounts(500, 1_000)
    assert read_amounts("100k tot 1 mln") == amounts(100_000, 1_000_000)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("max. 3.500,-", None, 3_500),
        ("max 7500", None, 7_500),
        ("15k (max)", None, 15_000),
        ("tot 10.000 euro", None, 10_000),
        ("up to 10k", None, 10_000),
        ("niet meer dan 10.000", None, 10_000),
        ("< 10.000", None, 10_000),
        ("bedrag n.t.b., max 20k", None, 20_000),
        ("vanaf 2.500", 2_500, None),
        ("minimaal 5000", 5_000, None),
        ("€ 100.000+", 100_000, None),
        ("25k of meer", 25_000, None),
        ("> 10.000", 10_000, None),
        ("max 2030", None, 2_030),
    ],
)
def test_one_end_may_stay_open(text: str, low: int | None, high: int | None) -> None:
    assert read_amounts(text) == amounts(low, high)


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("ca 30k", 30_000),
        ("± 5000", 5_000),
        ("5000?", 5_000),
        ("25.000 ex btw", 25_000),
        ("€ 5.000,- (incl. 21% btw)", 5_000),
        ("5.000 (50% cofinanciering)", 5_000),
        ("€ 275 + reiskosten", 275),
        ("200 onkosten", 200),
        ("€ 5.000 (2 dagen)", 5_000),
        ("€ 10.000 in 2026", 10_000),
        ("budget 2026: 5.000", 5_000),
    ],
)
def test_words_around_an_amount_do_no_harm(text: str, euros: int) -> None:
    assert read_amounts(text) == amounts(euros, euros)


@pytest.mark.parametrize(
    "text",
    [
        "gratis",
        "Gratis (excl. zaalhuur)",
        "gratis t/m 2026",
        "gratis (t.w.v. € 500)",
        "geen",
        "geen kosten",
        "om niet",
        "free",
        "0",
        "€ 0,-",
    ],
)
def test_for_nothing_is_nought(text: str) -> None:
    assert read_amounts(text) == amounts(0, 0)


def test_free_for_some_is_from_nought() -> None:
    assert read_amounts("gratis voor leden, anders 350") == amounts(0, 350)


def test_several_prices_are_from_the_least_to_the_most() -> None:
    assert read_amounts("fase 1: € 9.000, fase 2: € 5.000") == amounts(5_000, 9_000)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "?",
            "n.t.b.",
            "in overleg",
            "weinig",
            "in kind",
            "geen idee",
            "niet gratis",
            "nog geen budget",
            "10 uur x € 100",
        ),
        *(
            "0,35 per pagina",
            "€ 75 p/u",
            "€ 295 p.p.",
            "€ 250/month",
            "€ 45,-/uur",
            "6 cent per woord",
        ),
        *("$ 500", "500 dollar", "£20k", "50%", "40 uur", "3 dagen", "begroting 2026", "5m2"),
        *(
            "2026-05-01",
            "1-5-2026",
            "tot 31-12-2025 5000",
            "12.50.000",
            "1e6",
            "020 1234567",
            "06-12345678",
        ),
        "5.000 + 2.500",
    ],
)
def test_what_is_no_whole_amount_of_euros_tells_nothing(text: str) -> None:
    assert read_amounts(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.250 mln", "money-ambiguous"),
        ("-500", "amount-negative"),
        ("€ -500", "amount-negative"),
        ("€ 2.000 - € 1.000", "range-reversed"),
        ("9" * 20, "money-large"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_amounts(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Budget", 1),
        ("Budget (€)", 1),
        ("team m", 1),
        ("Budget (k€)", 1_000),
        ("Budget [kEUR]", 1_000),
        ("Bedrag x 1.000", 1_000),
        ("in duizenden euro", 1_000),
        ("Kosten (mln €)", 1_000_000),
    ],
)
def test_a_header_tells_what_its_amounts_are_counted_in(header: str, unit: int) -> None:
    assert unit_of(header) == unit


def test_the_unit_of_a_column_is_for_numbers_without_one() -> None:
    assert read_amounts("1.500", unit=1_000) == amounts(1_500_000, 1_500_000)
    assert read_amounts("200 - 400", unit=1_000) == amounts(200_000, 400_000)
    assert read_amounts("€ 200k", unit=1_000) == amounts(200_000, 200_000)


@given(
    st.text("0123456789.,-–€+%/ kmln tot max vanaf per à x", max_size=30) | st.text(),
    st.sampled_from([1, 1_000]),
)
def test_any_text_is_read_or_refused(text: str, unit: int) -> None:
    with suppress(InvalidInput):
        found = read_amounts(text, unit=unit)
        assert found is None or found.low is not None or found.high is not None


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([" - ", "–", " tot ", " à "]))
def test_every_range_in_cents_survives_writing_and_reading(one: int, other: int, sign: str) -> None:
    low, high = (Decimal(end) / 100 for end in sorted((one, other)))
    assert read_amounts(f"€ {low:.2f}{sign}€ {high:.2f}") == Amounts(low, high)
