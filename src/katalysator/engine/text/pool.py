"""Meaning, understood by several processes at once."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self

import numpy as np

from katalysator.engine.text.embedding import FloatMatrix, UniversalSentenceEncoder, bundled

_BATCH: Final = 64  # as many as the encoder takes at once, so that every bit is as in one process


class PooledEmbedder:
    """The bundled embedder in `processes` processes; its vectors are the same bits.

    Use it in a `with`: that ends the processes, at once where the work was broken off. An interrupt
    from the keyboard reaches the parent only. Memory: some 180 MB a process. Cost: 2 s to start,
    then that of the embedder, divided by the number of processes.
    """

    name = UniversalSentenceEncoder.name
    dimension = UniversalSentenceEncoder.dimension

    def __init__(self, processes: int) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes when they start
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, mp_context=context)
        self._others = set(multiprocessing.active_children())

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit vectors of shape (len(texts), dimension); an empty text becomes the zero vector."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        said = [i for i, text in enumerate(texts) if text.strip()]
        said.sort(key=lambda i: len(texts[i]))
        batches = [said[first : first + _BATCH] for first in range(0, len(said), _BATCH)]
        for rows, found in self._begun(texts, batches):
            vectors[rows] = found.result()
        return vectors

    def _begun(
        self, texts: Sequence[str], batches: list[list[int]]
    ) -> list[tuple[list[int], "Future[FloatMatrix]"]]:
        """All batches handed out, the longest texts first: then the processes end together."""
        with _interrupts_held():
            return [
                (rows, self._pool.submit(_encode, [texts[i] for i in rows]))
                for rows in reversed(batches)
            ]

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


def _encode(texts: list[str]) -> FloatMatrix:
    return bundled().encode(texts)


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
