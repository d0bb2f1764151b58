"""New connections go to the web process that has the fewest, and nobody waits for one that is gone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from katalysator.site.fair_accept import WAIT, ProcessSeat


@pytest.fixture
def seats() -> Iterator[list[ProcessSeat]]:
    made = [ProcessSeat(number) for number in range(3)]
    for each in made:
        each.patience(0)
    yield made
    for each in made:
        each.leave()


def test_who_has_more_looks_now_and_then_and_does_not_wait(seats: list[ProcessSeat]) -> None:
    first, second, _third = seats
    assert [first.patience(1), first.patience(1)] == [0.0, None]
    assert [second.patience(1), second.patience(1)] == [0.0, None]
    time.sleep(WAIT)
    assert [first.patience(1), first.patience(1)] == [0.0, None]


def test_who_has_as_few_as_any_waits_for_the_next(seats: list[ProcessSeat]) -> None:
    for each in seats:
        each.patience(5)
    assert all(each.patience(5) for each in seats)
    assert seats[0].patience(4)
    assert not seats[1].patience(5)


def test_who_left_is_not_thought_of(seats: list[ProcessSeat]) -> None:
    seats[1].leave()
    seats[2].leave()
    assert all(seats[0].patience(number) for number in (3, 4))


def test_who_was_killed_is_not_thought_of(
    seats: list[ProcessSeat], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: gone.pid)
        seats[1].patience(0)
    seats[2].leave()
    assert all(seats[0].patience(number) for number in (3, 4))
