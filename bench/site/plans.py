"""The heaviest queries behind the pages, and what the database does for them."""

import re
from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.site.visiting import visits

_SHOWN: Final = 3
_NUMBERS: Final = re.compile(r"'[^']*'|\d+")
_LONG: Final = 400


def heaviest() -> Iterator[str]:
    """The number of queries of each kind of page, then the plans of the slowest queries."""
    client = Client(HTTP_HOST="127.0.0.1")
    slowest: dict[str, tuple[float, str]] = {}
    for visit in visits(pages=20):
        client.get(visit.addresses[0])
        if visit.before:
            visit.before()
        with CaptureQueriesContext(connection) as captured:
            client.get(visit.addresses[1])
        yield f"{visit.name}: {len(captured)} queries"
        for query in captured.captured_queries:
            shape = _NUMBERS.sub("?", query["sql"])
            slowest[shape] = max(
                slowest.get(shape, (0.0, "")), (float(query["time"]), query["sql"])
            )
    for seconds, sql in sorted(slowest.values(), reverse=True)[:_SHOWN]:
        yield f"{1_000 * seconds:.0f} ms: {sql[:_LONG]} …\n{_plan(sql)}"


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}".replace("%", "%%"))
        return "\n".join(_shortened(row[0]) for row in cursor.fetchall())


def _shortened(line: str) -> str:
    return line if len(line) <= _LONG else f"{line[:_LONG]} …"
