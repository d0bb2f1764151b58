"""Which languages there are, which one is spoken, and how things read in it."""

from pathlib import Path

import pytest
from django.utils.translation import deactivate_all, override

from katalysator.core import language
from katalysator.core.language import (
    active_language,
    as_language,
    languages,
    lazy,
    listed,
    number,
    own_name,
    plural,
    say,
    speaking,
    translate,
)


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("nl_NL", "nl"),
        ("nl_NL.UTF-8", "nl"),
        ("NL", "nl"),
        ("en", "en"),
        ("en-gb", "en"),
        ("de", "en"),
        ("nld", "en"),
        ("C", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_any_tag_becomes_one_of_our_languages(tag: str | None, spoken: str) -> None:
    assert as_language(tag) == spoken


def test_english_and_every_folder_of_a_catalogue_is_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert languages() == ("nl", "en")
    for folder in ("nl", "pt_BR", "da"):
        (tmp_path / folder).mkdir()
    (tmp_path / "README").touch()
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    assert languages() == ("da", "nl", "pt-br", "en")
    assert as_language("pt_BR.UTF-8") == "pt-br"
    assert as_language("da-DK") == "da"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("nl", "Nederlands"),
        ("en", "English"),
        ("da", "Dansk"),
        ("pt-br", "Português (Brasil)"),
        ("xx", "xx"),
    ],
)
def test_a_language_is_called_as_its_speakers_do(code: str, name: str) -> None:
    assert own_name(code) == name


def test_the_active_language_is_that_of_the_reader() -> None:
    with override("nl"):
        assert active_language() == "nl"
    with override("en"):
        assert active_language() == "en"
    with override(None):
        deactivate_all()
        assert active_language() == "en"


def test_a_language_is_spoken_for_a_while() -> None:
    with speaking("nl"):
        assert active_language() == "nl"
    assert active_language() == "en"


def test_texts_are_read_in_the_active_language() -> None:
    strong = lazy("strong")
    assert [translate("strong"), str(strong)] == ["strong", "strong"]
    with override("nl"):
        assert [translate("strong"), str(strong)] == ["sterk", "sterk"]
        assert translate("") == ""
        assert translate("not in the catalogue") == "not in the catalogue"


def test_a_plural_goes_with_its_number() -> None:
    forms = ("%(n)s gap", "%(n)s gaps")
    with override("nl"):
        assert [plural(*forms, count) % {"n": count} for count in (0, 1, 2)] == [
            "0 gaten",
            "1 gat",
            "2 gaten",
        ]


def test_without_a_compiled_catalogue_everything_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nl" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    with override("nl"):
        assert translate("strong") == "strong"


def test_a_sentence_is_filled_in_as_the_language_writes_it() -> None:
    sentence = "There are more than %(most)s rows."
    assert say(sentence, most=1_234_567) == "There are more than 1,234,567 rows."
    with override("nl"):
        assert say(sentence, most=3) == "Er zijn meer dan 3 rijen."
        assert say(sentence, most=1_234_567) == "Er zijn meer dan 1.234.567 rijen."


def test_a_path_is_never_cut() -> None:
    path = Path("x" * 200)
    assert say("%(path)s", path=path) == "x" * 200


@pytest.mark.parametrize(
    ("value", "places", "dutch", "english"),
    [
        (1_250_000, 0, "1.250.000", "1,250,000"),
        (1_250.5, 2, "1.250,50", "1,250.50"),
        (-0.25, 2, "-0,25", "-0.25"),
        (-0.001, 2, "0,00", "0.00"),
        (0.999, 2, "1,00", "1.00"),
        (12.345, 3, "12,345", "12.345"),
    ],
)
def test_a_number_has_the_signs_of_the_language(
    value: float, places: int, dutch: str, english: str
) -> None:
    with override("en"):
        assert number(value, places) == english
    with override("nl"):
        assert number(value, places) == dutch


def test_a_list_is_read_as_one_would_say_it() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    with override("nl"):
        assert listed(["a", "b", "c"]) == "a, b en c"
