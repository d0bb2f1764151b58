"""The house for the tests: one database server and one folder for a whole run, however many workers.

The first process of a run makes both and clears both away; workers find them in their environment.
Uses our own embedded server, or the one that DATABASE_URL names. What a killed run left is cleared
away by the next: its note is no longer locked, its database session is gone.
"""

import atexit
import compileall
import gc
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from katalysator import postgres
from katalysator.postgres import locks

CACHE = Path(__file__).parents[1] / ".cache"
SOURCE = Path(__file__).parents[1] / "src"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
PATIENCE = 600.0
"""Seconds in which another worker fills the database that all copy."""
LONGEST_WAIT = 100
"""Seconds in which another connection gives back a lock."""
SITE = postgres.SITE_ROLE
NEW_OBJECTS = 50_000
"""Those after which Python looks for rings that fell away; with its 700 that takes a tenth of the time."""
_USERS = 0x6B6175  # an advisory lock: users are of the whole server
_RUN = "KATALYSATOR_TEST_RUN"

_open = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the folders of single tests in that of the run too, under short names."""
    config.option.basetemp = config.option.basetemp or folder() / "t"


def pytest_collection_finish() -> None:
    """Tests and modules stay to the end: Python need not look at them again."""
    gc.freeze()


def folder() -> Path:
    """The folder of this run: all temporary files are somewhere in it."""
    return Path(os.environ[_RUN])


def address(database: str, **user: str) -> str:
    """The address of a database on the server of the tests, for another user where one is given."""
    return make_conninfo(os.environ["DATABASE_URL"], dbname=database, **user)


def two_users(database: str) -> dict[str, str]:
    """A database in the environment as owner and site have it, who are two users of the server."""
    with _maintenance() as server, server.transaction():
        server.execute(f"SELECT pg_advisory_xact_lock({_USERS})")
        if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE]).fetchone():
            create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            server.execute(create.format(sql.Identifier(SITE), sql.Literal(SITE)))
    site = address(database, user=SITE, password=SITE)
    return {"DATABASE_URL": site, "DATABASE_OWNER_URL": address(database)}


def named(what: str) -> str:
    """The name of a database of this run, which is dropped when the run ends."""
    return f"test.{folder().name}.{what}"


def copied(what: str, fill: Callable[[str], None]) -> str:
    """A database of this worker's own, copied from one that the first to come has filled.

    `fill` gets the name of an empty database. Cost: a copy of the files, some 60 milliseconds.
    """
    original, mine = named(what), named(f"{what}.{WORKER or 'alone'}")
    with locks.held(folder() / "copying.lock", wait=PATIENCE), _maintenance() as server:
        if not _run_names(server, original):
            draft = named(f"{what}.draft")
            _create(server, draft)
            fill(draft)
            change = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(change.format(sql.Identifier(draft), sql.Identifier(original)))
        _create(server, mine, original)
    return mine


def copied_again(what: str, name: str) -> str:
    """One more copy of what was `copied`, of this worker's own."""
    mine = named(f"{name}.{WORKER or 'alone'}")
    with locks.held(folder() / "copying.lock", wait=PATIENCE), _maintenance() as server:
        _create(server, mine, named(what))
    return mine


def _create(server: psycopg.Connection, name: str, original: str = "template1") -> None:
    _drop(server, name)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(create.format(sql.Identifier(name), sql.Identifier(original)))
    give_up = sql.SQL("ALTER DATABASE {} SET lock_timeout = {}")  # who waits for itself fails
    server.execute(give_up.format(sql.Identifier(name), sql.Literal(f"{LONGEST_WAIT}s")))


def _drop(server: psycopg.Connection, name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(drop.format(sql.Identifier(name)))


def _run_names(server: psycopg.Connection, pattern: str) -> list[str]:
    like = "SELECT datname FROM pg_database WHERE datname LIKE %s"
    return [name for (name,) in server.execute(like, [pattern])]


def _maintenance() -> psycopg.Connection:
    return psycopg.connect(address("postgres"), autocommit=True)


@contextmanager
def _own_folder() -> Iterator[None]:
    """Make the folder of a run, after clearing away those of killed ones, and remove it at the end.

    It is short, as sockets must be, and every account may enter: the database's own does.
    """
    notes = CACHE / "runs"
    notes.mkdir(parents=True, exist_ok=True)
    (notes / "lock").touch()
    with locks.held(notes / "lock", wait=PATIENCE):
        for note in notes.glob("kt-*"):
            if not locks.is_held(note):
                _clear(note)
        made = Path(tempfile.mkdtemp(prefix="kt-", dir="/tmp"))
        made.chmod(0o755)
        (made / "copying.lock").touch()
        note = notes / made.name
        note.write_text(str(made))
        lock = locks.acquire(note, wait=0)
    os.environ[_RUN] = os.environ["TMPDIR"] = tempfile.tempdir = str(made)
    yield
    _clear(note)
    os.close(lock)


def _clear(note: Path) -> None:
    """Stop the servers and unmount the disks that a run left in its folder, and remove it."""
    left = Path(note.read_text())
    for place, _, files in os.walk(left):
        if "server.lock" in files:
            with suppress(postgres.PostgresError, OSError):
                postgres.remove(Path(place))
    mounts = Path("/proc/mounts")
    for line in mounts.read_text().splitlines() if mounts.exists() else ():
        if line.split()[1].startswith(f"{left}/"):
            subprocess.run(["umount", line.split()[1]], check=False)
    shutil.rmtree(left, ignore_errors=True)
    if not left.exists():
        note.unlink()


@contextmanager
def _own_databases() -> Iterator[None]:
    """Drop the databases of this run at its end, and at once those of runs that are no more."""
    hashed = "(hashtextextended(%s, 0))"
    with _maintenance() as server:
        server.execute(f"SELECT pg_advisory_lock{hashed}", [folder().name])
        for name in _run_names(server, "test.kt-%"):
            free = f"SELECT pg_try_advisory_xact_lock{hashed}"
            if server.execute(free, [name.split(".")[1]]).fetchone() == (True,):
                _drop(server, name)
        yield
    with _maintenance() as server:
        for name in _run_names(server, named("%")):
            _drop(server, name)


def _leave(first: int) -> None:
    """Clear away at the end of the first process, not of a copy that a test made of it."""
    if os.getpid() == first:
        _open.close()


def _start() -> None:
    gc.set_threshold(NEW_OBJECTS)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not WORKER:
        compileall.compile_dir(
            SOURCE, quiet=2
        )  # what tests start loads it, also where none is kept
        _open.enter_context(_own_folder())
        if "DATABASE_URL" not in os.environ:
            server = _open.enter_context(postgres.running(CACHE / "test-postgres"))
            os.environ["DATABASE_URL"] = server.ensure("katalysator")
        _open.enter_context(_own_databases())
        atexit.register(_leave, os.getpid())
    data = folder() / f"data-{WORKER or 'alone'}"
    os.environ["KATALYSATOR_DATA"] = str(data)
    (data / "static").mkdir(
        parents=True, exist_ok=True
    )  # what `collectstatic` makes; its absence is a warning


_start()
