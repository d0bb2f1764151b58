"""The data folder is ours alone: what is in it, secrets and mails, others may not read."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from katalysator import postgres
from katalysator.site.environment import OUR_SERVER

_OTHERS: Final = 0o077
_PASSING: Final = 0o010
_FOLDERS: Final = ("mail", "static")
_FILES: Final = ("secret-key",)


def keep_private(folder: Path) -> None:
    """Close the folder and all of ours in it to others; only our own database server may pass through.

    What belongs to another user is left: only that one can close it. What else somebody keeps there
    is left too. Cost: a look at every file of ours.
    """
    with suppress(PermissionError):
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        if (folder / OUR_SERVER).exists():
            postgres.guard(folder / OUR_SERVER, folder)
    for path in open_to_others(folder):
        with suppress(PermissionError, FileNotFoundError):
            path.chmod(path.stat().st_mode & ~_OTHERS)


def open_to_others(folder: Path) -> Iterator[Path]:
    """The folder, and what is ours in it, where others have a right; the database closes its own.

    That the server's account, in the group of a folder, may pass through it is no such right.
    """
    for path in (folder, folder / OUR_SERVER):
        allowed = _PASSING if path.exists() and _is_roots(path) else 0
        if _rights(path) & ~allowed:
            yield path
    for path in (*(folder / name for name in _FILES), *_within(folder)):
        if _rights(path):
            yield path


def _within(folder: Path) -> Iterator[Path]:
    """Our folders, and all in those that are not closed: what is in a closed one, nobody reaches."""
    for name in _FOLDERS:
        is_open = _rights(folder / name)
        yield folder / name
        for top, folders, files in os.walk(folder / name) if is_open else ():
            yield from (Path(top, each) for each in (*folders, *files))


def _rights(path: Path) -> int:
    """What others may do with a file or folder; nothing where there is none, or a link."""
    try:
        return 0 if path.is_symlink() else path.stat().st_mode & _OTHERS
    except FileNotFoundError:
        return 0


def _is_roots(folder: Path) -> bool:
    """Whether root owns the folder, and let a group in: the one of the server's account."""
    found = folder.stat()
    return found.st_uid == 0 and found.st_gid != 0
