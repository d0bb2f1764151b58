import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.tables.values.languages import read_languages
from katalysator.tables.values.words import is_blank, read_yes, without_excel_error


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ja",
            "Ja, prima",
            "J",
            "yes",
            "Yes please (max 20 people)",
            "y",
            "true",
            "1",
            "x",
            "X",
            "v",
            "✓",
            "✔",
        ),
        *(
            "Ja, 2x",
            "ja, op maandag zijn we dicht",
            "x (via Teams)",
            "maakt niet uit",
            "geen bezwaar",
            "alleen online",
        ),
    ],
)
def test_a_cell_that_begins_with_yes_is_a_yes(text: str) -> None:
    assert read_yes(text) is True


@pytest.mark.parametrize(
    "text",
    [
        *(
            "nee",
            "NEE (fictief)",
            "nee ivm privacy",
            "N",
            "neen",
            "No",
            "nope, 40 per team",
            "false",
            "0",
        ),
        *("liever niet", "nog niet", "kan niet", "geen", "✗"),
    ],
)
def test_a_cell_that_begins_with_no_is_a_no(text: str) -> None:
    assert read_yes(text) is False


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "?",
            "misschien",
            "deels",
            "weet niet",
            "niet bekend",
            "no idea",
            "n.v.t.",
            "ja/nee",
            "yes or no",
        ),
        *("zaal wel, koffie niet", "1 keer", "jaarlijks", "nota", "xml"),
    ],
)
def test_what_is_neither_yes_nor_no_tells_nothing(text: str) -> None:
    assert read_yes(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "-",
            "–",
            "--",
            "?",
            "??",
            "...",
            "…",
            "/",
            "n.v.t.",
            "NVT",
            "n/a",
            "N.A.",
            "geen",
            "none",
        ),
        *(
            "onbekend",
            "nog niet bekend",
            "tbd",
            "n.t.b.",
            "nntb",
            "tbd.",
            "Geen.",
            "(nog) onbekend",
            "p.m.",
            "(geen)",
            "null",
        ),
    ],
)
def test_keepers_say_nothing_in_many_ways(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["x", "✓", "0", "in overleg", "geen kosten", "onbeperkt", "€"])
def test_what_says_a_little_is_no_blank(text: str) -> None:
    assert is_blank(text) is (text == "€")


@pytest.mark.parametrize("text", ["#N/A", "#N/B", "#REF!", "#VERW!", "#DEEL/0!"])
def test_what_a_spreadsheet_shows_for_a_failure_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        without_excel_error(text)
    assert caught.value.code == "cell-error"
    assert text in str(caught.value)


def test_other_texts_with_a_hash_are_left_alone() -> None:
    assert without_excel_error("#1 in zorg") == "#1 in zorg"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nederlands", ["nl"]),
        ("English only", ["en"]),
        ("Nederlands of Engels", ["nl", "en"]),
        ("Nederlands, beetje Engels", ["nl", "en"]),
        ("Nederlands en Duits", ["nl", "de"]),
        ("Fries en Nederlands", ["fy", "nl"]),
        ("NL/EN", ["nl", "en"]),
        ("NL EN", ["nl", "en"]),
        ("nl / fr / en", ["nl", "fr", "en"]),
        ("nl en de", ["nl", "de"]),
        ("NL+EN", ["nl", "en"]),
        ("EN, NL, nl", ["en", "nl"]),
        ("eng", ["en"]),
        ("NL (evt. EN)", ["nl", "en"]),
        ("Engelstalig", ["en"]),
        ("Arabisch, Tigrinya, Engels", ["ar", "ti", "en"]),
        ("de voertaal is Engels", ["en"]),
        ("Engels\nDuits", ["en", "de"]),
        ("n.v.t.", []),
        ("alle talen", []),
        ("ja", []),
        ("no", []),
        ("", []),
    ],
)
def test_languages_are_read_by_name_and_code(text: str, codes: list[str]) -> None:
    assert list(read_languages(text)) == codes


@given(st.text())
def test_any_text_is_yes_no_or_nothing(text: str) -> None:
    assert read_yes(text) in {True, False, None}
    assert is_blank(text) in {True, False}
    assert len(set(read_languages(text))) == len(read_languages(text))
