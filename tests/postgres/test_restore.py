"""A restore puts everything in place or leaves everything as it was.

Rubbish, half a file or somebody who is still connected cost nothing but a message.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from katalysator import postgres
from tests.postgres.databases import databases, drop, needs


def test_a_restored_dump_is_what_was_dumped_and_nothing_else(
    server: postgres.Server, url: str, whole: Path
) -> None:
    before = needs(url)
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM need WHERE id > 10; CREATE TABLE later (id int)")
    postgres.restore(url, whole)
    assert needs(url) == before
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
        indexes = connection.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'need'")
        assert tables == [("need",)]
        assert indexes.fetchone() == (3,)
    assert databases(server) == {"needs", "postgres", "template1"}


def test_a_dump_can_be_restored_under_another_name(
    server: postgres.Server, url: str, whole: Path
) -> None:
    try:
        postgres.restore(server.url("copy_of_needs"), whole)
        assert needs(server.url("copy_of_needs")) == needs(url)
    finally:
        drop(server, "copy_of_needs")


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a database that is not there yet, on the server of all tests."""
    name = f"katalysator_restored_{os.getpid()}"
    yield make_conninfo(os.environ["DATABASE_URL"], dbname=name)
    maintenance = make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def test_a_dump_goes_to_a_server_of_another_version_and_comes_back(
    url: str, elsewhere: str, whole: Path
) -> None:
    before = needs(url)
    postgres.restore(elsewhere, whole)
    assert needs(elsewhere) == before
    postgres.dump(elsewhere, whole)
    postgres.restore(url, whole)
    assert needs(url) == before


def test_data_that_look_like_a_command_are_restored_as_data(
    server: postgres.Server, tmp_path: Path
) -> None:
    said = (
        "SET transaction_timeout = 0;",
        "ALTER TABLE ONLY x ALTER COLUMN y SET (pg_attver=1);",
        "\\.",
        "\\! touch /tmp/x",
    )
    url = server.ensure("said")
    try:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE said (line text)")
            connection.cursor().executemany(
                "INSERT INTO said VALUES (%s)", [(line,) for line in said]
            )
        postgres.dump(url, tmp_path / "said.dump")
        postgres.restore(url, tmp_path / "said.dump")
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT line FROM said").fetchall() == [
                (line,) for line in said
            ]
    finally:
        drop(server, "said")


def test_who_may_not_make_extensions_is_told_whom_to_ask(
    server: postgres.Server, whole: Path
) -> None:
    with user_of_sql(server) as connection:
        connection.execute("CREATE ROLE maker LOGIN CREATEDB")
        try:
            place = server.url("made").replace("//katalysator@", "//maker@")
            with pytest.raises(postgres.PostgresError, match="ask the administrator"):
                postgres.restore(place, whole)
        finally:
            connection.execute("DROP ROLE maker")
    assert databases(server) == {"needs", "postgres", "template1"}


@pytest.mark.parametrize(
    ("rubbish", "said"),
    [
        (b"", "Reading .* failed"),
        (b"not a dump at all" * 99, "Choose a file that `dump` has written"),
        (b"-- PostgreSQL database dump\n\nSELECT 1;\n", "Choose a file that `dump` has written"),
        (b"PGDMP\x01\x63\x00\x04\x08" + b"\0" * 600, "failed"),
    ],
)
def test_rubbish_leaves_the_data_as_they_were(
    server: postgres.Server, url: str, tmp_path: Path, rubbish: bytes, said: str
) -> None:
    before = needs(url), databases(server)
    (tmp_path / "rubbish").write_bytes(rubbish)
    with pytest.raises(postgres.NotADump, match=said):
        postgres.restore(url, tmp_path / "rubbish")
    assert (needs(url), databases(server)) == before


@pytest.mark.faults(sample=2)
@pytest.mark.parametrize("part", [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99])
def test_half_a_dump_leaves_the_data_as_they_were(
    server: postgres.Server, url: str, whole: Path, part: float
) -> None:
    before = needs(url), databases(server)
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(postgres.NotADump, match="damaged or was cut off"):
        postgres.restore(url, whole)
    assert (needs(url), databases(server)) == before


def test_a_dump_that_is_not_there_is_told(url: str, tmp_path: Path) -> None:
    for source in (tmp_path, tmp_path / "absent"):
        with pytest.raises(postgres.NotADump, match="There is no file"):
            postgres.restore(url, source)


def test_somebody_who_is_connected_is_named_and_not_thrown_out(
    server: postgres.Server, url: str, whole: Path
) -> None:
    before = needs(url)
    with (
        psycopg.connect(url, application_name="the website") as connection,
        pytest.raises(postgres.DatabaseInUse, match=r"in use by the website \(process \d+\)"),
    ):
        postgres.restore(url, whole)
    connection.close()
    assert needs(url) == before
    assert databases(server) == {"needs", "postgres", "template1"}


def test_what_a_killed_restore_left_is_cleared_by_the_next(
    server: postgres.Server, url: str, whole: Path
) -> None:
    with user_of_sql(server) as connection:
        names = "SELECT 'restoring_' || left(encode(sha256('needs'), 'hex'), 16)"
        row = connection.execute(names).fetchone()
        assert row
        connection.execute(f"CREATE DATABASE {row[0]}".encode())
    postgres.restore(url, whole)
    assert databases(server) == {"needs", "postgres", "template1"}


def user_of_sql(server: postgres.Server) -> psycopg.Connection:
    return psycopg.connect(server.url("postgres"), autocommit=True)


def test_two_restores_at_once_do_not_meet(server: postgres.Server, url: str, whole: Path) -> None:
    with user_of_sql(server) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtextextended('restore needs', 0))")
        with pytest.raises(postgres.DatabaseInUse, match="Another restore of needs is at work"):
            postgres.restore(url, whole)


def test_the_databases_of_postgres_itself_are_not_replaced(
    server: postgres.Server, whole: Path
) -> None:
    with pytest.raises(postgres.PostgresError, match="PostgreSQL's own"):
        postgres.restore(server.url("postgres"), whole)


@pytest.mark.parametrize("address", ["mysql://host/name", "postgresql://host/", "no address"])
def test_an_address_that_leads_nowhere_is_told(address: str, whole: Path) -> None:
    with pytest.raises(postgres.PostgresError, match=r"Write postgresql://|Add its name"):
        postgres.restore(address, whole)
