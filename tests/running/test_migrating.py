"""Models that a migration adds are made once, and know each other as they otherwise would."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState, StateApps

from katalysator.running.migrating import migrate

ROWS = 12


def added(row: int) -> ModelState:
    """A model that refers to the one before it."""
    fields: list[tuple[str, Any]] = [("id", models.BigAutoField(primary_key=True))]
    if row:
        to = models.ForeignKey(f"house.model{row - 1}", models.CASCADE, related_name="next")
        fields.append(("before", to))
    return ModelState("house", f"Model{row}", fields)


@pytest.fixture
def state() -> Iterator[ProjectState]:
    """A row of models, added by a migration that is run by `migrate`."""
    made = ProjectState()
    assert made.apps is not None

    def run(*args: Any, **kwargs: Any) -> None:
        for row in range(ROWS):
            made.add_model(added(row))

    with mock.patch("katalysator.running.migrating.call_command", run):
        yield made


def number_made(state: ProjectState) -> int:
    with mock.patch.object(
        StateApps, "render_multiple", autospec=True, side_effect=StateApps.render_multiple
    ) as made:
        migrate()
    return sum(len(call.args[1]) for call in made.call_args_list)


def test_each_is_made_once(state: ProjectState) -> None:
    assert number_made(state) == ROWS


def test_who_is_referred_to_knows_it(state: ProjectState) -> None:
    migrate()
    for row in range(ROWS - 1):
        meta = state.apps.get_model("house", f"model{row}")._meta
        (reference,) = meta.related_objects
        assert reference.related_model is state.apps.get_model("house", f"model{row + 1}")
        assert meta.get_field("next") is reference


def test_who_is_connected_with_what_changes_is_made_anew(state: ProjectState) -> None:
    migrate()
    before = [state.apps.get_model("house", f"model{row}") for row in range(ROWS)]
    state.add_field("house", "model1", "name", models.TextField(default=""), preserve_default=True)
    after = [state.apps.get_model("house", f"model{row}") for row in range(ROWS)]
    assert after[1] is not before[1]
    assert after[2]._meta.get_field("before").related_model is after[1]


def test_afterwards_all_is_as_usual(state: ProjectState) -> None:
    usual = ProjectState.reload_model
    migrate()
    assert ProjectState.reload_model is usual
