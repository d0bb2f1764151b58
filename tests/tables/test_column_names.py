"""Names of columns as people write them, compared with those that a room knows."""

import pytest

from katalysator.tables.names import is_question, likeness, words

NAMES = ("region", "regio's", "plaats", "waar", "gewenste plaats", "#")


@pytest.mark.parametrize(
    "header",
    [
        "region",
        "REGION",
        " Regio's ",
        "Regio’s",
        "regios",
        "Plaats:",
        "plaats *",
        "Plaats (verplicht)",
        "Plaats / Place",
        "Lieu | Plaats",
        "Gewenste plaats",
        "gewenste_plaats",
        "#",
    ],
)
def test_a_header_that_is_one_of_the_names(header: str) -> None:
    assert likeness(header, NAMES) > 0.85


@pytest.mark.parametrize(
    "header", ["Waar staat het?", "Onze plaats op de lijst", "Plaats van actie"]
)
def test_a_name_among_other_words_is_less_sure(header: str) -> None:
    assert 0.25 < likeness(header, NAMES) < 0.85


@pytest.mark.parametrize(
    "header", ["", "?", "€", "-", "😀", "Plaatsing", "Waardering", "Regionaal"]
)
def test_a_header_that_is_none_of_them(header: str) -> None:
    assert likeness(header, NAMES) == 0


def test_names_are_surer_the_earlier_they_stand() -> None:
    sure = [likeness(name, NAMES) for name in NAMES]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] == 1


def test_small_words_do_not_matter_much() -> None:
    assert 0.8 < likeness("De plaats van uw", NAMES) < likeness("Plaats", NAMES)


def test_no_names_are_like_nothing() -> None:
    assert likeness("plaats", ()) == 0
    assert likeness("-", ("-", "plaats")) == 0


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Thema's & doelen", ("themas", "doelen")),
        ("Één_twee-3", ("een", "twee", "3")),
        ("C#", ("c", "#")),
        ("…", ()),
    ],
)
def test_words_of_a_name(name: str, found: tuple[str, ...]) -> None:
    assert words(name) == found


@pytest.mark.parametrize(
    ("header", "asks"),
    [
        ("Wat is de vraag", True),
        ("Uw naam, graag?", True),
        ("Vraag", False),
        ("Wat", False),
        ("Waarde van het pand", False),
        ("Naam?", False),
    ],
)
def test_a_header_that_asks_something_in_words(header: str, asks: bool) -> None:
    assert is_question(header) is asks
