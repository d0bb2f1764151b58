"""`katalysator doctor` on whole sites: well, wrong in many ways, down, and with settings that are none."""

import json
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from katalysator import postgres
from tests import house
from tests.cli.process import katalysator


def doctor(*words: str, data: Path, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return katalysator("doctor", *words, env=env, folder=data)


def states(done: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, list[str]]]:
    """The codes of problems by state and check."""
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["well"] == (done.returncode == 0)
    found: dict[str, dict[str, list[str]]] = {}
    for check in told["checks"]:
        codes = [problem["code"] for problem in check["problems"]]
        found.setdefault(check["state"], {})[check["check"]] = codes
    return found


@pytest.fixture(scope="module")
def users(django_db_setup: None) -> dict[str, str]:
    found = house.two_users(house.copied_again("migrated", "doctor"))
    postgres.grant(found["DATABASE_OWNER_URL"], found["DATABASE_URL"])
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    return made


def test_a_site_that_is_well(users: dict[str, str], data: Path) -> None:
    found = states(doctor("--json", data=data, env=users))
    assert "wrong" not in found
    assert "unseen" not in found
    assert set(found.get("advice", {})) <= {"synchronised"}
    assert len(found["well"]) >= 16


def test_it_is_told_in_lines(users: dict[str, str], data: Path) -> None:
    done = doctor(data=data, env=users)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "well      room on the disk" in lines
    assert lines[-1] == "Nothing is wrong."


def test_a_site_that_is_wrong_in_many_ways(users: dict[str, str], data: Path) -> None:
    data.chmod(0o755)
    unsafe = {
        "KATALYSATOR_DEBUG": "yes",
        "KATALYSATOR_HOSTS": "*",
        "KATALYSATOR_DEMO": "yes",
        "KATALYSATOR_SECRET_KEY": "kort",
        "KATALYSATOR_AUDIT_HEADS": str(data / "none"),
        "DATABASE_URL": users["DATABASE_OWNER_URL"],
    }
    done = doctor("--json", data=data, env=unsafe)
    assert done.returncode == 1
    assert states(done)["wrong"] == {
        "folder": ["folder-open"],
        "debug": ["debug"],
        "hosts": ["any-host"],
        "https": ["no-https"],
        "key": ["short-key"],
        "demo": ["public-demo"],
        "heads": ["heads-unkept"],
        "mail": ["mail-kept"],
        "user": ["superuser"],
    }


def test_a_database_that_does_not_answer(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = {"DATABASE_URL": f"postgresql://nobody@127.0.0.1:{port}/x"}
    done = doctor("--json", data=data, env=url)
    assert done.returncode == 1
    found = states(done)
    assert found["wrong"] == {"database": ["server-unseen"]}
    assert set(found["unseen"]) == {"clock", "extension", "tables", "user", "files", "queue"}
    assert "mail" in found["well"]


def test_a_database_that_was_never_made_is_not_made(data: Path) -> None:
    done = doctor(data=data, env={})
    assert done.returncode == 1
    assert "WRONG     database" in done.stdout
    assert "Start `katalysator serve`, which makes it." in done.stdout
    assert not (data / "postgres").exists()


def test_a_setting_that_cannot_be_read(users: dict[str, str], data: Path) -> None:
    done = doctor(data=data, env={**users, "KATALYSATOR_LOG": "loud"})
    assert done.returncode == 1
    assert "Setting KATALYSATOR_LOG: “loud” is not lines or json or no." in done.stdout
    assert "not seen  database" in done.stdout


def test_it_is_told_in_dutch(users: dict[str, str], data: Path) -> None:
    done = doctor("--language", "nl", data=data, env={**users, "KATALYSATOR_HOSTS": "*"})
    assert done.returncode == 1
    assert "FOUT" in done.stdout
    assert "De site luistert naar elke naam" in done.stdout
