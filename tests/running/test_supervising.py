"""What ends by itself is started again; what all need is given up in the end; nothing is left behind."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from katalysator.faults import KatalysatorError
from katalysator.running import supervising
from katalysator.running.supervising import KeptProcess, Restarts, supervise
from tests.postgres.users import wait_for

STARTS = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()} ');"
"""A program that says in a file that it was started."""
CHILD = (
    "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, file=open(sys.argv[2], 'w'));"
)
STAYS = "import time; time.sleep(60)"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses, and little patience at the end."""
    monkeypatch.setattr(supervising, "PAUSES", (0.05,))
    monkeypatch.setattr(supervising, "_GLANCE", 0.01)
    monkeypatch.setattr(supervising, "_LOOK_AT_DATABASE", 0.01)
    monkeypatch.setattr(supervising, "_GRACE", 1.0)


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    return tmp_path / "starts"


@pytest.fixture
def ending() -> Iterator[Callable[[Callable[[], bool]], None]]:
    """Asks this process to end, as an operator does, when something has become so."""
    watchers: list[threading.Thread] = []

    def end_when(what: Callable[[], bool]) -> None:
        def watch() -> None:
            try:
                wait_for(what)
            finally:
                os.kill(os.getpid(), signal.SIGTERM)

        watchers.append(threading.Thread(target=watch))
        watchers[-1].start()

    yield end_when
    for watcher in watchers:
        watcher.join()


def part(noted: Path, program: str, *more: Path, most: int | None = None) -> KeptProcess:
    command = [sys.executable, "-S", "-c", STARTS + program, str(noted), *map(str, more)]
    return KeptProcess("The web server", command, most=most)


def starts(noted: Path) -> list[int]:
    return [int(each) for each in noted.read_text().split()] if noted.exists() else []


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


Ending = Callable[[Callable[[], bool]], None]


@pytest.mark.parametrize("how", ["sys.exit(0)", "sys.exit(3)", "os.kill(os.getpid(), 9)"])
def test_what_ends_by_itself_is_started_again_whatever_its_status(
    noted: Path, ending: Ending, how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    ending(lambda: len(starts(noted)) > 2)
    supervise([part(noted, how)])
    assert "The web server ended" in capfd.readouterr().err


def test_the_others_go_on_meanwhile(noted: Path, tmp_path: Path, ending: Ending) -> None:
    steady = tmp_path / "steady"
    ending(lambda: len(starts(noted)) > 2)
    supervise([part(noted, "sys.exit(1)"), part(steady, STAYS)])
    assert len(starts(steady)) == 1


def test_at_the_end_nothing_is_left(noted: Path, tmp_path: Path, ending: Ending) -> None:
    """Not what does not listen, and not what the parts started themselves."""
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    child = tmp_path / "child"
    ending(lambda: child.exists() and child.read_text().endswith("\n"))
    supervise([part(noted, deaf + CHILD + STAYS, child)])
    wait_for(lambda: not any(map(lives, [int(child.read_text()), *starts(noted)])))


def test_what_a_part_started_ends_before_it_is_started_again(
    noted: Path, tmp_path: Path, ending: Ending
) -> None:
    child = tmp_path / "child"
    part_with_child = part(noted, CHILD, child)
    left: list[int] = []

    def again() -> bool:
        if child.exists() and child.read_text().endswith("\n"):
            left.append(int(child.read_text()))
        return len(starts(noted)) > 3

    ending(again)
    supervise([part_with_child])
    wait_for(lambda: not any(map(lives, left)))


def test_what_all_need_is_given_up_after_so_many_ends_in_a_row(noted: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with pytest.raises(KatalysatorError) as told:
        supervise([part(other, STAYS), part(noted, "sys.exit(7)", most=3)])
    assert told.value.code == "part-given-up"
    assert str(told.value).startswith(
        "The web server ended 4 times in a row (status 7): giving up."
    )
    assert len(starts(noted)) == 4
    assert not any(map(lives, starts(other)))


def test_pauses_grow_and_what_ran_steadily_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "PAUSES", (1.0, 2.0, 4.0))
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    restarts = Restarts("The web server")

    def pause() -> float:
        restarts.ended("status 1")
        began = now[0]
        while not restarts.may_start:
            now[0] += 0.5
        return now[0] - began

    assert [pause() for _ in range(5)] == [1, 2, 4, 4, 4]
    restarts.forget()
    assert pause() == 1


def test_what_ran_for_long_is_not_given_up(
    noted: Path, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "STEADY", 0.1)
    ending(lambda: len(starts(noted)) > 4)
    supervise([part(noted, "import time; time.sleep(0.5)", most=1)])


def test_what_cannot_be_started_is_tried_again(
    noted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KatalysatorError, match="3 times in a row"):
        supervise([KeptProcess("The web server", [str(noted / "nowhere")], most=2)])
    assert capfd.readouterr().err.count(f"{noted}/nowhere: No such file or directory\n") == 3


def test_a_database_that_died_is_started_again(
    noted: Path, ending: Ending, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = iter([False, True])
    ending(lambda: bool(starts(noted)))
    supervise([part(noted, STAYS)], lambda: next(answers, False))
    assert "The database had ended; it runs again." in capfd.readouterr().err


def test_a_database_that_cannot_be_started_is_given_up(noted: Path) -> None:
    def refuse() -> bool:
        raise KatalysatorError("start-failed", "There is no room.")

    with pytest.raises(KatalysatorError, match="The database ended 11 times in a row"):
        supervise([part(noted, STAYS)], refuse)
    assert not any(map(lives, starts(noted)))


def test_a_part_ends_when_its_supervisor_is_killed(noted: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.running.test_supervising import *;"
        "supervise([part(Path(sys.argv[1]), STAYS)])"
    )
    supervisor = KeptProcess("The supervisor", [sys.executable, "-c", program, str(noted)])
    supervisor.keep()
    wait_for(lambda: bool(starts(noted)))
    supervisor.kill()
    wait_for(lambda: not any(map(lives, starts(noted))))
