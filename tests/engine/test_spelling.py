"""Which of some words is meant by a misspelt one, and which words are left alone."""

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.search import labels_near, meant_by, mended, words_of
from tests.examples import examples

KNOWN = {"netcongestie": 3, "camera": 9, "kamer": 9, "café": 1, "laadpaal": 2, "laadpalen": 7}


class TestMeant:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("netcongstie", "netcongestie"),  # one letter too few
            ("netcongeestie", "netcongestie"),  # one too many
            ("netcongastie", "netcongestie"),  # another one
            ("netcongetsie", "netcongestie"),  # two that changed places
            ("nedcongestei", "netcongestie"),  # two mistakes in a long word
            ("kamera", "camera"),  # as it sounds, and not what is as near and begins alike
            ("cafeé", "café"),  # accents are no mistake
            ("laadpalne", "laadpalen"),
        ],
    )
    def test_it_is_the_nearest(self, typed: str, meant: str) -> None:
        assert meant_by(typed, KNOWN if typed != "kamera" else {"camera": 9}) == meant

    def test_of_equals_it_is_the_most_usual_then_the_longest(self) -> None:
        assert meant_by("qwertx", {"qwerta": 1, "qwertb": 2}) == "qwertb"
        assert meant_by("qwertx", {"qwert": 1, "qwertxy": 1}) == "qwertxy"

    @pytest.mark.parametrize(
        "typed",
        ["maan", "moon", "zebrapad", "waterstofopslag", "qwrt", "xnetcongestie", "netcngsti"],
    )
    def test_what_may_be_right_or_is_far_from_all_is_left_alone(self, typed: str) -> None:
        assert meant_by(typed, {**KNOWN, "maat": 99, "mood": 99, "zebra": 99}) is None

    @examples(60)
    @given(st.text(max_size=60), st.dictionaries(st.text(min_size=1, max_size=12), st.integers(1)))
    def test_any_text_has_an_answer_that_is_known(self, text: str, known: dict[str, int]) -> None:
        for word in words_of(text):
            assert meant_by(word, known) in {None, *known}


def test_words_are_letters_only_and_no_abbreviations() -> None:
    text = "De GDPR van 2018: Één_twee, data-analyse en WATERSTOFOPSLAG"
    assert list(words_of(text)) == ["twee", "data", "analyse", "waterstofopslag"]


def test_a_text_is_mended_in_its_words_and_keeps_all_else() -> None:
    said = mended("Netcongstie, netcongstie-kaart!", {"netcongstie": "netcongestie"})
    assert said == "Netcongestie, netcongestie-kaart!"


def test_labels_of_both_languages_are_near() -> None:
    thesaurus = bundled_thesaurus()
    assert "beroerte" in labels_near("beroette", thesaurus)
    assert "stroke" in labels_near("strokee", thesaurus)
