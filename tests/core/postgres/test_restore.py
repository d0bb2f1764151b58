"""A database as one file, and how it stands with a server: dump, restore and status.

A dump appears whole or not at all. A restore puts everything in place or leaves everything as it
was: rubbish, half a file or somebody who is still connected cost nothing but a message.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from katalysator.core import postgres

SOURCES = Path(postgres.__file__).parents[3]
LIMITED = """
import resource, sys
from pathlib import Path
from katalysator.core.postgres import dump, PostgresError
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    dump(sys.argv[1], Path(sys.argv[2]))
except PostgresError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    """A short path to a folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def server(top: Path) -> Iterator[postgres.Server]:
    """The running server of `top / "data"`."""
    with postgres.running(top / "data") as started:
        yield started


@pytest.fixture(scope="module")
def url(server: postgres.Server) -> str:
    """A database with needs, vectors and a fuzzy index; every test leaves it like that."""
    made = server.ensure("needs")
    with psycopg.connect(made) as connection:
        connection.execute(
            "CREATE TABLE need (id int PRIMARY KEY, title text, meaning vector(2));"
            "INSERT INTO need SELECT n, 'coöperatie ' || md5(n::text), ARRAY[n, -n]::vector"
            " FROM generate_series(1, 1000) AS n;"
            "CREATE INDEX ON need USING gin (title gin_trgm_ops);"
            "CREATE INDEX ON need USING hnsw (meaning vector_l2_ops)"
        )
    return made


def drop(server: postgres.Server, database: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())


def needs(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT id, title, meaning::text FROM need ORDER BY id"
        ).fetchall()


def databases(server: postgres.Server) -> set[str]:
    return {database.name for database in postgres.status(server.url("postgres")).databases}


@pytest.fixture
def whole(url: str, tmp_path: Path) -> Path:
    """A dump of the database."""
    postgres.dump(url, tmp_path / "whole.dump")
    return tmp_path / "whole.dump"


# Dump


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


def test_a_dump_is_private_and_leaves_nothing_beside_it(whole: Path) -> None:
    assert whole.stat().st_mode & 0o777 == 0o600
    assert list(whole.parent.iterdir()) == [whole]


def test_a_dump_replaces_an_earlier_one(url: str, whole: Path) -> None:
    whole.write_text("an earlier one")
    postgres.dump(url, whole)
    assert whole.read_bytes()[:5] == b"PGDMP"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS ends the program without a message")
def test_a_dump_that_finds_no_room_leaves_the_earlier_one(url: str, whole: Path) -> None:
    before = whole.read_bytes()
    said = subprocess.run(
        [sys.executable, "-c", LIMITED, url, whole],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert f"Dumping to {whole} failed" in said
    assert whole.read_bytes() == before
    assert list(whole.parent.iterdir()) == [whole]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for 16 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place))
    if (
        sys.platform != "linux"
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("this user or system cannot make a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_told_as_such(url: str, tiny_disk: Path) -> None:
    with pytest.raises(postgres.DiskFull, match=r"Make room on the disk"):
        postgres.dump(url, tiny_disk / "x.dump")
    assert not list(tiny_disk.iterdir())


def test_a_dump_to_a_folder_that_is_not_there_is_told(url: str, tmp_path: Path) -> None:
    with pytest.raises(postgres.PostgresError, match=r"Dumping to .*nowhere.* failed"):
        postgres.dump(url, tmp_path / "nowhere" / "x.dump")


def test_a_dump_of_a_database_that_is_not_there_is_told(
    server: postgres.Server, tmp_path: Path
) -> None:
    with pytest.raises(postgres.PostgresError, match='database "absent" does not exist'):
        postgres.dump(server.url("absent"), tmp_path / "x.dump")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="reads command lines in /proc")
def test_a_password_is_not_shown_to_other_users_of_the_machine(url: str, tmp_path: Path) -> None:
    secret = url.replace("katalysator@", "katalysator:geheim@")
    dumping = threading.Thread(target=postgres.dump, args=[secret, tmp_path / "x.dump"])
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE need")
        dumping.start()
        lines = command_lines_with(str(tmp_path))
    dumping.join()
    assert lines
    assert "geheim" not in "".join(lines)


def command_lines_with(word: str) -> list[str]:
    """Wait until some process has the word among its arguments."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = [path.read_bytes().decode(errors="replace") for path in living("cmdline")]
        if found := [line for line in lines if word in line]:
            return found
    return []


def living(note: str) -> list[Path]:
    return [path for path in Path("/proc").glob(f"[0-9]*/{note}") if path.exists()]


def test_a_server_that_wants_encryption_is_told_apart(url: str, tmp_path: Path) -> None:
    with pytest.raises(postgres.PostgresError, match="Use the pg_dump of your system"):
        postgres.dump(f"{url}&sslmode=require", tmp_path / "x.dump")


# Restore


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


@pytest.mark.parametrize("part", [0.5, 0.9])
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


# Status


def test_a_running_server_tells_what_it_has_and_who_is_there(
    server: postgres.Server, top: Path, url: str
) -> None:
    with psycopg.connect(url), psycopg.connect(url):
        of_folder = postgres.status(top / "data")
        of_url = postgres.status(url)
    assert of_folder.running
    assert of_url.running
    assert of_folder.version == of_url.version == server.version
    assert of_folder.users == of_url.users == 2
    sizes = {database.name: database.size for database in of_folder.databases}
    assert sizes.keys() == {"needs", "postgres", "template1"}
    assert 1_000_000 < sizes["needs"] < of_url.size < of_folder.size < 500_000_000


def test_looking_starts_and_makes_nothing(tmp_path: Path) -> None:
    found = postgres.status(tmp_path / "data")
    assert not found.running
    assert "There is no database" in found.problem
    assert not list(tmp_path.iterdir())


def test_a_stopped_server_tells_its_version_and_size(server: postgres.Server, top: Path) -> None:
    shutil.copytree(top / "data" / "data", top / "stopped" / "data")
    found = postgres.status(top / "stopped")
    assert (found.running, found.version, found.problem) == (False, "18", "")
    assert found.size > 1_000_000


def test_a_server_that_does_not_answer_says_why(tmp_path: Path) -> None:
    found = postgres.status(f"postgresql://someone:geheim@/name?host={tmp_path}")
    assert not found.running
    assert str(tmp_path) in found.problem
    assert "geheim" not in found.problem
