"""How a server is: whether it runs, what it has and what room that takes. Nothing is started."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection

from katalysator.postgres.cluster import major_version
from katalysator.postgres.connection import MAINTENANCE, connected, sibling, socket_url
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import Home, find
from katalysator.postgres.process import is_running


@dataclass(frozen=True, slots=True)
class Database:
    """A database and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Status:
    """How a server is.

    Attributes
    ----------
    running
        Whether it answers.
    version
        Its version (18.6), of a stopped one the major version (18), empty where there is nothing.
    size
        Bytes on disk: of the whole data, or the sum of the databases where only a URL is known.
    databases
        Those that one can connect to, by name; empty when it does not run.
    users
        Number of connections besides our own.
    problem
        Why there is no answer, as a sentence; empty where none is expected.

    """

    running: bool
    version: str = ""
    size: int = 0
    databases: tuple[Database, ...] = ()
    users: int = 0
    problem: str = ""


def status(place: Path | str) -> Status:
    """Tell how the server of a data folder (a `Path`) is, or the one behind a URL (a `str`)."""
    if isinstance(place, str):
        return _of_url(place)
    try:
        return _of_folder(Home(find(place), None))
    except OSError as error:
        raise PostgresError(
            f"The database in {place} cannot be looked at: {error}. Do it as the user that made it."
        ) from error


def _of_folder(home: Home) -> Status:
    if not (home.data / "PG_VERSION").exists():
        return Status(running=False, problem=f"There is no database in {home.folder} yet.")
    size = _size(home.data)
    if not is_running(home):
        return Status(running=False, version=major_version(home.data), size=size)
    url = socket_url(home.sockets, MAINTENANCE)
    with connected(url, f"Looking at the database in {home.folder}") as connection:
        return _asked(connection, size)


def _size(top: Path) -> int:
    """Add up the files; those that the server removes meanwhile do not count."""
    size = 0
    for folder, _, files in os.walk(top):
        for name in files:
            with suppress(FileNotFoundError):
                size += (Path(folder) / name).lstat().st_size
    return size


def _of_url(url: str) -> Status:
    try:
        with connected(sibling(url, MAINTENANCE), "Looking at the database") as connection:
            return _asked(connection, None)
    except PostgresError as error:
        return Status(running=False, problem=str(error))


def _asked(connection: Connection, size: int | None) -> Status:
    rows = connection.execute(
        "SELECT datname, pg_database_size(oid) FROM pg_database"
        " WHERE datallowconn AND has_database_privilege(oid, 'CONNECT') ORDER BY datname"
    ).fetchall()
    databases = tuple(Database(name, taken) for name, taken in rows)
    users = connection.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    return Status(
        running=True,
        version=connection.info.parameter_status("server_version") or "",
        size=sum(database.size for database in databases) if size is None else size,
        databases=databases,
        users=users[0] if users else 0,
    )
