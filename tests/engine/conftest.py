"""What tests of the engine share."""

import pytest

from katalysator.engine.skills import finding, learned_likeness


@pytest.fixture
def learning_from_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small taxonomy is learned from too, in few steps."""
    monkeypatch.setattr(learned_likeness, "_ENOUGH", 10)
    monkeypatch.setattr(finding, "_STEPS", 40)
