"""Our own ways to a server, by its URL: a connection that commits each statement, a program, or a pipe.

Through the pipe goes a dump on its way into a server: one program writes it as SQL, another one runs
that. A dump carries settings of the server or the programs that made it. What another version does not
know, and no data depend on, is left out on the way.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, cast
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from katalysator.faults import gettext_noop as _
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import PORT, SUPERUSER
from katalysator.postgres.programs import program

_FIRST_WITH_TRANSACTION_TIMEOUT: Final = 17
_TRANSACTION_TIMEOUT: Final = b"SET transaction_timeout = 0;\n"

# 15.20 and 17.12 keep a number of their own with every column. They make it anew themselves, and
# versions that do not know it refuse the whole dump.
_COLUMN_VERSION: Final = re.compile(
    rb"^ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);$"
)

_DATA_BEGIN: Final = re.compile(rb"^COPY .+ FROM stdin;$")
_DATA_END: Final = b"\\.\n"

_Change = Callable[[Iterable[bytes]], Iterable[bytes]]
_Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and the environment to run it in (`None`: ours)."""

    arguments: tuple[str | Path, ...]
    environment: Mapping[str, str] | None = None


def pipe(first: Command, second: Command, change: _Change) -> str | None:
    """Run both at once, out of reach of the terminal's Ctrl-C, and wait until they are done.

    Returns
    -------
    What the program that failed says of it, or `None` when both did all of their work. Where the
    second one stopped reading, it is the one that failed.

    """
    with (
        TemporaryFile() as told,
        TemporaryFile() as answered,
        _started(first, subprocess.DEVNULL, subprocess.PIPE, told) as writer,
        _started(second, subprocess.PIPE, subprocess.DEVNULL, answered) as reader,
    ):
        failed = _failed(writer, reader, change)
        return None if failed is None else _said(failed, told if failed is writer else answered)


@contextmanager
def _started(command: Command, reads: int, writes: int, says: IO[bytes]) -> Iterator[_Process]:
    """Lend a running program, and end it where it has not ended after the block."""
    with subprocess.Popen(
        command.arguments,
        stdin=reads,
        stdout=writes,
        stderr=says,
        cwd="/",
        env=command.environment,
        umask=0o077,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _failed(writer: _Process, reader: _Process, change: _Change) -> _Process | None:
    lines = change(cast("IO[bytes]", writer.stdout))
    if not _poured(lines, cast("IO[bytes]", reader.stdin)):
        return reader
    ended = [(each, each.wait()) for each in (writer, reader)]
    return next((each for each, code in ended if code), None)


def _said(process: _Process, said: IO[bytes]) -> str:
    process.wait()
    said.seek(0)
    return said.read().decode(errors="replace")


def _poured(lines: Iterable[bytes], into: IO[bytes]) -> bool:
    """Write all lines and close; `False` where nobody reads them to the end."""
    try:
        with into:
            into.writelines(lines)
    except BrokenPipeError:
        return False
    return True


def fitted(lines: Iterable[bytes], *, server: int) -> Iterator[bytes]:
    """Pass on the lines that a server of this major version can read, and all data untouched.

    Cost: a comparison for each line of data; no more than one line is kept.
    """
    in_data = False
    for line in lines:
        if in_data:
            in_data = line != _DATA_END
        elif _is_foreign(line, server):
            continue
        else:
            in_data = _DATA_BEGIN.match(line) is not None
        yield line


def _is_foreign(line: bytes, server: int) -> bool:
    if line == _TRANSACTION_TIMEOUT:
        return server < _FIRST_WITH_TRANSACTION_TIMEOUT
    return _COLUMN_VERSION.match(line) is not None


MAINTENANCE: Final = "postgres"
"""The database to be in while another one is made, renamed or dropped."""


def socket_url(sockets: Path, database: str, role: str = SUPERUSER) -> str:
    """Return the URL of a database behind the socket in a folder."""
    host = quote(str(sockets), safe="")
    return f"postgresql://{role}@/{quote(database, safe='')}?host={host}&port={PORT}"


def database_of(url: str) -> str:
    """Return the name of the database that a URL leads to."""
    name = _parts(url).get("dbname")
    if not name:
        raise PostgresError(
            "url-nameless",
            _("The URL names no database."),
            hint=_("Add its name: postgresql://server/NAME"),
        )
    return name


def sibling(url: str, database: str) -> str:
    """Return the way to another database of the same server."""
    return make_conninfo(**(_parts(url) | {"dbname": database}))


@contextmanager
def connected(url: str, failure: PostgresError) -> Iterator[psycopg.Connection]:
    """Connect for the block; what the server refuses becomes the reason of `failure`."""
    try:
        with psycopg.connect(
            url, autocommit=True, connect_timeout=10, application_name="katalysator"
        ) as connection:
            yield connection
    except psycopg.Error as error:
        raise failure.because(str(error)) from error


def client(name: str, url: str, *options: str | Path) -> Command:
    """Return how a client program is run on a database: the password where `ps` does not look."""
    parts = _parts(url)
    environment = {**os.environ, "LC_ALL": "C"}
    if password := parts.pop("password", None):
        environment["PGPASSWORD"] = password
    return Command((program(name), "--dbname", make_conninfo(**parts), *options), environment)


def major_version_of(connection: psycopg.Connection) -> int:
    """Return the major version of the server, such as 18."""
    return connection.info.server_version // 10_000


def _parts(url: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(url).items() if value}
    except psycopg.Error as error:
        raise PostgresError(
            "url-unread",
            _("This is no address of a database: %(reason)s."),
            hint=_("Write postgresql://user@server/NAME"),
            reason=error,
        ) from error
