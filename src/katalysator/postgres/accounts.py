"""Under which system account the server runs, and how a program is run under it.

PostgreSQL refuses to run as root. When we are root, the server runs as the owner of its data, and
new data get an account of their own. No permissions outside our folders are widened for that.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from katalysator.postgres.errors import PostgresError

NAME: Final = "katalysator_postgres"
"""The account that is made for the server when root starts it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of the system."""

    uid: int
    gid: int


def serving(data: Path) -> Account | None:
    """Return the account to run the server of these data under; `None` is our own."""
    if os.geteuid() != 0:
        return None
    owner = data.stat() if data.exists() else None
    return Account(owner.st_uid, owner.st_gid) if owner and owner.st_uid else _dedicated()


def run(
    arguments: Iterable[str | Path],
    *,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    keep: tuple[int, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run a program out of reach of the terminal's Ctrl-C, passing on the descriptors in `keep`."""
    return subprocess.run(
        list(arguments),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=environment,
        umask=0o077,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        pass_fds=keep,
        start_new_session=True,
    )


def reaches(account: Account | None, folder: Path) -> bool:
    """Whether the account may pass through all the folders above and into this one."""
    if account is None:
        return True
    return run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], account=account).returncode == 0


def hand_over(path: Path, account: Account | None) -> None:
    """Make the account the owner of the file, or of the folder and all in it."""
    if account is None:
        return
    for folder, _, files in os.walk(path):
        for name in (".", *files):
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
    if not path.is_dir():
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _dedicated() -> Account:
    said = ""
    for _ in range(20):
        if account := _named():
            return account
        said = _useradd()
        time.sleep(0 if _named() else 0.1)
    raise PostgresError(
        "PostgreSQL does not run as root, and an account for it could not be made. Run the command"
        f" as another user, or make the system account {NAME} by hand. useradd says: {said}"
    )


def _named() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _useradd() -> str:
    program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        return "not on this machine"
    options = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
    return run([program, *options, "--shell", "/bin/false", NAME]).stderr.strip()
