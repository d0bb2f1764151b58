"""Pasted text, on pages and in files alike: what nobody sees goes, what somebody wrote stays."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from katalysator.cleaning import cleaned, without_markup

WOMAN = "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{STAFF OF AESCULAPIUS}\ufe0f"


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("a\x00b\x07c\x1b[1m\x85d\uffff\ud800\r\ne\tf", "abc[1md\ne\tf"),
        ("a\rb\vc\fd\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\u202bשלום\u202c, \u2066a\u2069, \u200fב\u200e, \u061cج", "שלום, a, ב, ج"),
        ("be\xadvat\u200bten\u2060 \ufeffniets", "bevatten niets"),
        ("vlag \U000e0067\U000e007f, hangul \u3164\u115f", "vlag , hangul"),
        (f"{WOMAN} می\u200cخواهم", f"{WOMAN} می\u200cخواهم"),
        ("Cafe\u0301", "Café"),
        ("  a \n", "a"),
    ],
)
def test_what_nobody_sees_is_taken_out(pasted: str, shown: str) -> None:
    assert cleaned(pasted) == shown


@pytest.mark.parametrize(
    "pasted", ["", " \n\t", "\u200b", "\u200d\u200c", "\ufe0f \u2800", "\u3164", "\u202e\u2069\xa0"]
)
def test_a_text_of_invisible_signs_is_empty(pasted: str) -> None:
    assert cleaned(pasted) == without_markup(pasted) == ""


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("<p>Caf&eacute; <b>beeld</b>herkenning</p><br/>Twee", "Café beeldherkenning Twee"),
        ('<a href="https://voorbeeld.nl">hier</a>', "hier"),
        ("<!-- weg --><style>p { color: red }</style>blijft<script>x<y</script>", "blijft"),
        ("&lt;b&gt; is een tag", "<b> is een tag"),
        ("&#233;&#xE9;&amp;&nbsp;", "éé&"),
        ("<5 jaar & >3 jaar", "<5 jaar & >3 jaar"),
        ("a < b en c > d", "a < b en c > d"),
        ("Jan <jan@voorbeeld.nl>", "Jan <jan@voorbeeld.nl>"),
        ("List<String> & R&D; &parameter", "List<String> & R&D; &parameter"),
        ("<p", "<p"),
        ("&bestaatniet;", "&bestaatniet;"),
    ],
)
def test_markup_is_taken_out(pasted: str, plain: str) -> None:
    assert without_markup(pasted) == plain


def test_much_that_looks_like_html_is_read_to_its_end() -> None:
    for piece in ("<!--", "<script", "<a '", '<p class="', "&#", "</"):
        assert without_markup(piece * 50_000)


def test_markup_is_found_whatever_is_hidden_in_it() -> None:
    assert without_markup("<scr\u200bipt>x</script>a<b\u00ad>b</b>&#8203;&#x202e;c") == "abc"
