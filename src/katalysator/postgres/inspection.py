"""Looking at a server: how it is, and whether one from elsewhere can carry a coalition.

Nothing is started. A server from elsewhere must be new enough, and have pgvector.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from psycopg import Connection
from psycopg.errors import InsufficientPrivilege, UniqueViolation

from katalysator.faults import gettext_noop as _
from katalysator.postgres.connection import (
    MAINTENANCE,
    connected,
    major_version_of,
    sibling,
    socket_url,
)
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import Home, find
from katalysator.postgres.process import is_running, major_version

OLDEST_SERVER: Final = 15
OLDEST_VECTOR: Final = (0, 7)
"""The first pgvector that keeps vectors in half precision."""


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
        The size in bytes of those that one can connect to, by name; none when it does not run.
    users
        Number of connections besides our own.
    problem
        Why there is no answer; None where none is expected.

    """

    running: bool
    version: str = ""
    size: int = 0
    databases: Mapping[str, int] = field(default_factory=dict)
    users: int = 0
    problem: PostgresError | None = None


def status(place: Path | str) -> Status:
    """Tell how the server of a data folder (a `Path`) is, or the one behind a URL (a `str`)."""
    if isinstance(place, str):
        return _of_url(place)
    try:
        return _of_folder(Home(find(place), None))
    except OSError as error:
        raise PostgresError(
            "folder-closed",
            _("The database in %(folder)s cannot be looked at: %(reason)s."),
            hint=_("Do it as the user that made it."),
            folder=place,
            reason=error,
        ) from error


def _of_folder(home: Home) -> Status:
    if not (home.data / "PG_VERSION").exists():
        absent = _("There is no database in %(folder)s yet.")
        problem = PostgresError("no-database", absent, folder=home.folder)
        return Status(running=False, problem=problem)
    size = _size(home.data)
    if not is_running(home):
        return Status(running=False, version=major_version(home.data), size=size)
    url = socket_url(home.sockets, MAINTENANCE)
    with connected(url, _unseen()) as connection:
        return _asked(connection, size)


def _size(top: Path) -> int:
    """Add up the files; those that the server removes meanwhile do not count."""
    size = 0
    for folder, _folders, files in os.walk(top):
        for name in files:
            with suppress(FileNotFoundError):
                size += (Path(folder) / name).lstat().st_size
    return size


def _of_url(url: str) -> Status:
    try:
        with connected(sibling(url, MAINTENANCE), _unseen()) as connection:
            return _asked(connection, None)
    except PostgresError as error:
        return Status(running=False, problem=error)


def _asked(connection: Connection, size: int | None) -> Status:
    rows = connection.execute(
        "SELECT datname, pg_database_size(oid) FROM pg_database"
        " WHERE datallowconn AND has_database_privilege(oid, 'CONNECT') ORDER BY datname"
    ).fetchall()
    databases: dict[str, int] = dict(rows)
    users = connection.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    return Status(
        running=True,
        version=connection.info.parameter_status("server_version") or "",
        size=sum(databases.values()) if size is None else size,
        databases=databases,
        users=users[0] if users else 0,
    )


def require_fit(url: str) -> None:
    """Raise a `PostgresError` that says what is missing and how to get it.

    Cost: one query; where the database has no pgvector yet, also installing it, which is undone.
    """
    with connected(url, _unseen()) as connection:
        if not _look(connection):
            _require_installable(connection)


def require_fit_server(url: str) -> None:
    """Do the same for a database that need not be there yet: only its server is looked at."""
    with connected(sibling(url, MAINTENANCE), _unseen()) as connection:
        _look(connection)


def vector_version(written: str) -> tuple[int, ...]:
    """Read a version of pgvector."""
    return tuple(map(int, re.findall(r"\d+", written)))


def complain(server: int, vector: str | None) -> None:
    """Raise unless a server of this version, with this pgvector, will do."""
    if server < OLDEST_SERVER:
        raise PostgresError(
            "wrong-version",
            _("The database server is PostgreSQL %(server)s; %(oldest)s or newer is needed."),
            hint=_("Name another server in DATABASE_URL, or leave it out: then our own is used."),
            server=server,
            oldest=OLDEST_SERVER,
        )
    if vector is None or vector_version(vector) < OLDEST_VECTOR:
        raise PostgresError(
            "no-pgvector",
            _("The database server has pgvector %(vector)s; %(oldest)s or newer is needed.")
            if vector
            else _("The database server has no pgvector; %(oldest)s or newer is needed."),
            hint=_(
                "Install it on the server, name another server in DATABASE_URL, or leave"
                " DATABASE_URL out: then our own is used."
            ),
            vector=vector,
            oldest=".".join(map(str, OLDEST_VECTOR)),
        )


def _unseen() -> PostgresError:
    return PostgresError("server-unseen", _("Looking at the database server failed."))


def _look(connection: Connection) -> bool:
    """Raise unless the server will do; return whether the database has pgvector installed."""
    row = connection.execute(
        "SELECT default_version, installed_version FROM pg_available_extensions"
        " WHERE name = 'vector'"
    ).fetchone()
    available, installed = row or (None, None)
    complain(major_version_of(connection), available)
    return installed is not None


def _require_installable(connection: Connection) -> None:
    """Try it: hosted servers let users install what the rules of PostgreSQL itself forbid."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except InsufficientPrivilege as error:
        place = connection.info
        raise PostgresError(
            "pgvector-refused",
            _("The database %(database)s has no pgvector yet, and %(user)s may not install it."),
            hint=_(
                "Ask the administrator: CREATE EXTENSION vector. Or name another server in"
                " DATABASE_URL, or leave DATABASE_URL out: then our own is used."
            ),
            database=place.dbname,
            user=place.user,
        ) from error
    except UniqueViolation:
        return  # somebody else is installing it at this moment
