"""The first one starts the server, all share it, and the last one to leave stops it.

Processes that take part besides the test are real processes too.
"""

import signal
from pathlib import Path

import pytest

from katalysator import postgres
from tests.postgres.users import ask, lives, user


def test_two_that_come_at_once_to_an_empty_folder_share_one_server(place: Path) -> None:
    folder = place / "new" / "data"
    with user(folder) as one, user(folder) as other:
        assert one.joined() == other.joined() != ""
        assert one.leave() == 0
        assert lives(folder)
        assert other.leave() == 0
    assert not lives(folder)
    assert not list(folder.glob("socket*"))


def test_parts_of_one_process_share_too(folder: Path) -> None:
    with postgres.running(folder) as outer:
        with postgres.running(folder) as inner:
            assert inner == outer
        assert ask(outer, "SELECT one FROM kept") == 1
    assert not lives(folder)


def test_an_error_inside_passes_through_and_the_server_stops(folder: Path) -> None:
    with pytest.raises(KeyError, match="mine"), postgres.running(folder):
        raise KeyError("mine")
    assert not lives(folder)


def test_a_killed_user_hinders_nobody_and_the_last_one_still_stops_the_server(folder: Path) -> None:
    with user(folder) as killed, user(folder) as other:
        started = killed.joined()
        assert other.joined() == started
        killed.end(signal.SIGKILL)
        with postgres.running(folder) as server:
            assert str(ask(server, "SELECT pg_postmaster_start_time()")) == started
        assert lives(folder)
        assert other.leave() == 0
    assert not lives(folder)


def test_the_server_of_a_killed_last_user_is_found_and_stopped_by_the_next(folder: Path) -> None:
    with user(folder) as killed:
        started = killed.joined()
        killed.end(signal.SIGKILL)
    assert lives(folder)
    with postgres.running(folder) as server:
        assert str(ask(server, "SELECT pg_postmaster_start_time()")) == started
    assert not lives(folder)


def test_ctrl_c_reaches_the_command_while_its_server_still_serves(folder: Path) -> None:
    with user(folder) as someone:
        someone.joined()
        assert someone.end(signal.SIGINT) == "served after KeyboardInterrupt"
    assert not lives(folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_polite_signals_leave_in_order_too(folder: Path, number: signal.Signals) -> None:
    with user(folder) as someone:
        someone.joined()
        assert someone.end(number) == "served after SystemExit"
        assert someone.process.returncode == 128 + number
    assert not lives(folder)


def test_the_signals_are_given_back(folder: Path) -> None:
    outside = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with postgres.running(folder):
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, outside)
