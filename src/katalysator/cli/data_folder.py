"""The data folder is ours alone: what is in it, secrets and mails, others may not read."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from katalysator import postgres

OUR_SERVER: Final = "postgres"
"""The folder of our own database server, within the data folder."""
_OTHERS: Final = 0o077
_PASSING: Final = 0o010
_MADE_LATER: Final = ("mail", "static")
"""Folders that the site makes when it first needs them; they are private from the start."""


def keep_private(folder: Path) -> None:
    """Close the folder and all in it to others; only our own database server may pass through.

    What belongs to another user is left: only that one can close it. Cost: a look at every file.
    """
    with suppress(PermissionError):
        for name in _MADE_LATER:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        if (folder / OUR_SERVER).exists():
            postgres.guard(folder / OUR_SERVER, folder)
    for path in open_to_others(folder):
        with suppress(PermissionError, FileNotFoundError):
            path.chmod(path.stat().st_mode & ~_OTHERS)


def open_to_others(folder: Path) -> Iterator[Path]:
    """The folder, and all in it but what is within the database's own, where others have a right.

    That the server's account, in the group of a folder, may pass through it is no such right.
    """
    for path in (folder, folder / OUR_SERVER):
        if path.exists() and path.stat().st_mode & (
            _OTHERS ^ _PASSING if _is_roots(path) else _OTHERS
        ):
            yield path
    for top, folders, files in os.walk(folder):
        if top == str(folder) and OUR_SERVER in folders:
            folders.remove(OUR_SERVER)
        for path in (Path(top, name) for name in (*folders, *files)):
            if not path.is_symlink() and path.exists() and path.stat().st_mode & _OTHERS:
                yield path


def _is_roots(folder: Path) -> bool:
    """Whether root owns the folder, and let a group in: the one of the server's account."""
    found = folder.stat()
    return found.st_uid == 0 and found.st_gid != 0
