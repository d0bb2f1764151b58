import csv
import pickle
import string
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from katalysator.core.identifiers import (
    IDENTIFIERS,
    ROR_ALPHABET,
    IdentifierError,
    parse_kvk,
    parse_lei,
    parse_ror,
    parse_rsin,
)
from katalysator.faults import InvalidInput

ROR_TABLE = Path(__file__).parents[2] / "../shared/data/landscape/ror_nl_2022.csv"
LEI = "213800KUD8LAJWSQ9D15"
SPACING = st.sampled_from(["", " ", ".", "-", "\u00a0", "\t"])


def fails(name: str, text: str) -> str:
    with pytest.raises(IdentifierError) as caught:
        IDENTIFIERS[name].parse(text)
    assert "%(" not in str(caught.value)
    return caught.value.code


def accepted_pairs(name: str, body: str) -> list[str]:
    """Try all hundred pairs of check digits after `body`."""
    accepted = []
    for pair in (f"{number:02d}" for number in range(100)):
        with suppress(IdentifierError):
            accepted.append(IDENTIFIERS[name].parse(body + pair)[-2:])
    return accepted


def spaced(text: str, separators: list[str]) -> str:
    return "".join(a + b for a, b in zip(text, separators, strict=True))


@pytest.mark.parametrize("text", ["91234567", " 9123 4567 ", "9123.4567", "91-23-45-67"])
def test_kvk_is_read_with_any_separators(text: str) -> None:
    assert parse_kvk(text) == "91234567"


def test_kvk_keeps_its_leading_zero() -> None:
    assert parse_kvk("01234567") == "01234567"


@pytest.mark.parametrize(
    "text", ["", "1234567", "123456789", "9123456a", "９１２３４５６７", "٩١٢٣٤٥٦٧"]
)
def test_kvk_refuses_all_but_eight_plain_digits(text: str) -> None:
    assert fails("kvk", text) == "kvk-format"


@pytest.mark.parametrize("text", ["111222333", "1112.22.333", "123456782"])
def test_rsin_passes_the_elfproef(text: str) -> None:
    assert parse_rsin(text) == text.replace(".", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345678", "rsin-format"),
        ("1234567890", "rsin-format"),
        ("11122233x", "rsin-format"),
        ("111222334", "rsin-check"),
        ("000000000", "rsin-check"),
    ],
)
def test_rsin_failures_are_told_apart(text: str, code: str) -> None:
    assert fails("rsin", text) == code


@given(st.integers(0, 8), st.integers(1, 9))
def test_rsin_sees_every_single_wrong_digit(position: int, shift: int) -> None:
    digits = list("111222333")
    digits[position] = str((int(digits[position]) + shift) % 10)
    assert fails("rsin", "".join(digits)) == "rsin-check"


@pytest.mark.parametrize(
    "text",
    [
        "02e2c7k09",
        "02E2C7K09",
        "https://ror.org/02e2c7k09",
        "http://ror.org/02e2c7k09/",
        "https://www.ror.org/02e2c7k09",
        "ror.org/02e2c7k09",
        "ROR:02e2c7k09",
        "  https://ROR.org/02E2C7K09\n",
    ],
)
def test_ror_is_read_bare_or_as_an_address(text: str) -> None:
    assert parse_ror(text) == "02e2c7k09"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ror-format"),
        ("02e2c7k0", "ror-format"),
        ("12e2c7k09", "ror-format"),
        ("02e2i7k09", "ror-format"),
        ("02e2ror:c7k09", "ror-format"),
        ("https://example.org/02e2c7k09", "ror-format"),
        ("https://ror.org/", "ror-format"),
        ("02e2c7k08", "ror-check"),
        ("02e2c7m09", "ror-check"),
    ],
)
def test_ror_failures_are_told_apart(text: str, code: str) -> None:
    assert fails("ror", text) == code


@given(st.text(ROR_ALPHABET, min_size=6, max_size=6))
def test_every_ror_body_has_exactly_one_pair_of_check_digits(body: str) -> None:
    assert len(accepted_pairs("ror", f"0{body}")) == 1


def test_every_dutch_organisation_in_ror_is_accepted() -> None:
    if not ROR_TABLE.exists():
        pytest.skip("needs the table of Dutch ROR records, which is not part of the source")
    with ROR_TABLE.open(encoding="utf-8", newline="") as file:
        known = [row["ror_id"] for row in csv.DictReader(file)]
    assert len(known) > 1000
    assert [parse_ror(ror) for ror in known] == known


@pytest.mark.parametrize("text", [LEI, LEI.lower(), " 2138 00KU D8LA JWSQ 9D15 "])
def test_lei_is_read_in_any_case(text: str) -> None:
    assert parse_lei(text) == LEI


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lei-format"),
        (LEI[:-1], "lei-format"),
        (LEI + "0", "lei-format"),
        (LEI[:-2] + "1A", "lei-format"),
        (LEI.replace("J", "é"), "lei-format"),
        (LEI[:-2] + "16", "lei-check"),
        (LEI.replace("LA", "AL"), "lei-check"),
    ],
)
def test_lei_failures_are_told_apart(text: str, code: str) -> None:
    assert fails("lei", text) == code


@given(st.text(string.digits + string.ascii_uppercase, min_size=18, max_size=18))
def test_lei_check_digits_are_those_of_iso_7064(body: str) -> None:
    (pair,) = accepted_pairs("lei", body)
    whole = int("".join(str(int(character, 36)) for character in body + pair))
    assert whole % 97 == 1
    assert 2 <= int(pair) <= 98


@given(
    st.sampled_from([("kvk", "91234567"), ("rsin", "111222333"), ("lei", LEI)]),
    st.lists(SPACING, min_size=20, max_size=20),
)
def test_separators_never_change_the_canonical_form(
    known: tuple[str, str], separators: list[str]
) -> None:
    kind, value = known
    assert IDENTIFIERS[kind].parse(spaced(value, separators[: len(value)])) == value


@given(st.sampled_from(sorted(IDENTIFIERS)), st.text())
def test_any_text_is_read_once_and_for_all_or_refused(kind: str, text: str) -> None:
    with suppress(IdentifierError):
        value = IDENTIFIERS[kind].parse(text)
        assert IDENTIFIERS[kind].parse(value) == value


def test_an_identifier_error_is_a_value_error_and_invalid_input() -> None:
    with pytest.raises(ValueError, match="eight digits") as caught:
        parse_kvk("12")
    assert isinstance(caught.value, InvalidInput)
    assert caught.value.parameters == {"text": "12"}


def test_an_identifier_error_survives_pickling() -> None:
    with pytest.raises(IdentifierError) as caught:
        parse_rsin("12")
    restored = pickle.loads(pickle.dumps(caught.value.at("rsin")))
    assert str(restored) == str(caught.value)


@pytest.mark.parametrize(
    ("kind", "value", "url"),
    [
        ("kvk", "91234567", "https://www.kvk.nl/bestellen/?kvknummer=91234567"),
        ("rsin", "111222333", None),
        ("ror", "02e2c7k09", "https://ror.org/02e2c7k09"),
        ("lei", LEI, f"https://search.gleif.org/#/record/{LEI}"),
    ],
)
def test_the_table_leads_to_the_page_in_the_register(
    kind: str, value: str, url: str | None
) -> None:
    assert IDENTIFIERS[kind].url(value) == url
