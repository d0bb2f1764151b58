"""Texts read word by word: compounds taken apart, and what is rare counting for more."""

from collections.abc import Sequence

import numpy as np
import pytest

from katalysator.engine.arrays import Float32Array
from katalysator.engine.skills import BothEncoders
from katalysator.engine.skills.finding import OccupationFinder
from katalysator.engine.skills.held_letters import HeldLetters
from katalysator.engine.skills.single_words import Compounds, SingleWords
from katalysator.engine.text import bundled
from katalysator.engine.text.keyword import Lexicon
from tests.talent.taxonomies import small_taxonomy

SAID = {"uitvaart": 3, "coordinator": 9, "verkoop": 8, "medewerker": 20, "machine": 5, "bakker": 4}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("uitvaartcoordinator", ["uitvaart", "coordinator"]),
        ("verkoopsmedewerker", ["verkoop", "medewerker"]),
        ("verkoopmachinemedewerker", ["verkoop", "machine", "medewerker"]),
        ("verkoop", ["verkoop"]),
        ("koorddanser", ["koorddanser"]),
        ("bakkerij", ["bakkerij"]),
        ("", [""]),
    ],
)
def test_a_compound_is_taken_apart_into_words_that_are_known(word: str, parts: list[str]) -> None:
    assert Compounds(SAID).parts(word) == parts


def test_what_is_said_more_often_than_its_parts_is_one_word() -> None:
    assert Compounds({**SAID, "verkoopmedewerker": 30}).parts("verkoopmedewerker") == [
        "verkoopmedewerker"
    ]


def labels() -> list[str]:
    things = ("uitvaart", "bloem", "schip", "brood", "kleding", "muziek")
    return [f"{thing} {role}" for thing in things for role in ("coordinator", "medewerker")]


def laid_out() -> tuple[SingleWords, Lexicon]:
    rows = np.repeat(np.arange(len(labels()) // 2), 2)
    lexicon = HeldLetters.of(labels(), rows, len(labels()) // 2).lexicon
    return SingleWords.of(labels(), lexicon, bundled()), lexicon


def test_a_compound_is_read_as_its_words_and_what_is_rare_tells_more() -> None:
    words, lexicon = laid_out()
    compound, apart, same_role, same_thing = words.read(
        ["uitvaartcoordinator", "uitvaart coordinator", "brood coordinator", "uitvaart medewerker"],
        lexicon,
        bundled(),
    )
    assert np.allclose(compound, apart, atol=1e-5)
    assert compound @ same_thing > compound @ same_role


def test_nothing_is_read_of_no_texts_and_of_a_text_without_words() -> None:
    words, lexicon = laid_out()
    assert words.read([], lexicon, bundled()).shape[0] == 0
    assert np.isfinite(words.read([""], lexicon, bundled())).all()
    assert SingleWords.unread().read(["bakker"], lexicon, bundled()).shape == (1, 0)


class Counting:
    """An encoder that remembers what it was asked."""

    name, dimension = "counting", bundled().dimension

    def __init__(self) -> None:
        self.asked = list[str]()

    def encode(self, texts: Sequence[str]) -> Float32Array:
        self.asked += texts
        return bundled().encode(texts)


@pytest.mark.usefixtures("learning_from_few")
def test_the_careful_encoder_reads_no_single_words() -> None:
    careful = Counting()
    finder = OccupationFinder.of(small_taxonomy(), BothEncoders(bundled(), careful))
    careful.asked.clear()
    assert finder.find("uitvaart coordinator", "nl")
    assert careful.asked == ["uitvaart coordinator"]
    assert finder.find("", "nl") == []
