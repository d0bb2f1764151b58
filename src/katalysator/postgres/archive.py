"""A database as one file: written whole or not at all, read back whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from psycopg import Connection, sql

from katalysator.postgres.accounts import run
from katalysator.postgres.connection import (
    MAINTENANCE,
    client,
    connected,
    database_of,
    major_version_of,
    run_client,
    sibling,
)
from katalysator.postgres.errors import DatabaseInUse, NotADump, PostgresError, explained
from katalysator.postgres.pipe import Command, pipe
from katalysator.postgres.programs import program
from katalysator.postgres.script import fitted

_LEAVING: Final = 1.0
"""Seconds in which connections that were just closed may still be counted."""


def dump(url: str, target: Path) -> None:
    """Write the database to a file that only this user may read, in pg_dump's custom format.

    The file appears, or replaces an earlier one, when it is complete. Owners and privileges are
    left out, so that it can be restored anywhere.
    """
    doing = f"Dumping to {target}"
    try:
        with _draft(target) as draft:
            options = ("--format=custom", "--no-owner", "--no-privileges", "--file", draft)
            done = run_client("pg_dump", url, *options)
            if done.returncode:
                raise explained(doing, done.stderr)
    except OSError as error:
        raise explained(doing, str(error)) from error


def restore(url: str, source: Path) -> None:
    """Put the database of a dump in the place of the one that the URL leads to.

    It is restored beside it first, and the two change places when it is complete: a dump that is
    damaged, or a disk that is full, leaves everything as it was. Nobody may be connected. On a
    server of your own, restore as the user that the application has: it becomes the owner. It must
    be allowed to make databases and the extensions in the dump. A dump can run any SQL: restore
    only your own.
    """
    doing = f"Restoring {source}"
    require_dump(source)
    database = database_of(url)
    if database in {MAINTENANCE, "template0", "template1"}:
        raise PostgresError(f"{doing} failed: {database} is PostgreSQL's own. Name another one.")
    with connected(sibling(url, MAINTENANCE), doing) as maintenance:
        _claim(maintenance, database)
        _check_is_free(maintenance, database)
        with _beside(maintenance, database) as draft:
            _fill(sibling(url, draft), source, server=major_version_of(maintenance))
            _change_places(maintenance, database, draft)


def require_dump(source: Path) -> None:
    """Raise `NotADump` unless the file begins as a dump; the data in it are not looked at."""
    if not source.is_file():
        raise NotADump(f"There is no file {source}. Choose a file that `dump` has written.")
    listed = run([program("pg_restore"), "--list", source.absolute()])
    if listed.returncode:
        raise explained(f"Reading {source}", listed.stderr)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """Lend the name of a new file beside the target, and rename it when the block is done."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    draft = Path(name)
    try:
        yield draft
        os.fsync(descriptor)
        draft.replace(target)
    finally:
        os.close(descriptor)
        draft.unlink(missing_ok=True)


def _claim(maintenance: Connection, database: str) -> None:
    row = maintenance.execute(
        "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"restore {database}"]
    ).fetchone()
    if row != (True,):
        raise DatabaseInUse(f"Another restore of {database} is at work. Wait for it to end.")


def _check_is_free(maintenance: Connection, database: str) -> None:
    deadline = monotonic() + _LEAVING
    while users := _users(maintenance, database):
        if monotonic() > deadline:
            raise DatabaseInUse(
                f"The database {database} is in use by {', '.join(users)}. Stop the website and its"
                " workers, and try again."
            )
        sleep(0.1)


def _users(maintenance: Connection, database: str) -> list[str]:
    rows = maintenance.execute(
        "SELECT application_name, pid FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend' ORDER BY pid",
        [database],
    ).fetchall()
    return [f"{name or 'a program'} (process {process})" for name, process in rows]


@contextmanager
def _beside(maintenance: Connection, database: str) -> Iterator[str]:
    """Make an empty database for the block, and drop it afterwards if it still has that name."""
    draft = _derived(database, "restoring")
    _drop(maintenance, draft)
    _drop(maintenance, _derived(database, "replaced"))
    maintenance.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft))
    )
    try:
        yield draft
    finally:
        _drop(maintenance, draft)


def _fill(url: str, source: Path, *, server: int) -> None:
    doing = f"Restoring {source}"
    failure = pipe(_writing(source), _running(url), partial(fitted, server=server))
    if failure is not None:
        raise explained(doing, failure)
    with connected(url, doing) as connection:
        connection.execute("ANALYZE")


def _writing(source: Path) -> Command:
    """Return the command that writes a dump as SQL."""
    options = ("--no-owner", "--no-privileges", "--file=-")
    return Command((program("pg_restore"), *options, source.absolute()))


def _running(url: str) -> Command:
    """Return the command that runs SQL as one transaction, and stops at the first error."""
    options = ("--no-psqlrc", "--quiet", "--no-password", "--single-transaction", "--file=-")
    return client("psql", url, *options, "--set=ON_ERROR_STOP=1")


def _change_places(maintenance: Connection, database: str, draft: str) -> None:
    replaced = _derived(database, "replaced")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with maintenance.transaction():
        if maintenance.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [database]
        ).fetchone():
            maintenance.execute(rename.format(sql.Identifier(database), sql.Identifier(replaced)))
        maintenance.execute(rename.format(sql.Identifier(draft), sql.Identifier(database)))
    _drop(maintenance, replaced)


def _drop(maintenance: Connection, database: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    maintenance.execute(statement.format(sql.Identifier(database)))


def _derived(database: str, role: str) -> str:
    """Name a companion of the database: always the same, and short enough for PostgreSQL."""
    return f"{role}_{sha256(database.encode()).hexdigest()[:16]}"
