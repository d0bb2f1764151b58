"""A server from elsewhere is looked at before it is used, and refused with a way on."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from katalysator import postgres
from katalysator.postgres.fitness import complain


def test_the_server_of_the_tests_is_fit() -> None:
    postgres.require_fit(os.environ["DATABASE_URL"])


@pytest.mark.parametrize(
    ("server", "vector"), [(15, "0.7.0"), (15, "0.10.1"), (18, "0.8.6"), (17, "1.0")]
)
def test_new_enough_will_do(server: int, vector: str) -> None:
    complain(server, vector)


@pytest.mark.parametrize(
    ("server", "vector", "told"),
    [
        (14, "0.8.0", "PostgreSQL 14; 15 or newer"),
        (15, None, "no pgvector; pgvector 0.7 or newer"),
        (16, "0.4.4", "pgvector 0.4.4; pgvector 0.7 or newer"),
    ],
)
def test_what_is_missing_is_named_with_a_way_on(server: int, vector: str | None, told: str) -> None:
    with pytest.raises(postgres.PostgresError, match=told) as refused:
        complain(server, vector)
    assert "DATABASE_URL" in str(refused.value)


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(postgres.PostgresError, match="Looking at the database server"):
        postgres.require_fit("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")


@pytest.fixture
def bare(server: postgres.Server) -> Iterator[tuple[str, str]]:
    """A database without pgvector, as an administrator reaches it and as its owner does."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as administrator:
        administrator.execute("CREATE ROLE plain LOGIN")
        administrator.execute("CREATE DATABASE bare OWNER plain")
        yield server.url("bare"), server.url("bare").replace("//katalysator@", "//plain@")
        administrator.execute("DROP DATABASE bare WITH (FORCE)")
        administrator.execute("DROP ROLE plain")


def extensions(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'"
        ).fetchall()


def test_who_may_not_install_pgvector_is_told_whom_to_ask(bare: tuple[str, str]) -> None:
    told = r"database bare .* plain may not .*Ask the administrator: CREATE EXTENSION vector"
    with pytest.raises(postgres.PostgresError, match=told) as refused:
        postgres.require_fit(bare[1])
    assert "DATABASE_URL" in str(refused.value)


def test_what_the_administrator_installed_will_do(bare: tuple[str, str]) -> None:
    administrator, owner = bare
    with psycopg.connect(administrator) as connection:
        connection.execute("CREATE EXTENSION vector")
    postgres.require_fit(owner)


def test_who_may_install_pgvector_may_go_on_and_nothing_was_installed(
    bare: tuple[str, str],
) -> None:
    postgres.require_fit(bare[0])
    assert extensions(bare[0]) == []


def test_somebody_who_installs_pgvector_at_the_same_time_is_no_hindrance(
    bare: tuple[str, str],
) -> None:
    with psycopg.connect(bare[0]) as connection, ThreadPoolExecutor(1) as others:
        connection.execute("CREATE EXTENSION vector")
        looking = others.submit(postgres.require_fit, bare[0])
        while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            assert not looking.done()
        connection.commit()
        looking.result(timeout=20)


def test_a_server_is_fit_before_the_database_is_there(server: postgres.Server) -> None:
    postgres.require_fit_server(server.url("not_there_yet"))
    with pytest.raises(postgres.PostgresError, match="does not exist"):
        postgres.require_fit(server.url("not_there_yet"))
