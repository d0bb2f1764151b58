"""Whether a server from elsewhere can carry a coalition: new enough, and with pgvector."""

from typing import Final

from psycopg import Connection
from psycopg.errors import InsufficientPrivilege, UniqueViolation

from katalysator.postgres.connection import (
    MAINTENANCE,
    connected,
    major_version_of,
    sibling,
)
from katalysator.postgres.errors import PostgresError, WrongVersion

OLDEST_SERVER: Final = 15
OLDEST_VECTOR: Final = (0, 7)
"""The first pgvector that keeps vectors in half precision."""
_LOOKING: Final = "Looking at the database server"


def require_fit(url: str) -> None:
    """Raise a `PostgresError` that says what is missing and how to get it.

    Cost: one query; where the database has no pgvector yet, also installing it, which is undone.
    """
    with connected(url, _LOOKING) as connection:
        if not _look(connection):
            _require_installable(connection)


def require_fit_server(url: str) -> None:
    """Do the same for a database that need not be there yet: only its server is looked at."""
    with connected(sibling(url, MAINTENANCE), _LOOKING) as connection:
        _look(connection)


def complain(server: int, vector: str | None) -> None:
    """Raise unless a server of this version, with this pgvector, will do."""
    if server < OLDEST_SERVER:
        raise WrongVersion(
            f"The database server is PostgreSQL {server}; {OLDEST_SERVER} or newer is needed. "
            "Name another server in DATABASE_URL, or leave it out: then our own is used."
        )
    if vector is None or _parts(vector) < OLDEST_VECTOR:
        wanted = ".".join(map(str, OLDEST_VECTOR))
        raise PostgresError(
            f"The database server has {f'pgvector {vector}' if vector else 'no pgvector'}; pgvector "
            f"{wanted} or newer is needed. Install it on the server, name another server in "
            "DATABASE_URL, or leave DATABASE_URL out: then our own is used."
        )


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
            f"The database {place.dbname} has no pgvector yet, and {place.user} may not install it "
            "there. Ask the administrator: CREATE EXTENSION vector. Or name another server in "
            "DATABASE_URL, or leave DATABASE_URL out: then our own is used."
        ) from error
    except UniqueViolation:
        return  # somebody else is installing it at this moment


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
