"""The server of a data folder: its data made, its processes started once, found again, stopped whole.

The data are made all or not at all, with settings for a small server on one machine. Whether any of
the processes lives is told by `server.lock`, which they inherit: no file with a number that another
process may have by now. Callers hold `start.lock`: nobody else starts or stops meanwhile.
"""

import logging
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from katalysator.faults import gettext_noop as _
from katalysator.postgres import locks
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import (
    PORT,
    SUPERUSER,
    Home,
    close_sockets,
    open_sockets,
    trim_log,
)
from katalysator.postgres.programs import Account, hand_over, run, server_programs

PATIENCE: Final = 120.0
"""Seconds that others may take for starting (with recovery after a crash) or stopping."""
_FAST: Final = 60.0
_IMMEDIATE: Final = 15.0
_AGAIN: Final = 0.2

# The shell ends at once, so the server is nobody's child that must be waited for.
_DETACHED: Final = 'log="$1"; shift; "$@" >>"$log" 2>&1 &'

_logger = logging.getLogger(__name__)
_LARGEST_BUFFERS: Final = 1_024
"""Megabytes; an eighth of the memory where that is less. The tables by which 100,000 listings are matched take as much."""
_CHARACTER_TYPES: Final = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def is_running(home: Home) -> bool:
    """Whether the server of these data lives and answers."""
    return locks.is_held(home.server_lock) and _answers(home)


def ensure_running(home: Home) -> None:
    """Leave a server that works alone, mend what a crash left behind, start what does not run."""
    deadline = time.monotonic() + PATIENCE
    while locks.is_held(home.server_lock):
        if _answers(home):
            return
        if _noted(home)[-1:] == ["ready"] and not home.socket.exists():
            _logger.warning("The socket of the database in %s is gone: restarting.", home.folder)
            _signal(home, signal.SIGINT)
        if time.monotonic() > deadline:
            raise PostgresError(
                "start-failed",
                _("Processes of an earlier server still work on %(data)s and do not answer."),
                hint=_("End them (they are named postgres) and try again; %(log)s may say more."),
                data=home.data,
                log=home.log,
            )
        time.sleep(locks.PAUSE)
    _start(home)


def stop(home: Home) -> None:
    """End all processes that work on the data: first orderly, then at once."""
    for number, patience in ((signal.SIGINT, _FAST), (signal.SIGQUIT, _IMMEDIATE)):
        _insist(home, number, patience)
    if locks.is_held(home.server_lock):
        raise PostgresError(
            "stop-failed",
            _("The database server of %(data)s did not stop."),
            hint=_("End its processes (they are named postgres); %(log)s may say why."),
            data=home.data,
            log=home.log,
        )
    close_sockets(home)


def _start(home: Home) -> None:
    programs = server_programs(home.account)
    with locks.held(home.server_lock, wait=PATIENCE) as lock:
        (home.data / "postmaster.pid").unlink(missing_ok=True)
        ensure_cluster(home, programs, lock)
        said_before = trim_log(home)
        server = (programs / "postgres", "-D", home.data, "-k", open_sockets(home))
        kept = ("-c", f"shared_buffers={_buffers()}MB", "-c", "shared_preload_libraries=pg_prewarm")
        run(
            ("/bin/sh", "-c", _DETACHED, "sh", home.log, *server, "-p", str(PORT), *kept),
            account=home.account,
            environment=environment(),
            keep=(lock,),
        )
    _wait_until_ready(home, said_before)


def _wait_until_ready(home: Home, said_before: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(home):
        if not locks.is_held(home.server_lock):
            failure = PostgresError(
                "start-failed", _("Starting the database in %(data)s failed."), data=home.data
            )
            with home.log.open(errors="replace") as log:
                log.seek(said_before)
                raise failure.because("".join(log.readlines()[-15:]))
        if time.monotonic() > deadline:
            raise PostgresError(
                "start-failed",
                _("The database in %(data)s did not get ready in %(seconds)s seconds."),
                hint=_("%(log)s may say why."),
                data=home.data,
                seconds=round(PATIENCE),
                log=home.log,
            )
        time.sleep(locks.PAUSE)


def _insist(home: Home, number: signal.Signals, patience: float) -> None:
    """Send the signal until all are gone: one that just started has not noted its number yet."""
    deadline = time.monotonic() + patience
    again = 0.0
    while locks.is_held(home.server_lock) and (now := time.monotonic()) < deadline:
        if now >= again:
            _signal(home, number)
            again = now + _AGAIN
        time.sleep(locks.PAUSE)


def _answers(home: Home) -> bool:
    place = make_conninfo(host=str(home.sockets), port=PORT, user=SUPERUSER, connect_timeout=3)
    return home.socket.exists() and PGconn.ping(os.fsencode(place)) == Ping.OK


def _signal(home: Home, number: signal.Signals) -> None:
    first = (_noted(home) or [""])[0]
    if first.isdecimal() and _works_in(home.data, int(first)):
        with suppress(ProcessLookupError):
            os.kill(int(first), number)


def _noted(home: Home) -> list[str]:
    """Return the words in the server's own note about itself: process first, state last."""
    try:
        return (home.data / "postmaster.pid").read_text(errors="replace").split()
    except FileNotFoundError:
        return []


def _works_in(data: Path, process: int) -> bool:
    """Whether the process is at home in the data; where the system does not tell, believe it."""
    try:
        return Path(f"/proc/{process}/cwd").samefile(data)
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    except PermissionError:
        return True


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
        raise PostgresError(
            "data-incomplete",
            _("%(data)s is not empty and not a complete database: its PG_VERSION is missing."),
            hint=_("Put back a copy of the folder, or remove it to begin with an empty database."),
            data=home.data,
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
        raise PostgresError(
            "wrong-version",
            _(
                "The data in %(data)s are of PostgreSQL %(written)s, and this installation has"
                " %(have)s."
            ),
            hint=_(
                "Dump them with an installation that has %(written)s, and restore that into a new"
                " folder."
            ),
            data=home.data,
            written=written,
            have=have,
        )


def _check_owner(home: Home) -> None:
    owner = home.data.stat().st_uid
    if home.account and owner != home.account.uid:
        hand_over(home.data, home.account)
    if home.account is None and owner != os.geteuid():
        raise PostgresError(
            "data-of-other",
            _("%(data)s belongs to another user (number %(owner)s)."),
            hint=_("Run the command as that user."),
            data=home.data,
            owner=str(owner),
        )


def _initialise(target: Path, programs: Path, account: Account | None, lock: int) -> None:
    made = run(
        [
            *(programs / "initdb", "--pgdata", target, "--username", SUPERUSER, "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", f"--lc-ctype={_CHARACTER_TYPES}"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(f"--set={name}={value}" for name, value in _settings().items()),
        ],
        account=account,
        environment=environment(),
        keep=(lock,),
    )
    if made.returncode:
        failure = PostgresError(
            "start-failed", _("Making a database in %(target)s failed."), target=target
        )
        raise failure.because(made.stderr)


def _buffers() -> int:
    """Megabytes of tables that the server keeps at hand, and `pg_prewarm` reads again after a restart.

    Told at each start, as the data may move to another machine.
    """
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(16, min(_LARGEST_BUFFERS, megabytes // 8))


def _settings() -> dict[str, str]:
    return {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "fsync": "on",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%d ",
        "random_page_cost": "1.1",
        "min_wal_size": "80MB",
        "max_wal_size": "1GB",
    }


def _write_through(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
