import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput

texts = st.builds(Translated, nl=st.text(), en=st.text())
YES = Translated(nl="ja", en="yes")


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        (YES, "nl", "ja"),
        (YES, "en", "yes"),
        (YES, "nl-BE", "ja"),
        (YES, "fr", "yes"),
        (YES, None, "yes"),
        (Translated(nl="ja"), "en", "ja"),
        (Translated(en="yes"), "nl", "yes"),
        (Translated(da="ja"), "nl", "ja"),
        (Translated(da="ja", nl="ja", en="yes"), "da", "yes"),  # while nobody speaks Danish here
        (Translated(), "nl", ""),
    ],
)
def test_a_missing_language_falls_back_on_english_then_on_any(
    text: Translated, language: str | None, shown: str
) -> None:
    assert text.in_(language) == shown


def test_it_shows_itself_in_the_language_of_the_reader() -> None:
    with override("nl"):
        assert str(YES) == "ja"
    with override("en"):
        assert str(YES) == "yes"


@given(texts)
def test_json_and_back(text: Translated) -> None:
    assert Translated.from_json(text.as_json()) == text


def test_json_names_dutch_and_english_always_and_others_where_they_are() -> None:
    assert Translated(en="yes").as_json() == {"nl": "", "en": "yes"}
    assert Translated(da="ja", en="yes").as_json() == {"nl": "", "en": "yes", "da": "ja"}


@given(texts)
def test_it_is_empty_only_without_any_text(text: Translated) -> None:
    assert bool(text) == bool(text.in_("nl")) == bool(text.in_("en"))


def test_what_says_the_same_is_the_same() -> None:
    assert Translated(en="yes", nl="") == Translated(en="yes")
    assert {Translated(en="yes", nl="ja"), YES} == {YES}
    assert repr(YES) == "Translated(nl='ja', en='yes')"


def test_json_may_leave_a_language_out() -> None:
    assert Translated.from_json({"nl": "ja"}) == Translated(nl="ja")
    assert Translated.from_json({}) == Translated()


@pytest.mark.parametrize("value", ["ja", None, 3, ["ja"], {"fr": "oui"}, {"nl": None}, {"nl": 3}])
def test_other_json_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(InvalidInput, match=r"Write it as \{") as caught:
        Translated.from_json(value)
    assert caught.value.code == "translated-format"
