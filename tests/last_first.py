"""Rows come last first where no order is asked for; PostgreSQL mostly gives them as they came, but never promises it.

Whoever takes that for granted fails here each time, and not once in a hundred runs.
"""

from typing import Any

from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models.sql import Query

_usual = SQLCompiler.get_order_by


def begin() -> None:
    """Let every query of this process be answered so."""
    SQLCompiler.get_order_by = _order  # type: ignore[assignment,method-assign]


def _order(compiler: SQLCompiler) -> Any:
    query = compiler.query
    if type(compiler) is not SQLCompiler or not _is_free(query):
        return _usual(compiler)
    query.order_by = ("-pk",)
    try:
        return _usual(compiler)
    finally:
        query.order_by = ()


def _is_free(query: Query) -> bool:
    """Whether the rows may come in any order: each is one of the table, and none is asked for."""
    is_of_table = query.model is not None  # else it checks one record, which stands in it
    is_asked = query.order_by or query.extra_order_by
    is_usual = is_of_table and query.default_ordering and query.get_meta().ordering
    is_of_rows = query.group_by is None and not (query.distinct or query.combinator)
    counts = any(each.contains_aggregate for each in query.annotation_select.values())
    return is_of_table and is_of_rows and not (is_asked or is_usual or query.subquery or counts)
