import pytest
from django.utils.translation import deactivate_all, override

from katalysator.core.language import active_language, as_language, translate


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("nl_NL", "nl"),
        ("NL", "nl"),
        ("en", "en"),
        ("en-gb", "en"),
        ("de", "en"),
        ("nld", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_any_tag_becomes_one_of_our_languages(tag: str | None, language: str) -> None:
    assert as_language(tag) == language


def test_the_active_language_is_that_of_the_reader() -> None:
    with override("nl"):
        assert active_language() == "nl"
    with override("en"):
        assert active_language() == "en"
    with override(None):
        deactivate_all()
        assert active_language() == "en"


def test_an_empty_text_stays_empty() -> None:
    with override("nl"):
        assert translate("") == ""
        assert translate("Yes") == "Ja"
