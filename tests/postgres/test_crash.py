"""What was pulled, killed or left behind is mended by the next one who comes."""

import os
import signal
from pathlib import Path

import pytest

from katalysator import postgres
from tests.postgres.users import ask, lives, living_process, postmaster, user, wait_for


def test_after_a_kill_of_postgres_the_next_user_has_all_that_was_committed(folder: Path) -> None:
    with postgres.running(folder) as server:
        os.kill(postmaster(folder), signal.SIGKILL)
        wait_for(lambda: not lives(folder))
        with postgres.running(folder) as again:
            assert ask(again, "SELECT one FROM kept") == 1
            assert again.url("kept") == server.url("kept")
    assert not lives(folder)


@pytest.mark.faults(sample=2)
@pytest.mark.parametrize(
    "kept", ["", "{pid}", "{pid}\n/elsewhere\n17", "nonsense\n", "\0\0\0", "-1\n"]
)
def test_whatever_a_crash_left_in_the_pid_file_is_mended(folder: Path, kept: str) -> None:
    with living_process(folder) as reused:
        note = folder / "data" / "postmaster.pid"
        note.write_text(kept.format(pid=reused.pid))
        with postgres.running(folder) as server:
            assert ask(server, "SELECT one FROM kept") == 1
        assert reused.poll() is None, "a process that only has the old number was ended"
    assert not lives(folder)


def test_a_whole_pid_file_whose_number_another_process_has_by_now_is_mended(folder: Path) -> None:
    note = folder / "data" / "postmaster.pid"
    with user(folder) as killed, living_process(folder) as reused:
        killed.joined()
        whole = note.read_text().splitlines(keepends=True)
        os.kill(postmaster(folder), signal.SIGKILL)
        wait_for(lambda: not lives(folder))
        note.write_text("".join([f"{reused.pid}\n", *whole[1:]]))
        with postgres.running(folder) as server:
            assert ask(server, "SELECT one FROM kept") == 1
        assert killed.leave() == 0
        assert reused.poll() is None, "a process that only has the old number was ended"
    assert not lives(folder)


def test_a_server_whose_socket_was_swept_away_is_restarted(folder: Path) -> None:
    with postgres.running(folder) as server:
        for path in server.sockets.iterdir():
            path.unlink()
        with postgres.running(folder) as again:
            assert ask(again, "SELECT one FROM kept") == 1
        assert ask(server, "SELECT one FROM kept") == 1
    assert not lives(folder)


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize(
    "reached", ["global", "PG_VERSION", "postgresql.conf", "global/pg_control", "base/1", "base/5"]
)
def test_a_first_start_that_was_killed_is_begun_anew(place: Path, reached: str) -> None:
    folder = place / "data"
    with user(folder) as killed:
        wait_for((folder / "data.new" / reached).exists)
        killed.end(signal.SIGKILL)
    assert not (folder / "data").exists()
    with postgres.running(folder) as server:
        assert ask(server, "SELECT 1", "postgres") == 1
    assert not (folder / "data.new").exists()


def test_ctrl_c_during_the_first_start_leaves_nothing_running(place: Path) -> None:
    folder = place / "data"
    with user(folder) as someone:
        wait_for((folder / "data.new" / "global").exists)
        someone.end(signal.SIGINT)
        assert someone.process.returncode == -signal.SIGINT
    assert not lives(folder)
