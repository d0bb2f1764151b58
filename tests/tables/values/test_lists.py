import pytest
from hypothesis import given, strategies as st

from katalysator.tables.values.lists import listed, split_known, terms

KNOWN = {"groente", "fruit", "vlees", "Research & Development", "AI", "zorg", "Text / LLM"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Python; SQL;;Python", ["Python", "SQL"]),
        ("een\ntwee", ["een", "twee"]),
        ("• een\n• twee", ["een", "twee"]),
        ("• een • twee", ["een", "twee"]),
        ("- een\n- twee", ["een", "twee"]),
        ("1. een\n2) twee", ["een", "twee"]),
        ("een | twee", ["een", "twee"]),
        ("taal (lezen; schrijven); rekenen", ["taal (lezen; schrijven)", "rekenen"]),
        ("(onaf; rekenen", ["(onaf", "rekenen"]),
        ("groente, fruit en vlees", ["groente, fruit en vlees"]),
        ("e-learning", ["e-learning"]),
        ("  \n ", []),
    ],
)
def test_strong_signs_always_separate(text: str, items: list[str]) -> None:
    assert list(listed(text)) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "audio, signal processing; deep learning",
            ["audio", "signal processing", "deep learning"],
        ),
        ("Computer vision, Text / LLM", ["Computer vision", "Text / LLM"]),
        ("Domain knowledge (water, soil), AI", ["Domain knowledge (water, soil)", "AI"]),
        ("Excel, Word.", ["Excel", "Word"]),
        ("1,5 fte, twee mensen", ["1,5 fte", "twee mensen"]),
        ("voedsel en kwaliteit", ["voedsel en kwaliteit"]),
        (
            "Wij zoeken iemand die goed kan rekenen, en kan schrijven",
            ["Wij zoeken iemand die goed kan rekenen, en kan schrijven"],
        ),
    ],
)
def test_commas_separate_short_terms_and_no_sentences(text: str, items: list[str]) -> None:
    assert list(terms(text)) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("groente, fruit en vlees", ["groente", "fruit", "vlees"]),
        ("Research & Development", ["Research & Development"]),
        ("Research & Development en AI", ["Research & Development", "AI"]),
        ("AI/zorg", ["AI", "zorg"]),
        ("AI & zorg", ["AI", "zorg"]),
        ("AI, Text / LLM", ["AI", "Text / LLM"]),
        ("groente / fruit / zuivel", ["groente", "fruit", "zuivel"]),
        ("zorg en welzijn", ["zorg en welzijn"]),
        ("Geo / GIS", ["Geo / GIS"]),
    ],
)
def test_weak_signs_separate_what_is_mostly_known(text: str, items: list[str]) -> None:
    assert list(split_known(text, KNOWN.__contains__)) == items


@given(st.text(" ;,/&+()[]\n•-ab1.", max_size=40) | st.text())
def test_no_letter_is_lost_and_no_item_is_empty_or_double(text: str) -> None:
    for items in (listed(text), terms(text), split_known(text, str.isalpha)):
        assert all(items)
        assert len(set(items)) == len(items)
        assert {sign for sign in text if sign.isalpha()} <= set("".join(items))
