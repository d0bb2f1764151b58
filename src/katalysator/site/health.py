"""Two addresses for proxies and monitors: does the process live, and can it serve?

They are answered before anything else is asked of the request: no language, session, host or HTTPS. A
stranger learns no more than yes or no.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


def answer_monitors(respond: Respond) -> Respond:
    """Middleware that answers `/health` and `/ready` itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = ADDRESSES.get(request.path_info)
        return answer() if answer else respond(request)

    return middleware


def is_ready() -> bool:
    """Whether the database answers, and has all the tables of this version. Cost: two queries."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        connection.close()
        return False
    return _newest() <= set(applied)


def _health() -> HttpResponse:
    return _said("ok", 200)


def _ready() -> HttpResponse:
    return _said("ok", 200) if is_ready() else _said("not ready", 503)


def _said(word: str, status: int) -> HttpResponse:
    return HttpResponse(f"{word}\n", "text/plain", status, headers={"Cache-Control": "no-store"})


@cache
def _newest() -> frozenset[tuple[str, str]]:
    """The last migration of every room; those before it are applied where it is."""
    loader = MigrationLoader(None)
    return frozenset(loader.graph.leaf_nodes())


ADDRESSES: Final[Mapping[str, Callable[[], HttpResponse]]] = {"/health": _health, "/ready": _ready}
"""The addresses, and what answers there."""
