"""What can go wrong with the database server: what, where, and how to mend it."""

from typing import Final, Self

from katalysator.faults import KatalysatorError, gettext_noop as _


class PostgresError(KatalysatorError):
    """The database server could not do what was asked; `said` is its own word for it, in English."""

    said: str | None = None

    def because(self, said: str) -> Self:
        """Add what PostgreSQL said, and the code and the remedy that belong to that."""
        self.said = said.strip()
        for code, hint, marks in _REMEDIES:
            if any(mark in said for mark in marks):
                self.code, self.hint = code, hint
                break
        return self

    def __str__(self) -> str:
        told = super().__str__()
        if self.said is None:
            return told
        says = _("PostgreSQL says:") if self.said else _("PostgreSQL ended without a word.")
        return f"{told} {self.say(says)} {self.said}".rstrip()


_REMEDIES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("disk-full", _("Make room on the disk and try again."), ("No space left on device",)),
    ("database-in-use", _("Stop what uses the database and try again."), ("being accessed by other users",)),
    ("not-a-dump", _("Choose a file that `dump` has written."), ("does not appear to be",)),
    ("not-a-dump", _("Choose a file that `dump` has written, or use psql for SQL."), ("text format dump",)),
    ("not-a-dump", _("It was written by a newer PostgreSQL: update this one first."), ("unsupported version",)),
    ("not-a-dump", _("The file is damaged or was cut off: choose another one."),
     ("input file", "end of file", "uncompress data")),
    ("wrong-version", _("Use the pg_dump of that server's version instead."), ("server version mismatch",)),
    ("extension-refused", _("This user may not make extensions: ask the administrator."),
     ("permission denied to create extension",)),
    ("database-refused", _("This user may not make databases: docs/running.md says how a restore is let."),
     ("permission denied to create database",)),
    ("no-encryption", _("Use the pg_dump of your system instead."), ("SSL support is not compiled in",)),
)  # fmt: skip
"""Codes and remedies, each with the words of PostgreSQL that it belongs to."""
