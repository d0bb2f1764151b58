"""One figure with what it must be; a run on its own, with the memory that it took at most."""

import multiprocessing as mp
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from time import perf_counter, process_time
from typing import Any, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the clock and of the processors."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s (CPU {self.cpu:6.2f})"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and whether it is what it must be."""

    name: str
    said: str
    holds: bool

    def __str__(self) -> str:
        return f"{'ok  ' if self.holds else 'MISS'} {self.name:34} {self.said}"


def timed(work: Callable[[], Result]) -> tuple[Result, Timed]:
    """Do it and time it."""
    wall, cpu = perf_counter(), process_time()
    result = work()
    return result, Timed(perf_counter() - wall, process_time() - cpu)


def peak() -> float:
    """Most memory that this process has held, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def alone(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do it in a process of its own, so that its memory is its own; it ends with this one."""
    here, there = mp.get_context("spawn").Pipe(duplex=False)
    child = mp.get_context("spawn").Process(target=_answer, args=(there, work, arguments))
    child.start()
    there.close()
    try:
        answer: Result = here.recv()
    except EOFError:
        child.join()
        raise RuntimeError(f"the process ended with {child.exitcode}") from None
    child.join()
    return answer


def _answer(there: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    there.send(work(*arguments))


def _end_with_parent() -> None:
    if parent := mp.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
