"""Of idle threads the one that worked last answers; all do where as many are asked at once."""

from collections.abc import Iterator
from threading import Barrier, Event, get_ident

import pytest

from katalysator.site.warm_threads import WarmThreads

COUNT = 4


@pytest.fixture
def threads() -> Iterator[WarmThreads]:
    made = WarmThreads(COUNT)
    yield made
    made.shutdown(timeout=5)


class Work:
    """Notes who does it, and meets the others there if any are waited for."""

    def __init__(self, meeting: Barrier | None = None) -> None:
        self.meeting, self.done, self.by = meeting, Event(), 0

    def service(self) -> None:
        self.by = get_ident()
        if self.meeting:
            self.meeting.wait(5)
        self.done.set()

    def cancel(self) -> None:
        self.done.set()


def idle(threads: WarmThreads) -> bool:
    with threads.lock:
        return bool(threads.active_count == 0)


def settle(threads: WarmThreads) -> None:
    """Wait until nobody works."""
    pause = Event()
    while not idle(threads):
        pause.wait(0.001)


def done_by(threads: WarmThreads, *works: Work) -> list[int]:
    for work in works:
        threads.add_task(work)
    assert all(work.done.wait(5) for work in works)
    settle(threads)
    return [work.by for work in works]


def test_one_after_another_is_done_by_one_thread(threads: WarmThreads) -> None:
    settle(threads)
    first = done_by(threads, Work())
    assert all(done_by(threads, Work()) == first for _ in range(20))


def test_as_many_at_once_as_there_are_threads(threads: WarmThreads) -> None:
    meeting = Barrier(COUNT)
    by = done_by(threads, *(Work(meeting) for _ in range(COUNT)))
    assert len(set(by)) == COUNT


def test_more_than_there_are_threads_wait_their_turn(threads: WarmThreads) -> None:
    works = [Work() for _ in range(50)]
    assert set(done_by(threads, *works)) - {0}
    assert all(work.by for work in works)


def test_all_end_when_they_are_told_to() -> None:
    threads = WarmThreads(COUNT)
    done_by(threads, Work())
    threads.shutdown(timeout=5)
    assert not threads.threads
