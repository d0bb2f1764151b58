"""Rows as the database holds them, for what is read by the hundred while somebody waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.pq import Format


@contextmanager
def binary_cursor() -> Iterator[CursorWrapper]:
    """A cursor to which values come in binary: bytes are half as long as written out, and numbers need not be read.

    Vectors and JSON have no binary form that Django knows: ask for `halfvec_send(…)` and `…::text`.
    """
    with connection.cursor() as cursor:
        # Django's own writes the values into the query: such a one is answered in text alone.
        cursor.cursor = Cursor(connection.connection)
        cursor.cursor.format = Format.BINARY
        yield cursor
