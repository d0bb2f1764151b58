"""`katalysator db dump` and `restore`: the file is looked at first, and the database may be absent."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from katalysator import postgres
from katalysator.cli.database import database
from tests.postgres.databases import databases, drop, needs


@pytest.fixture
def absent(server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database that is not there, which commands take for theirs."""
    drop(server, "absent")
    monkeypatch.setenv("DATABASE_URL", server.url("absent"))
    return server.url("absent")


def db(*words: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(database, [str(word) for word in words], input=answer)


def test_a_dump_makes_the_database_where_it_is_not_there(
    server: postgres.Server, url: str, absent: str, whole: Path
) -> None:
    try:
        done = db("restore", whole, "--yes")
        assert (done.exit_code, done.output) == (0, f"Restored from {whole}.\n")
        assert needs(absent) == needs(url)
    finally:
        drop(server, "absent")


def test_our_own_server_is_given_a_database_too(
    url: str, whole: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KATALYSATOR_DATA", str(place))
    assert db("restore", whole, "--yes").exit_code == 0
    with postgres.running(place / "postgres") as own:
        assert needs(own.url("katalysator")) == needs(url)


def test_what_was_written_is_put_back(
    server: postgres.Server, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    before = needs(url)
    target = tmp_path / "needs.dump"
    assert f"Written to {target}" in db("dump", target).output
    refused = db("dump", target)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert db("restore", target, answer="y\n").exit_code == 0
    assert needs(url) == before
    assert databases(server) == {"needs", "postgres", "template1"}


def test_who_says_no_keeps_what_is_there(server: postgres.Server, absent: str, whole: Path) -> None:
    done = db("restore", whole, answer="n\n")
    assert done.exit_code == 1
    assert "This replaces everything in the database. Go on?" in done.output
    assert "absent" not in databases(server)


def test_a_file_that_is_no_dump_is_refused_before_anything_is_asked(
    absent: str, tmp_path: Path
) -> None:
    (tmp_path / "rubbish").write_text("SELECT 1;")
    done = db("restore", tmp_path / "rubbish")
    assert isinstance(done.exception, postgres.NotADump)
    assert done.output == ""


def test_a_server_that_is_not_fit_is_refused(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x?connect_timeout=2")
    done = db("restore", whole, "--yes")
    assert isinstance(done.exception, postgres.PostgresError)
    assert "Looking at the database server" in str(done.exception)
