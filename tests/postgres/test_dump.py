"""A dump appears whole or not at all, for this user only."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from katalysator import postgres
from tests.postgres.users import SOURCES

LIMITED = """
import resource, sys
from pathlib import Path
from katalysator.postgres import dump, PostgresError
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    dump(sys.argv[1], Path(sys.argv[2]))
except PostgresError as error:
    print(type(error).__name__, error)
"""


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
        lines = [line.decode(errors="replace") for line in notes("cmdline")]
        if found := [line for line in lines if word in line]:
            return found
    return []


def notes(name: str) -> Iterator[bytes]:
    """What the system notes of every process, but of those that end meanwhile."""
    for path in Path("/proc").glob(f"[0-9]*/{name}"):
        with suppress(FileNotFoundError, ProcessLookupError):
            yield path.read_bytes()


def test_a_server_that_wants_encryption_is_told_apart(url: str, tmp_path: Path) -> None:
    with pytest.raises(postgres.PostgresError, match="Use the pg_dump of your system"):
        postgres.dump(f"{url}&sslmode=require", tmp_path / "x.dump")
