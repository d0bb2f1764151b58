"""Texts, read by several processes at once."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from types import TracebackType
from typing import Final, Self

from katalysator.engine.concepts.thesaurus import with_own
from katalysator.engine.matching.profiles import Profile, TextFeatures, read
from katalysator.engine.text import EncoderChoice, bundled

_AHEAD: Final = 3  # chunks for each process, so that none waits for the next


class PooledReader:
    """Reads with the bundled embedder, and a careful one, in `processes` processes; every bit is as in one.

    It reads once: the processes end with the last chunk, so that their memory is free for what comes
    then. Use it in a `with`: that ends them at once where the work was broken off; they also end with
    a parent that is killed. An interrupt from the keyboard reaches the parent only. Memory: some
    300 MB a process. `own` holds concepts of a coalition in JSON lines. Cost: 2 s to start, then that of reading, divided by the number of processes.
    """

    def __init__(
        self, processes: int, *, careful: EncoderChoice | None = None, own: str = ""
    ) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes when they start
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            processes, mp_context=context, initializer=_end_with_parent
        )
        self._ahead = _AHEAD * processes
        self._careful, self._own = careful, own
        self._others = set(multiprocessing.active_children())

    def __call__(self, chunks: Iterable[Sequence[Profile]]) -> Iterator[TextFeatures]:
        """What is read in each chunk, in order; only a few chunks are on their way at once."""
        begun: deque[Future[TextFeatures]] = deque()
        for chunk in chunks:
            with _interrupts_held():
                begun.append(self._pool.submit(_read, chunk, self._careful, self._own))
            if len(begun) > self._ahead:
                yield begun.popleft().result()
        while begun:
            found = begun.popleft().result()
            if not begun:
                self._pool.shutdown()
            yield found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for child in set(multiprocessing.active_children()) - self._others:
                child.terminate()
        self._pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """End this process when its parent is gone, even if that was given no time to say so."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def _read(profiles: Sequence[Profile], careful: EncoderChoice | None, own: str) -> TextFeatures:
    return read(profiles, bundled(), careful.load() if careful else None, with_own(own))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see an interrupt; ours comes when this ends."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
