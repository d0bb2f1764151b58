"""Dutch or English: told from the text, and from a default where there is too little of it."""

import pytest

from katalysator.engine.text import detect
from katalysator.engine.text.language import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wij zoeken een partij die longscans kan beoordelen.", "nl"),
        ("Wie snapt er camera's in de kas?", "nl"),
        ("We are looking for a hospital that can share scans.", "en"),
        ("Looking for a data engineer in Utrecht", "en"),
        ("machine learning voor de belastingaangifte van gemeenten", "nl"),
    ],
)
def test_the_language_of_a_text(text: str, language: Language) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   \n ", "the cat", " the  cat   \n\n\n\n\n\n "])
@pytest.mark.parametrize("default", ["nl", "en"])
def test_a_text_that_says_too_little_has_the_default(text: str, default: Language) -> None:
    assert detect(text, default=default) == default


def test_the_default_does_not_touch_a_longer_text() -> None:
    assert detect("We are looking for a hospital.", default="nl") == "en"
    assert detect("Wij zoeken een ziekenhuis.", default="en") == "nl"


def test_only_the_two_languages_are_told_apart() -> None:
    assert detect("Nous cherchons un hôpital universitaire à Lyon.") in {"nl", "en"}
