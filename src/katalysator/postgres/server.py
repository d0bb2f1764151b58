"""Taking part in the server of a data folder: the first one starts it, the last one stops it."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from psycopg import Connection, sql

from katalysator.faults import gettext_noop as _
from katalysator.postgres import locks
from katalysator.postgres.connection import MAINTENANCE, connected, socket_url
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import SUPERUSER, Home, erase, find, prepare
from katalysator.postgres.process import PATIENCE, ensure_running, is_running, stop
from katalysator.postgres.programs import serving
from katalysator.postgres.roles import make_site_role

EXTENSIONS: Final = ("vector", "pg_trgm", "unaccent", "btree_gist")
"""What every database of ours can do beyond plain PostgreSQL."""

_ENSURING: Final = 0x6B6174
"""Number of the advisory lock under which databases are made."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that this process takes part in, through the socket in a folder."""

    sockets: Path

    def url(self, database: str, *, role: str = SUPERUSER) -> str:
        """Return the URL of a database, for libpq, psycopg and Django alike."""
        return socket_url(self.sockets, database, role)

    def ensure(self, database: str) -> str:
        """Make the database, or bring our extensions in it up to date, and return its URL.

        The site's role is made too.
        """
        with self._maintaining(database) as maintenance:
            known = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if not known.fetchone():
                create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))
                maintenance.execute(create)
            with connected(self.url(database), _unmade(database)) as connection:
                _extend(connection)
        return self.url(database)

    def ensure_site_role(self) -> None:
        """Make the site's role, for a database that will come."""
        with self._maintaining(MAINTENANCE):
            pass

    @contextmanager
    def _maintaining(self, database: str) -> Iterator[Connection]:
        """Be the only one who makes databases and roles; the site's role is there."""
        with connected(self.url(MAINTENANCE), _unmade(database)) as maintenance:
            maintenance.execute("SELECT pg_advisory_lock(%s)", [_ENSURING])
            make_site_role(maintenance)
            yield maintenance


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Take part in the server of a data folder, which is made where it does not exist.

    Commands may do so at the same time, in any order. However one of them ends, the others go on,
    and the last one to leave stops the server. SIGTERM and SIGHUP leave in good order too, unless
    the command has its own way with them.
    """
    home = prepare(folder)
    with _signals_leave_in_order(), _taking_part(home):
        yield Server(home.sockets)


def revive(folder: Path) -> bool:
    """Start the server again where it died under those who take part; whether that was needed.

    Addresses stay the same. Cost where it lives: a connection that asks for nothing.
    """
    place = find(folder)
    home = Home(place, serving(place / "data"))
    if is_running(home):
        return False
    with locks.held(home.start_lock, wait=PATIENCE):
        ensure_running(home)
    return True


def remove(folder: Path) -> None:
    """Delete the database of a data folder for good, unless somebody takes part in it."""
    if not folder.exists():
        return
    home = prepare(folder)
    with locks.held(home.start_lock, wait=PATIENCE), _alone(home) as alone:
        if not alone:
            raise PostgresError(
                "database-in-use",
                _("The database in %(folder)s is in use."),
                hint=_("End the commands that use it, and try again."),
                folder=folder,
            )
        stop(home)
        erase(home, folder)


@contextmanager
def _taking_part(home: Home) -> Iterator[None]:
    users = locks.acquire(home.users_lock, shared=True, wait=PATIENCE)
    try:
        with locks.held(home.start_lock, wait=PATIENCE):
            ensure_running(home)
        yield
    finally:
        os.close(users)
        with locks.held(home.start_lock, wait=PATIENCE), _alone(home) as alone:
            if alone:
                stop(home)


@contextmanager
def _alone(home: Home) -> Iterator[bool]:
    """Keep others from joining inside the block, which learns whether there are any already."""
    try:
        users = locks.acquire(home.users_lock, wait=0)
    except locks.LockBusy:
        yield False
        return
    try:
        yield True
    finally:
        os.close(users)


@contextmanager
def _signals_leave_in_order() -> Iterator[None]:
    """Turn signals that would end Python on the spot into an exit that runs what is pending."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGHUP)
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _exit)
    try:
        yield
    finally:
        for number in ours:
            if signal.getsignal(number) is _exit:
                signal.signal(number, signal.SIG_DFL)


def _unmade(database: str) -> PostgresError:
    return PostgresError(
        "database-unmade", _("Making the database %(database)s failed."), database=database
    )


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _extend(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT name FROM pg_available_extensions"
        " WHERE name = ANY(%s) AND installed_version IS DISTINCT FROM default_version",
        [list(EXTENSIONS)],
    ).fetchall()
    for (name,) in rows:
        extension = sql.Identifier(name)
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(extension))
        connection.execute(sql.SQL("ALTER EXTENSION {} UPDATE").format(extension))
