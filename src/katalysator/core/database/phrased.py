"""Records by number, for what each page asks for: put into SQL once, and only the numbers told anew.

To put a query with its seventy columns into words takes Django longer than it takes the database to answer it.
"""

from collections.abc import Callable, Collection, Hashable
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from katalysator.core.database.prepared import prepared_cursor
from katalysator.core.kept import kept

ModelT = TypeVar("ModelT", bound=Model)

_NUMBERS: Final = object()
"""Stands among the values of a query for the numbers that are asked for."""
_LARGEST: Final = 2**63 - 1  # that a column of numbers holds
_BYTES: Final = 60_000  # that a query takes with its phrase, about


def by_number(
    name: str, key: Hashable, rows: Callable[[], QuerySet[ModelT]], numbers: Collection[int]
) -> dict[int, ModelT]:
    """Give those of some rows that have these numbers, as `in_bulk` does.

    Parameters
    ----------
    name, key
        Name the query together: `rows` must give the same for all that have the same key.
    rows
        Gives the records, with what comes along; asked only where the query is not kept. Nothing is prefetched.
    numbers
        The primary keys.

    Cost: one query; none for no numbers.

    """
    possible = [number for number in numbers if number <= _LARGEST]  # an address may have any
    if not possible:
        return {}
    phrase = kept("phrase", (name, key), lambda: _Phrase(rows()), lambda _: _BYTES)
    return {record.pk: record for record in phrase.asked(possible)}


class _AmongThem(Func):
    """Whether a number is among those that are asked for."""

    template = "%(expressions)s = ANY(%%s::bigint[])"
    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, *args: Any, **context: Any) -> Any:
        """Leave room for the numbers."""
        sql, values = super().as_sql(compiler, *args, **context)
        return sql, [*values, _NUMBERS]


class _Phrase(Generic[ModelT]):
    """A query in SQL, and how its rows become records."""

    def __init__(self, rows: QuerySet[ModelT]) -> None:
        asked = rows.filter(_AmongThem(F("pk"))).order_by()
        self._database = asked.db
        compiler = self._compiler = asked.query.get_compiler(self._database)
        try:
            self._sql, self._values = compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""
            return
        told: Any = compiler.klass_info
        select: Any = compiler.select
        self._converters = compiler.get_converters([each[0] for each in select])
        start, end = told["select_fields"][0], told["select_fields"][-1] + 1
        self._model, self._own = told["model"], slice(start, end)
        # Django looks each column up in these: in a list that takes longer than all else.
        self._names = frozenset(each[0].target.attname for each in select[self._own])
        related: Any = get_related_populators
        self._related = related(told, select, self._database)
        for each in self._related:
            _look_up_quickly(each)

    def asked(self, numbers: list[int]) -> list[ModelT]:
        """The records with these numbers."""
        if not self._sql:
            return []
        values = [numbers if each is _NUMBERS else each for each in self._values]
        with prepared_cursor() as cursor:
            cursor.execute(self._sql, values)
            found = cursor.fetchall()
        return [
            self._record(row) for row in self._compiler.apply_converters(found, self._converters)
        ]

    def _record(self, row: Any) -> ModelT:
        found: ModelT = self._model.from_db(self._database, self._names, row[self._own])
        for each in self._related:
            each.populate(row, found)
        return found


def _look_up_quickly(related: Any) -> None:
    related.init_list = frozenset(related.init_list)
    for each in related.related_populators:
        _look_up_quickly(each)
