"""The tables of this version, made in seconds.

At each model that a migration adds Django makes all models again that it is connected with, through all of theirs: for our
148 models 8,604 times one, three quarters of the time. Nobody refers to what is new yet: it alone is made.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.migrations.state import ProjectState


def migrate() -> None:
    """Bring the tables of the database up to date, without a word."""
    with _new_models_alone():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _new_models_alone() -> Iterator[None]:
    usual = ProjectState.reload_model

    def make(state: ProjectState, app: str, model: str, delay: bool = False) -> None:
        has_models = "apps" in vars(state)  # they are made at the first look
        if has_models and model not in state.apps.all_models[app]:
            state.apps.render_multiple([state.models[app, model]])
        else:
            usual(state, app, model, delay)

    ProjectState.reload_model = make  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        ProjectState.reload_model = usual  # type: ignore[method-assign]
