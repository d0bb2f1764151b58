"""What can go wrong with the database server: what, where, and how to mend it."""

from typing import Final, Self

from katalysator.faults import KatalysatorError, gettext_noop as _


class PostgresError(KatalysatorError):
    """The database server could not do what was asked; `said` is its own word for it, in English."""

    said: str | None = None

    def because(self, said: str) -> Self:
        """Add what PostgreSQL said, and the code and the remedy that belong to that."""
        self.said = said.strip()
        for mark, code, hint in _MARKS:
            if mark in said:
                self.code, self.hint = code, hint
                break
        return self

    def __str__(self) -> str:
        told = super().__str__()
        if self.said is None:
            return told
        says = _("PostgreSQL says:") if self.said else _("PostgreSQL ended without a word.")
        return f"{told} {self.say(says)} {self.said}".rstrip()


_NO_DUMP: Final = _("Choose a file that `dump` has written.")
_DAMAGED: Final = _("The file is damaged or was cut off: choose another one.")

_MARKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("No space left on device", "disk-full", _("Make room on the disk and try again.")),
    (
        "being accessed by other users",
        "database-in-use",
        _("Stop what uses the database and try again."),
    ),
    ("does not appear to be", "not-a-dump", _NO_DUMP),
    (
        "text format dump",
        "not-a-dump",
        _("Choose a file that `dump` has written, or use psql for SQL."),
    ),
    (
        "unsupported version",
        "not-a-dump",
        _("It was written by a newer PostgreSQL: update this one first."),
    ),
    ("input file", "not-a-dump", _DAMAGED),
    ("end of file", "not-a-dump", _DAMAGED),
    ("uncompress data", "not-a-dump", _DAMAGED),
    (
        "server version mismatch",
        "wrong-version",
        _("Use the pg_dump of that server's version instead."),
    ),
    (
        "permission denied to create extension",
        "extension-refused",
        _("This user may not make extensions: ask the administrator."),
    ),
    (
        "SSL support is not compiled in",
        "no-encryption",
        _("Use the pg_dump of your system instead."),
    ),
)
"""Words of PostgreSQL, and the code and remedy that belong to them."""
