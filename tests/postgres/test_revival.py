"""A server that was killed under those who take part runs again; one that nobody uses any more is stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from katalysator import postgres
from tests.postgres.users import ask, lives, postmaster, user, wait_for

KEEPER = (sys.executable, "-m", "katalysator.postgres.keeper")


def test_a_killed_server_runs_again_at_the_same_address(folder: Path) -> None:
    with postgres.running(folder) as server:
        assert not postgres.revive(folder)
        os.kill(postmaster(folder), signal.SIGKILL)
        wait_for(lambda: not server_answers(server))
        assert postgres.revive(folder)
        assert ask(server, "SELECT one FROM kept") == 1
        assert not postgres.revive(folder)
    assert not lives(folder)


def server_answers(server: postgres.Server) -> bool:
    try:
        return ask(server, "SELECT 1") == 1
    except Exception:  # noqa: BLE001 — however it says so
        return False


class TestKeeper:
    @pytest.mark.parametrize("ended", ["input", "input and signal"])
    def test_the_last_one_to_leave_stops_the_server(self, folder: Path, ended: str) -> None:
        with subprocess.Popen([*KEEPER, folder], stdin=subprocess.PIPE) as keeper:
            wait_for(lambda: lives(folder))
            with user(folder) as killed:
                killed.joined()
                killed.end(signal.SIGKILL)
            if "signal" in ended:
                keeper.terminate()
            assert keeper.poll() is None
            keeper.communicate()
            assert keeper.returncode == 0
        assert not lives(folder)

    def test_it_leaves_a_server_that_others_use(self, folder: Path) -> None:
        with user(folder) as other:
            other.joined()
            with subprocess.Popen([*KEEPER, folder], stdin=subprocess.PIPE) as keeper:
                keeper.communicate()
            assert lives(folder)
            assert other.leave() == 0
        assert not lives(folder)
