"""Locks on files that end with the processes that hold them, however those end.

`flock` belongs to the opened file, not to the process: two parts of one process exclude each other
like two processes do, and a program that inherits the opened file keeps the lock while it lives.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from katalysator.postgres.errors import PostgresError

PAUSE: Final = 0.02
"""Seconds between two looks at something that is waited for."""


class LockBusy(PostgresError):  # noqa: N818
    """Others hold the lock, and kept it for longer than one would wait."""


class LockGone(PostgresError):  # noqa: N818
    """Somebody removed the file of the lock, and with it most likely the data folder."""


def acquire(path: Path, *, shared: bool = False, wait: float) -> int:
    """Open the file and lock it within `wait` seconds; closing the descriptor unlocks it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise LockGone(f"{path} was removed while the database was in use. Start again.") from error
    try:
        _lock(descriptor, path, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, wait)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def held(path: Path, *, wait: float) -> Iterator[int]:
    """Hold the lock exclusively inside the block, which gets the descriptor to pass on."""
    descriptor = acquire(path, wait=wait)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether any living process holds the lock exclusively; where there is no file, none does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _try(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, kind: int, wait: float) -> None:
    deadline = time.monotonic() + wait
    while not _try(descriptor, kind):
        if time.monotonic() >= deadline:
            raise LockBusy(
                f"Another command has kept {path} locked for more than {wait:.0f} seconds: it is"
                " starting or stopping the database. Wait for it or end it, and try again."
            )
        time.sleep(PAUSE)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
