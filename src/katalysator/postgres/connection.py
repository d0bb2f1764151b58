"""Our own ways to a server, by its URL: a connection that commits each statement, or a program."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from katalysator.postgres.accounts import run
from katalysator.postgres.cluster import SUPERUSER
from katalysator.postgres.errors import PostgresError, explained
from katalysator.postgres.home import PORT
from katalysator.postgres.pipe import Command
from katalysator.postgres.programs import program

MAINTENANCE: Final = "postgres"
"""The database to be in while another one is made, renamed or dropped."""


def socket_url(sockets: Path, database: str) -> str:
    """Return the URL of a database behind the socket in a folder."""
    host = quote(str(sockets), safe="")
    return f"postgresql://{SUPERUSER}@/{quote(database, safe='')}?host={host}&port={PORT}"


def database_of(url: str) -> str:
    """Return the name of the database that a URL leads to."""
    name = _parts(url).get("dbname")
    if not name:
        raise PostgresError("The URL names no database. Add its name: postgresql://server/NAME")
    return name


def sibling(url: str, database: str) -> str:
    """Return the way to another database of the same server."""
    return make_conninfo(**(_parts(url) | {"dbname": database}))


@contextmanager
def connected(url: str, doing: str) -> Iterator[psycopg.Connection]:
    """Connect for the block; what the server refuses becomes a `PostgresError` about `doing`."""
    try:
        with psycopg.connect(
            url, autocommit=True, connect_timeout=10, application_name="katalysator"
        ) as connection:
            yield connection
    except psycopg.Error as error:
        raise explained(doing, str(error)) from error


def client(name: str, url: str, *options: str | Path) -> Command:
    """Return how a client program is run on a database: the password where `ps` does not look."""
    parts = _parts(url)
    environment = {**os.environ, "LC_ALL": "C"}
    if password := parts.pop("password", None):
        environment["PGPASSWORD"] = password
    return Command((program(name), "--dbname", make_conninfo(**parts), *options), environment)


def run_client(name: str, url: str, *options: str | Path) -> CompletedProcess[str]:
    """Run a client program on a database."""
    command = client(name, url, *options)
    return run(command.arguments, environment=command.environment)


def major_version_of(connection: psycopg.Connection) -> int:
    """Return the major version of the server, such as 18."""
    return connection.info.server_version // 10_000


def _parts(url: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items() if value}
    except psycopg.Error as error:
        raise PostgresError(
            f"This is no address of a database: {error}. Write postgresql://user@server/NAME"
        ) from error
