"""What can go wrong with the database server; every message says what, where and how to mend it."""


class PostgresError(Exception):
    """The database server could not do what was asked."""


class ProgramsMissing(PostgresError):  # noqa: N818
    """The programs of PostgreSQL are not here, or not for the user that must run them."""


class WrongVersion(PostgresError):  # noqa: N818
    """The data were written by another major version than the programs have."""


class StartFailed(PostgresError):  # noqa: N818
    """The server did not come up."""


class DatabaseInUse(PostgresError):  # noqa: N818
    """Others work in what must be free of users for this."""


class NotADump(PostgresError):  # noqa: N818
    """The file is not a complete dump in the custom format."""


class DiskFull(PostgresError):  # noqa: N818
    """There is no room for what must be written."""


_MARKS: tuple[tuple[str, type[PostgresError], str], ...] = (
    ("No space left on device", DiskFull, "Make room on the disk and try again."),
    ("being accessed by other users", DatabaseInUse, "Stop what uses the database and try again."),
    ("does not appear to be", NotADump, "Choose a file that `dump` has written."),
    ("text format dump", NotADump, "Choose a file that `dump` has written, or use psql for SQL."),
    (
        "unsupported version",
        NotADump,
        "It was written by a newer PostgreSQL: update this one first.",
    ),
    ("input file", NotADump, "The file is damaged or was cut off: choose another one."),
    ("end of file", NotADump, "The file is damaged or was cut off: choose another one."),
    ("uncompress data", NotADump, "The file is damaged or was cut off: choose another one."),
    ("server version mismatch", WrongVersion, "Use the pg_dump of that server's version instead."),
    (
        "permission denied to create extension",
        PostgresError,
        "This user may not make extensions: ask the administrator.",
    ),
    ("SSL support is not compiled in", PostgresError, "Use the pg_dump of your system instead."),
)


def explained(
    doing: str, said: str, otherwise: type[PostgresError] = PostgresError
) -> PostgresError:
    """Make the fitting error of what PostgreSQL `said` while `doing` something."""
    said = said.strip() or "it ended without a word"
    for mark, kind, hint in _MARKS:
        if mark in said:
            return kind(f"{doing} failed. {hint} PostgreSQL says: {said}")
    return otherwise(f"{doing} failed. PostgreSQL says: {said}")
