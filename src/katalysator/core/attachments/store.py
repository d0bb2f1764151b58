"""Where files are kept: in the data folder, apart from what the web server gives out, each by a key that tells nothing.

A file is written before its row is kept, and removed after its row is gone: no row is ever without its file.
What an interrupted deed leaves behind is swept up a month later.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

KEPT: Final = timedelta(days=30)
"""So long a file is kept that no row knows: a dump of the database may still be put back."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@contextmanager
def kept(room: str, key: UUID, content: bytes) -> Iterator[None]:
    """Keep a file for a row that is written within; where that fails, it is gone again. Raises OSError."""
    path = _path(room, key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def growing(room: str, key: UUID, at: int) -> Iterator[BinaryIO]:
    """A file that is written on from a place, for what comes a block at a time; what stood behind that is gone. Raises OSError.

    It is for who keeps the row of it first, and knows from that how much should be there.
    """
    path = _path(room, key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.truncate(at)
        file.seek(at)
        yield file
        file.flush()
        os.fsync(file.fileno())


def length(room: str, key: UUID) -> int:
    """How many bytes of a file are there; none where it is not."""
    try:
        return _path(room, key).stat().st_size
    except FileNotFoundError:
        return 0


def opened(room: str, key: UUID) -> BinaryIO:
    """A file that was kept, to be read. Raises FileNotFoundError where it is not there."""
    return _path(room, key).open("rb")


def remove(room: str, *keys: UUID) -> None:
    """Remove files when the transaction of now is complete, not before."""
    for key in keys:
        transaction.on_commit(partial(_path(room, key).unlink, missing_ok=True), robust=True)


def sweep(room: str, known: Collection[UUID], now: datetime) -> int:
    """Remove files of a room that no row knows and that are older than `KEPT`; returns how many.

    Where no row knows any file, the database may be another one than the files belong to: all stay.
    """
    names, oldest, swept = {key.hex for key in known}, (now - KEPT).timestamp(), 0
    for path in _paths(room) if names else ():
        if path.name not in names and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def missing(room: str, known: Collection[UUID]) -> list[UUID]:
    """Those of some keys whose file is not there."""
    there = {path.name for path in _paths(room)}
    return [key for key in known if key.hex not in there]


def _paths(room: str) -> list[Path]:
    folder = settings.FILES / room
    return list(folder.iterdir()) if folder.is_dir() else []


def _path(room: str, key: UUID) -> Path:
    path: Path = settings.FILES / room / key.hex
    return path
