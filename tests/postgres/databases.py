"""What is in a database, which of them a server has, and what it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from katalysator import postgres


def drop(server: postgres.Server, database: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())


def needs(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT id, title, meaning::text FROM need ORDER BY id"
        ).fetchall()


def databases(server: postgres.Server) -> set[str]:
    return set(postgres.status(server.url("postgres")).databases)


@contextmanager
def refused(code: str, said: str) -> Iterator[None]:
    """Expect a refusal with this code, that says so."""
    with pytest.raises(postgres.PostgresError, match=said) as found:
        yield
    assert found.value.code == code
