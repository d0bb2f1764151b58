"""The life of the server's processes: started once, found again, stopped whole.

Whether any of them lives is told by `server.lock`, which they inherit: no file with a number that
another process may have by now. Callers hold `start.lock`: nobody else starts or stops meanwhile.
"""

import logging
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from psycopg.pq import PGconn, Ping

from katalysator.postgres import locks
from katalysator.postgres.accounts import run
from katalysator.postgres.cluster import SUPERUSER, ensure_cluster, environment
from katalysator.postgres.errors import PostgresError, StartFailed, explained
from katalysator.postgres.home import (
    PORT,
    Home,
    close_sockets,
    open_sockets,
    trim_log,
)
from katalysator.postgres.programs import server_programs

PATIENCE: Final = 120.0
"""Seconds that others may take for starting (with recovery after a crash) or stopping."""
_FAST: Final = 60.0
_IMMEDIATE: Final = 15.0
_AGAIN: Final = 0.2

# The shell ends at once, so the server is nobody's child that must be waited for.
_DETACHED: Final = 'log="$1"; shift; "$@" >>"$log" 2>&1 &'

_logger = logging.getLogger(__name__)


def is_running(home: Home) -> bool:
    """Whether the server of these data lives and answers."""
    return locks.is_held(home.server_lock) and _answers(home)


def ensure_running(home: Home) -> None:
    """Leave a server that works alone, mend what a crash left behind, start what does not run."""
    deadline = time.monotonic() + PATIENCE
    while locks.is_held(home.server_lock):
        if _answers(home):
            return
        if _is_deaf(home):
            _logger.warning("The socket of the database in %s is gone: restarting.", home.folder)
            _signal(home, signal.SIGINT)
        if time.monotonic() > deadline:
            raise StartFailed(
                f"Processes of an earlier server still work on {home.data} and do not answer. End"
                f" them (they are named postgres) and try again; {home.log} may say more."
            )
        time.sleep(locks.PAUSE)
    _start(home)


def stop(home: Home) -> None:
    """End all processes that work on the data: first orderly, then at once."""
    for number, patience in ((signal.SIGINT, _FAST), (signal.SIGQUIT, _IMMEDIATE)):
        _insist(home, number, patience)
    if locks.is_held(home.server_lock):
        raise PostgresError(
            f"The database server of {home.data} did not stop. End its processes (they are named"
            f" postgres); {home.log} may say why."
        )
    close_sockets(home)


def _start(home: Home) -> None:
    programs = server_programs(home.account)
    with locks.held(home.server_lock, wait=PATIENCE) as lock:
        (home.data / "postmaster.pid").unlink(missing_ok=True)
        ensure_cluster(home, programs, lock)
        said_before = trim_log(home)
        server = (programs / "postgres", "-D", home.data, "-k", open_sockets(home))
        run(
            ("/bin/sh", "-c", _DETACHED, "sh", home.log, *server, "-p", str(PORT)),
            account=home.account,
            environment=environment(),
            keep=(lock,),
        )
    _wait_until_ready(home, said_before)


def _wait_until_ready(home: Home, said_before: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(home):
        if not locks.is_held(home.server_lock):
            said = _said_since(home, said_before)
            raise explained(f"Starting the database in {home.data}", said, StartFailed)
        if time.monotonic() > deadline:
            raise StartFailed(
                f"The database in {home.data} did not get ready in {PATIENCE:.0f} seconds;"
                f" {home.log} may say why."
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
    place = f"host='{_escaped(home.sockets)}' port={PORT} user={SUPERUSER} connect_timeout=3"
    return home.socket.exists() and PGconn.ping(os.fsencode(place)) == Ping.OK


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def _is_deaf(home: Home) -> bool:
    return _noted(home)[-1:] == ["ready"] and not home.socket.exists()


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


def _said_since(home: Home, start: int) -> str:
    with home.log.open(errors="replace") as log:
        log.seek(start)
        return "".join(log.readlines()[-15:])
