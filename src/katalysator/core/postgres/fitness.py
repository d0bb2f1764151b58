"""Whether a server from elsewhere can carry a coalition: new enough, and with pgvector."""

from typing import Final

from katalysator.core.postgres.connection import connected
from katalysator.core.postgres.errors import PostgresError, WrongVersion

OLDEST_SERVER: Final = 15
OLDEST_VECTOR: Final = (0, 7)
"""The first pgvector that keeps vectors in half precision."""


def require_fit(url: str) -> None:
    """Raise a `PostgresError` that says what is missing and how to get it. Cost: one query."""
    with connected(url, "Looking at the database server") as connection:
        server = connection.info.server_version // 10_000
        row = connection.execute(
            "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
        ).fetchone()
    complain(server, row[0] if row else None)


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


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
