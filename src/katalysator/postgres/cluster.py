"""Making the cluster: all of it or nothing, with settings for a small server on one machine."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from katalysator.postgres.accounts import Account, hand_over, run
from katalysator.postgres.errors import PostgresError, StartFailed, WrongVersion, explained
from katalysator.postgres.home import Home

SUPERUSER: Final = "katalysator"

_LARGEST_BUFFERS: Final = 256
"""Megabytes; an eighth of the memory where that is less."""


def environment() -> dict[str, str]:
    """Return the environment for server programs, free of what steers clients and of languages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def ensure_cluster(home: Home, programs: Path, lock: int) -> None:
    """Make the cluster where there is none; `lock` lives on in the programs that work on it."""
    if (home.data / "PG_VERSION").exists():
        _check_version(home, programs)
        _check_owner(home)
        return
    if home.data.exists() and any(home.data.iterdir()):
        raise StartFailed(
            f"{home.data} is not empty and not a complete database: its PG_VERSION is missing. Put"
            " back a copy of the folder, or remove it to begin with an empty database."
        )
    if home.unfinished.exists():
        shutil.rmtree(home.unfinished)
    home.unfinished.mkdir(0o700)
    hand_over(home.unfinished, home.account)
    _initialise(home.unfinished, programs, home.account, lock)
    home.unfinished.rename(home.data)
    _write_through(home.folder)


def major_version(data: Path) -> str:
    """Return the major version that wrote the data."""
    return (data / "PG_VERSION").read_text().strip()


def _check_version(home: Home, programs: Path) -> None:
    written = major_version(home.data)
    said = run(
        [programs / "postgres", "--version"], account=home.account, environment=environment()
    )
    have = said.stdout.strip().rpartition(" ")[2]
    if have.partition(".")[0] != written:
        raise WrongVersion(
            f"The data in {home.data} are of PostgreSQL {written}, and this installation has"
            f" {have}. Dump them with an installation that has {written}, and restore that into a"
            " new folder."
        )


def _check_owner(home: Home) -> None:
    owner = home.data.stat().st_uid
    if home.account and owner != home.account.uid:
        hand_over(home.data, home.account)
    if home.account is None and owner != os.geteuid():
        raise PostgresError(
            f"{home.data} belongs to another user (number {owner}). Run the command as that user."
        )


def _initialise(target: Path, programs: Path, account: Account | None, lock: int) -> None:
    made = run(
        [
            *(programs / "initdb", "--pgdata", target, "--username", SUPERUSER, "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", f"--lc-ctype={_character_types()}"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(f"--set={name}={value}" for name, value in _settings().items()),
        ],
        account=account,
        environment=environment(),
        keep=(lock,),
    )
    if made.returncode:
        raise explained(f"Making a database in {target}", made.stderr, StartFailed)


def _character_types() -> str:
    return "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def _settings() -> dict[str, str]:
    return {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": f"{_buffers()}MB",
        "fsync": "on",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%d ",
        "random_page_cost": "1.1",
        "min_wal_size": "80MB",
        "max_wal_size": "1GB",
    }


def _buffers() -> int:
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(16, min(_LARGEST_BUFFERS, megabytes // 8))


def _write_through(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
