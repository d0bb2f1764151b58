"""Which thread of a web process answers: of those that are idle the one that worked last.

Its connection to the database has read what is asked for, and what it did is still near the processor. Where
few ask, few connections work, and the others cost nothing.
"""

from _thread import LockType
from threading import Lock

from waitress.task import ThreadedTaskDispatcher


class LastFirst:
    """A condition that wakes who began to wait last."""

    def __init__(self, lock: LockType) -> None:
        self._lock = lock
        self._waiting: list[LockType] = []

    def wait(self) -> None:
        """Wait to be woken, and leave the lock to others meanwhile."""
        woken = Lock()
        woken.acquire()
        self._waiting.append(woken)
        self._lock.release()
        try:
            woken.acquire()
        finally:
            self._lock.acquire()

    def notify(self) -> None:
        """Wake one who waits, if any does. Who calls holds the lock."""
        if self._waiting:
            self._waiting.pop().release()

    def notify_all(self) -> None:
        """Wake all who wait."""
        while self._waiting:
            self.notify()


class WarmThreads(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads that answer, the last that worked first."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.queue_cv = LastFirst(self.lock)
        self.set_thread_count(count)
