"""What a spreadsheet would run is made harmless wherever a cell might begin, and comes back as it was."""

import csv
import io
import re

import pytest
from hypothesis import given, strategies as st

from katalysator.formulas import as_written, harmless

HOSTILE = st.text("=+-@＝＠'\";,|\t\n\r\v\x85\u2028\ufeff 5.e%aé")
RUNS = tuple("=+-@＝＋－＠")


def is_number(cell: str) -> bool:
    """Alone in what was written as a cell: another reader may see the next one behind it."""
    return re.match(r'[+-][0-9.,]+(e[+-]?[0-9]+)?%?("?,|$)', cell) is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1", "a;'=1"),
        ("a\t@b", "a\t'@b"),
        ("a\n- b\r\n+c", "a\n'- b\r\n'+c"),
        ("\ufeff=1", "'\ufeff=1"),
        ('"=1', "'\"=1"),
        ("＝1", "'＝1"),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("-1-1", "'-1-1"),
        ("-5", "-5"),
        ("+1.5e3%", "+1.5e3%"),
        ("+1,5", "+1,5"),
        ("-5,", "-5,"),
        ("a;-5\nb", "a;-5\nb"),
        ("-5;x", "'-5;x"),
        ("-5|x", "'-5|x"),
        ("-5,-x", "'-5,'-x"),
        ("2026-01-05", "2026-01-05"),
        ("'s avonds; e-mail", "'s avonds; e-mail"),
    ],
)
def test_what_runs_gets_an_apostrophe_and_numbers_stay(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert as_written(shown) == text


@pytest.mark.parametrize("value", [5, -5, -0.5, None])
def test_what_is_no_text_stays(value: object) -> None:
    assert harmless(value) is value


@given(HOSTILE)
def test_every_text_comes_back(text: str) -> None:
    assert as_written(harmless(text)) == text


@given(st.lists(HOSTILE, min_size=1), st.sampled_from(";,\t|"))
def test_no_reading_of_a_row_finds_a_formula(texts: list[str], delimiter: str) -> None:
    """Whichever sign the reader splits by, with quotation marks heeded or not."""
    file = io.StringIO(newline="")
    csv.writer(file).writerow([harmless(text) for text in texts])
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        lines = file.getvalue().splitlines(keepends=True)
        for row in csv.reader(lines, delimiter=delimiter, quoting=quoting):
            for cell in row:
                found = cell.strip(' "\ufeff\r\n')
                assert not found.startswith(RUNS) or is_number(found), (row, texts)


@pytest.mark.parametrize("text", ["\n" * 100_000, "'" * 100_000, ";-1" * 50_000, ";'=" * 50_000])
def test_long_texts_take_no_longer_than_their_length(text: str) -> None:
    """They would take hours if every sign looked at all that follow it."""
    assert as_written(harmless(text)) == text
