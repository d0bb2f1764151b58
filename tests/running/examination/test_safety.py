"""Settings that are unsafe where others can reach the site, and that are fine on one's own machine."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.test import override_settings

from katalysator.faults import KatalysatorError
from katalysator.running.examination import safety
from tests.running.examination.test_machine import codes

PUBLIC, OURS = "coalition.example", "127.0.0.1"
GOOD_KEY = "0123456789" * 5

Look = Callable[[], Iterable[KatalysatorError]]


@pytest.mark.parametrize(
    ("look", "unsafe", "safe", "code"),
    [
        (safety.debug, {"DEBUG": True}, {"DEBUG": False}, "debug"),
        (safety.https, {"HTTPS": False}, {"HTTPS": True}, "no-https"),
        (safety.demo, {"DEMO": True}, {"DEMO": False}, "public-demo"),
    ],
)
def test_what_is_unsafe_in_public_only(
    look: Look, unsafe: dict[str, bool], safe: dict[str, bool], code: str
) -> None:
    with override_settings(ALLOWED_HOSTS=[PUBLIC], **unsafe):
        (told,) = look()
        assert told.code == code
        assert PUBLIC in str(told)
    with override_settings(ALLOWED_HOSTS=[PUBLIC], **safe):
        assert codes(look()) == []
    with override_settings(ALLOWED_HOSTS=[OURS, "site.localhost"], **unsafe):
        assert codes(look()) == []


def test_any_name() -> None:
    with override_settings(ALLOWED_HOSTS=["*"]):
        assert codes(safety.hosts()) == ["any-host"]
    with override_settings(ALLOWED_HOSTS=[PUBLIC]):
        assert codes(safety.hosts()) == []


@pytest.mark.parametrize(
    ("key", "told"), [("kort", ["short-key"]), ("a" * 60, ["short-key"]), (GOOD_KEY, [])]
)
def test_a_key_that_can_be_guessed(key: str, told: list[str]) -> None:
    with override_settings(SECRET_KEY=key):
        assert codes(safety.key()) == told


def test_a_folder_for_heads_that_is_not_there(tmp_path: Path) -> None:
    for place, told in ((tmp_path / "none", ["heads-unkept"]), (tmp_path, []), ("", [])):
        with override_settings(AUDIT_HEADS=str(place)):
            assert codes(safety.heads()) == told
