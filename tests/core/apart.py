"""Work in threads with connections of their own, committed for real, and cleared away after."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal
from typing import TypeVar

from django.db import connection, transaction

from tests.core.tampering import unguarded

T = TypeVar("T")

LONGEST = 30.0
"""Seconds after which something that should have happened has not."""


def started(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """The work, begun in a thread whose connection is closed when it ends."""

    def closing() -> T:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(closing)


def apart(*works: Callable[[], T]) -> list[T]:
    """What each of these gives, done at the same time."""
    with ThreadPoolExecutor(len(works)) as pool:
        futures = [started(pool, work) for work in works]
        return [future.result(LONGEST) for future in futures]


@contextmanager
def held(work: Callable[[], object]) -> Iterator[None]:
    """A transaction elsewhere that did the work, and stays open for the time of the block."""
    done, end = Signal(), Signal()

    def hold() -> None:
        with transaction.atomic():
            work()
            done.set()
            assert end.wait(LONGEST)

    with ThreadPoolExecutor(1) as pool:
        future = started(pool, hold)
        try:
            assert done.wait(LONGEST)
            yield
        finally:
            end.set()
            future.result(LONGEST)


def clear() -> None:
    """Take away all events and jobs that were committed."""

    def cleared() -> None:
        with transaction.atomic(), connection.cursor() as cursor, unguarded():
            cursor.execute("DELETE FROM core_event; DELETE FROM procrastinate_jobs")

    apart(cleared)
