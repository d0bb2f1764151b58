"""Sessions as Django keeps them, each asked for together with the person whom it is of.

A session says whose it is in what it keeps, which the database cannot read. So the process remembers whose
it was last time, and asks for that person beside it; the session as it is now says whether that is right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from katalysator.coalition.models import Person, asker_in

_TABLES: Final = "django_session LEFT JOIN coalition_person ON coalition_person.id = %s"
_WHICH: Final = "session_key = %s AND expire_date > %s"
_MOST: Final = 20_000  # sessions of which the person is remembered
_whose: Final[dict[str, int]] = {}
_open: ContextVar["SessionStore | None"] = ContextVar("open", default=None)


class SessionStore(db.SessionStore):
    """A session in the database. Django finds this class by its name."""

    _beside: Person | None = None

    def load(self) -> dict[str, Any]:
        """What is kept in the session; nothing where it ended. Cost: one query."""
        key = self.session_key or ""
        with connection.cursor() as cursor:  # as the states of `core/changes.py`
            cursor.execute(
                asker_in(_TABLES, _WHICH, "session_data"), [_whose.get(key), key, timezone.now()]
            )
            found = cursor.fetchall()
        if not found:
            self._session_key = None  # so that nobody chooses the key of a session to come
            return {}
        self._beside = Person.objects.asked([row[1:] for row in found])
        decoded: dict[str, Any] = self.decode(found[0][0])
        _remember(key, decoded.get(SESSION_KEY))
        return decoded

    def person(self, pk: int) -> Person | None:
        """The person of this number, where it was asked for beside the session."""
        beside, self._beside = self._beside, None
        return beside if beside and beside.pk == pk else None


def _remember(key: str, pk: str | None) -> None:
    if pk is None or _whose.get(key) == int(pk):
        return
    if len(_whose) >= _MOST:
        _whose.clear()
    _whose[key] = int(pk)


@contextmanager
def opened(session: SessionStore) -> Iterator[None]:
    """Let `found_beside` look into this session, for a while."""
    before = _open.set(session)
    try:
        yield
    finally:
        _open.reset(before)


def found_beside(pk: int) -> Person | None:
    """The person of this number, where it was asked for beside the session that is opened."""
    session = _open.get()
    return session.person(pk) if session else None
