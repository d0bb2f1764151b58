"""What is asked again and again while somebody waits: planned once on each connection, and answered in binary where that is shorter."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.pq import Format


@contextmanager
def prepared_cursor(*, binary: bool = False) -> Iterator[CursorWrapper]:
    """A cursor whose questions the database plans once, where they come again in the same words.

    In binary, bytes are half as long as written out, and numbers need not be read. Vectors and JSON have no binary form
    that Django knows: ask for `halfvec_send(…)` and `…::text`.
    """
    with connection.cursor() as cursor:
        # Django's own writes the values into the query: to the database each is another one, and in text alone.
        told: Any = cursor
        told.cursor = Cursor(connection.connection)
        told.cursor.format = Format.BINARY if binary else Format.TEXT
        yield cursor
