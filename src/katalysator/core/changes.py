"""What has changed in the tables that pages are made of: until when something may be kept.

The database notes every write by itself, in the transaction of the write: whoever writes, a verb, a
job or an operator in SQL, need not think of it, and nobody waits for anybody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.migrations.operations import RunSQL

EVERYTHING: Final = ""
"""The subject of writes that may show on any page, whatever that is about."""

_STATES: Final = "SELECT subject, id FROM core_change ORDER BY id"
_ROWS: Final = {
    "insert": "REFERENCING NEW TABLE AS changed",
    "update": "REFERENCING OLD TABLE AS before NEW TABLE AS changed",
    "delete": "REFERENCING OLD TABLE AS changed",
    "truncate": "",
}


def state(*subjects: str) -> str:
    """Name the state of some subjects, of all where none is named: another name after every write.

    Who asks for the name first, and reads the tables then, has nothing older than the name says.
    Cost: see `states`.
    """
    return states().of(*subjects)


def states() -> "States":
    """Ask for the states of all subjects at once. Cost: one query of a table with a row for each."""
    with (
        connection.cursor() as cursor
    ):  # on every page: to make it of objects takes longer than it does
        cursor.execute(_STATES)
        return States(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class States:
    """The newest writes by their subjects."""

    writes: Sequence[tuple[str, UUID]]

    def of(self, *subjects: str) -> str:
        """Name the state of some subjects, of all where none is named."""
        about = {EVERYTHING, *subjects}
        return " ".join(pk.hex for each, pk in self.writes if not subjects or each in about)


def watched(table: str, *writes: str, by: str = "") -> RunSQL:
    """Note the `writes` to a table, all of them where none is named: an operation for a migration.

    `by` names the column with the subject of a row; without it, every write is about everything.
    """
    chosen = writes or tuple(_ROWS)
    return RunSQL("".join(_noting(table, chosen, by)), "".join(_forgetting(table, chosen)))


def _noting(table: str, writes: tuple[str, ...], by: str) -> Iterator[str]:
    for write in writes:
        named = by if _ROWS[write] else ""
        yield (
            f"CREATE TRIGGER {table}_{write}_noted AFTER {write} ON {table}"
            f" {_ROWS[write] if named else ''} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION core_note_{'rows' if named else 'table'}({named});\n"
        )


def _forgetting(table: str, writes: tuple[str, ...]) -> Iterator[str]:
    for write in writes:
        yield f"DROP TRIGGER {table}_{write}_noted ON {table};\n"
