"""What has changed in the tables that pages are made of: until when something may be kept.

The database notes every write by itself, in the transaction of the write: whoever writes, a verb, a
job or an operator in SQL, need not think of it, and nobody waits for anybody.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection
from django.db.migrations.operations import RunSQL

from katalysator.core.kept import kept

T = TypeVar("T")

EVERYTHING: Final = ""
"""The subject of writes that may show on any page, whatever that is about."""

_asked: "ContextVar[States | None]" = ContextVar("asked", default=None)
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
    """The states of all subjects. Cost: one query of a table with a row for each; none within `as_of`."""
    return _asked.get() or _states()


@contextmanager
def as_of(now: "States") -> Iterator[None]:
    """Let `states` be these for a while: what is read meanwhile is as new as they say, or newer."""
    before = _asked.set(now)
    try:
        yield
    finally:
        _asked.reset(before)


def states_at_hand() -> "States | None":
    """The states within `as_of`; None elsewhere."""
    return _asked.get()


def seldom(name: str, ask: Callable[[], T]) -> T:
    """What changes seldom and is small: within `as_of` asked once for each state of everything, else now."""
    now = _asked.get()
    return ask() if now is None else kept(name, now.of(EVERYTHING), ask, lambda _answer: 0)


def _states() -> "States":
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


def watched(table: str, *writes: str, by: str = "", about: str = EVERYTHING) -> RunSQL:
    """Note the `writes` to a table, all of them where none is named: an operation for a migration.

    `by` names the columns with the subject of a row; without it, every write is `about` the same.
    """
    chosen = writes or tuple(_ROWS)
    return RunSQL("".join(_noting(table, chosen, by, about)), "".join(_forgetting(table, chosen)))


def _noting(table: str, writes: tuple[str, ...], by: str, about: str) -> Iterator[str]:
    for write in writes:
        named = ", ".join(by.split()) if _ROWS[write] else ""
        noting = f"rows({named})" if named else f"table('{about}')"
        yield (
            f"CREATE TRIGGER {table}_{write}_noted AFTER {write} ON {table}"
            f" {_ROWS[write] if named else ''} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION core_note_{noting};\n"
        )


def _forgetting(table: str, writes: tuple[str, ...]) -> Iterator[str]:
    for write in writes:
        yield f"DROP TRIGGER {table}_{write}_noted ON {table};\n"
