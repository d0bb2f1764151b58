"""A connection that the server ended is begun anew; that it lives is seen without a question."""

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> BaseDatabaseWrapper:
    """A connection of another process, which a new request begins to use."""
    made: BaseDatabaseWrapper = connection.copy()
    made.settings_dict = {**made.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
    made.ensure_connection()
    made.close_if_unusable_or_obsolete()
    return made


def process(of: BaseDatabaseWrapper) -> int:
    with of.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_one_that_lives_is_used_again(other: BaseDatabaseWrapper) -> None:
    first = process(other)
    other.close_if_unusable_or_obsolete()
    assert process(other) == first
    other.close()


def test_one_that_was_ended_is_begun_anew(other: BaseDatabaseWrapper) -> None:
    first = process(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    other.close_if_unusable_or_obsolete()
    assert process(other) != first
    other.close()


def test_nothing_is_asked_to_see_that_it_lives(
    other: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(other, "is_usable", lambda: asked.append(True))
    other.close_if_unusable_or_obsolete()
    process(other)
    assert not asked
    other.close()
