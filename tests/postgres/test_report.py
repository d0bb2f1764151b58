"""How it stands with a server: told without starting or making anything."""

import shutil
import time
from pathlib import Path

import psycopg

from katalysator import postgres
from tests.postgres.users import ask


def test_a_running_server_tells_what_it_has_and_who_is_there(
    server: postgres.Server, top: Path, url: str
) -> None:
    with psycopg.connect(url), psycopg.connect(url):
        of_folder = postgres.status(top / "data")
        of_url = _when_alone(url, 2)
    assert of_folder.running
    assert of_url.running
    assert of_folder.version == of_url.version == ask(server, "SHOW server_version", "needs")
    assert of_folder.users == of_url.users == 2
    sizes = of_folder.databases
    assert sizes.keys() == {"needs", "postgres", "template1"}
    assert 1_000_000 < sizes["needs"] < of_url.size < of_folder.size < 500_000_000


def _when_alone(url: str, others: int) -> postgres.Status:
    """What is told once whoever looked before is gone, which the server notices a moment later."""
    deadline = time.monotonic() + 5
    while (found := postgres.status(url)).users > others and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_looking_starts_and_makes_nothing(tmp_path: Path) -> None:
    found = postgres.status(tmp_path / "data")
    assert not found.running
    assert "There is no database" in str(found.problem)
    assert not list(tmp_path.iterdir())


def test_a_stopped_server_tells_its_version_and_size(server: postgres.Server, top: Path) -> None:
    shutil.copytree(top / "data" / "data", top / "stopped" / "data")
    found = postgres.status(top / "stopped")
    assert (found.running, found.version, found.problem) == (False, "18", None)
    assert found.size > 1_000_000


def test_a_server_that_does_not_answer_says_why(tmp_path: Path) -> None:
    found = postgres.status(f"postgresql://someone:geheim@/name?host={tmp_path}")
    assert not found.running
    assert str(tmp_path) in str(found.problem)
    assert "geheim" not in str(found.problem)
