"""A cursor to which values come in binary is one of Django's in all else."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from katalysator.core.database.prepared import prepared_cursor

pytestmark = pytest.mark.django_db

VALUES = """
    SELECT %s::int, 0.5::float8, 'Één'::text, NULL, '\\x00ff'::bytea, ARRAY['a', 'b'], '{"a": 1}'::jsonb::text
"""


def test_values_are_those_of_the_usual_cursor() -> None:
    with connection.cursor() as usual:
        usual.execute(VALUES, [7])
        expected = usual.fetchall()
    with prepared_cursor(binary=True) as cursor:
        cursor.execute(VALUES, [7])
        found = cursor.fetchall()
    assert found == expected == [(7, 0.5, "Één", None, b"\x00\xff", ["a", "b"], '{"a": 1}')]


def test_its_questions_are_counted_as_others_are() -> None:
    with CaptureQueriesContext(connection) as queries, prepared_cursor(binary=True) as cursor:
        cursor.execute("SELECT %s::int", [1])
    assert len(queries) == 1


def test_what_the_database_refuses_is_an_error_of_django() -> None:
    refused = pytest.raises(DatabaseError, match="no_such_table")
    with refused, transaction.atomic(), prepared_cursor(binary=True) as cursor:
        cursor.execute("SELECT * FROM no_such_table")


def test_what_comes_again_is_planned_once_and_told_of_as_it_was_asked() -> None:
    planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1 + %'"
    with CaptureQueriesContext(connection) as queries:
        for number in range(9):
            with prepared_cursor() as cursor:
                cursor.execute("SELECT 1 + %s::int", [number])
                assert cursor.fetchall() == [(1 + number,)]
    with connection.cursor() as cursor:
        cursor.execute(planned)
        assert cursor.fetchall() == [(1,)]
    assert all(query["sql"].startswith("SELECT 1 + ") for query in queries)
