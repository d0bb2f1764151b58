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

from katalysator.faults import gettext_noop as _
from katalysator.postgres.connection import (
    MAINTENANCE,
    Command,
    client,
    connected,
    database_of,
    fitted,
    major_version_of,
    pipe,
    sibling,
)
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.programs import program, run

_LEAVING: Final = 1.0
"""Seconds in which connections that were just closed may still be counted."""


def dump(url: str, target: Path) -> None:
    """Write the database to a file that only this user may read, in pg_dump's custom format.

    The file appears, or replaces an earlier one, when it is complete. Owners and privileges are
    left out, so that it can be restored anywhere.
    """
    failure = PostgresError("dump-failed", _("Dumping to %(target)s failed."), target=target)
    try:
        with _draft(target) as draft:
            options = ("--format=custom", "--no-owner", "--no-privileges", "--file", draft)
            command = client("pg_dump", url, *options)
            done = run(command.arguments, environment=command.environment)
            if done.returncode:
                raise failure.because(done.stderr)
    except OSError as error:
        raise failure.because(str(error)) from error


def restore(url: str, source: Path) -> None:
    """Put the database of a dump in the place of the one that the URL leads to.

    It is restored beside it first, and the two change places when it is complete: a dump that is
    damaged, or a disk that is full, leaves everything as it was. Nobody may be connected. On a
    server of your own, restore as the user that the application has: it becomes the owner. It must
    be allowed to make databases and the extensions in the dump. A dump can run any SQL: restore
    only your own.
    """
    require_dump(source)
    database = database_of(url)
    if database in {MAINTENANCE, "template0", "template1"}:
        raise PostgresError(
            "database-of-server",
            _("The database %(database)s is PostgreSQL's own."),
            hint=_("Name another one."),
            database=database,
        )
    with connected(sibling(url, MAINTENANCE), _unrestored(source)) as maintenance:
        _claim(maintenance, database)
        _check_is_free(maintenance, database)
        with _beside(maintenance, database) as draft:
            _fill(sibling(url, draft), source, server=major_version_of(maintenance))
            _change_places(maintenance, database, draft)


def require_dump(source: Path) -> None:
    """Raise `NotADump` unless the file begins as a dump; the data in it are not looked at."""
    if not source.is_file():
        raise PostgresError(
            "not-a-dump",
            _("There is no file %(source)s."),
            hint=_("Choose a file that `dump` has written."),
            source=source,
        )
    listed = run([program("pg_restore"), "--list", source.absolute()])
    if listed.returncode:
        failure = PostgresError("not-a-dump", _("Reading %(source)s failed."), source=source)
        raise failure.because(listed.stderr)


def _unrestored(source: Path) -> PostgresError:
    return PostgresError("restore-failed", _("Restoring %(source)s failed."), source=source)


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
        raise PostgresError(
            "database-in-use",
            _("Another restore of %(database)s is at work."),
            hint=_("Wait for it to end."),
            database=database,
        )


def _check_is_free(maintenance: Connection, database: str) -> None:
    deadline = monotonic() + _LEAVING
    while users := _users(maintenance, database):
        if monotonic() > deadline:
            raise PostgresError(
                "database-in-use",
                _("The database %(database)s is in use by %(users)s."),
                hint=_("Stop the website and its workers, and try again."),
                database=database,
                users=users,
            )
        sleep(0.1)


def _users(maintenance: Connection, database: str) -> tuple[str, ...]:
    rows = maintenance.execute(
        "SELECT application_name, pid FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend' ORDER BY pid",
        [database],
    ).fetchall()
    user = _("%(name)s (process %(number)s)")
    return tuple(
        PostgresError.say(user, name=name or "?", number=str(process)) for name, process in rows
    )


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
    as_sql = ("--no-owner", "--no-privileges", "--file=-", source.absolute())
    at_once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")
    said = pipe(
        Command((program("pg_restore"), *as_sql)),
        client("psql", url, "--no-psqlrc", "--quiet", "--no-password", *at_once),
        partial(fitted, server=server),
    )
    if said is not None:
        raise _unrestored(source).because(said)
    with connected(url, _unrestored(source)) as connection:
        connection.execute("ANALYZE")


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
