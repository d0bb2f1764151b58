"""Terms in free words: kept as they were said, and never compared."""

import pytest
from hypothesis import given, strategies as st

from katalysator.cleaning import plain_line
from katalysator.core.terms import Half, Text
from tests.core.terms.steps import (
    accepts,
    cleaned,
    each_half,
    errors_of,
    named,
    refused,
    through_a_form,
)

text = named(Text("Remark", longest=10, help_text="A few words"), "remark")

seen = st.text(max_size=10).map(plain_line).filter(lambda words: len(words) <= 10)


@given(seen)
def test_words_are_kept_as_they_are_seen(words: str) -> None:
    assert cleaned(text, words) == (words or None)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<b>x</b>", "x"),
        ("a\0b", "ab"),
        ("\ud800", None),
        ("\u202e\u200b", None),
        (" a\n b ", "a b"),
        ("\u202ea\u202c", "a"),
    ],
)
def test_what_nobody_sees_is_taken_out(pasted: str, kept: str | None) -> None:
    assert cleaned(text, pasted) == kept


@pytest.mark.parametrize("value", ["é" * 10, "%s %(x)s", "'; DROP", "👩🏽‍🔬", "שלום"])
def test_what_is_strange_but_right_is_kept_to_the_letter(value: str) -> None:
    assert cleaned(text, value) == text.words(value) == value


def test_a_long_text_is_refused_with_its_length() -> None:
    assert refused(text, "x" * 11) == "This has 11 characters. Use at most 10."
    assert not accepts(text, "x" * 11)


@pytest.mark.parametrize("value", [0, 12, False, ["x"], {"x": 1}, b"x"])
def test_what_is_not_text_is_refused(value: object) -> None:
    assert "is not a value for this" in refused(text, value)
    assert not accepts(text, value)


@each_half
@given(words=seen)
def test_a_form_gives_back_what_it_showed(half: Half, words: str) -> None:
    assert through_a_form(text, half, words or None) == (words or None)


def test_a_form_asks_in_a_line_and_says_what_is_too_much() -> None:
    field = text.fields("need")["remark"]
    assert (field.label, field.help_text, field.required) == ("Remark", "A few words", False)
    assert "at most 10 characters" in errors_of(text, "need", remark="x" * 11)["remark"][0]
    asked = named(Text("Remark", required=True), "remark")
    assert errors_of(asked, "need") == {"remark": ["This field is required."]}


def test_it_is_never_hard_and_has_nothing_to_compare() -> None:
    with pytest.raises(TypeError):
        Text("Remark", hard=True)
    assert (text.hard, text.labels("x"), text.interval("need", "x")) == (False, (), None)
    assert text.to_cells("x") == {"remark": "x"}
