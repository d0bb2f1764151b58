"""A line in the log for each request, and the number by which it is found there again."""

import logging
import secrets
from time import perf_counter
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

from katalysator.site.health import ADDRESSES, Respond
from katalysator.site.logs import request_number

NOBODY: Final = "-"
UNKNOWN: Final = "?"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SHOWN: Final = frozenset({"pk", "other", "slug", "kind", "market_slug", "deed", "version", "id"})
"""Parts of an address that are no secret; all others are left out."""

_log = logging.getLogger("katalysator.requests")


def log_requests(respond: Respond) -> Respond:
    """Middleware that gives each request a number, and writes a line when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began, number = perf_counter(), secrets.token_hex(8)
        token = request_number.set(number)
        try:
            response = respond(request)
            response["X-Request-ID"] = number
            _log.info("request", extra={"facts": _facts(request, response, began)})
            return response
        finally:
            request_number.reset(token)

    return middleware


def _facts(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    return {
        "method": request.method if request.method in _METHODS else UNKNOWN,
        "path": shown_path(request, response.status_code),
        "status": response.status_code,
        "ms": round((perf_counter() - began) * 1000),
        "person": _person(request),
    }


def shown_path(request: HttpRequest, status: int) -> str:
    """The path without what may be a secret; “?” where we have no such page."""
    found, path = request.resolver_match, request.path
    if found is None:
        known = path in ADDRESSES or (status < 400 and path.startswith(settings.STATIC_URL))
        return path if known else UNKNOWN
    for name, value in found.kwargs.items():
        text = str(value or "")
        if text and (name not in _SHOWN or (status >= 400 and not text.isdigit())):
            path = path.replace(text, "…")
    return path


def _person(request: HttpRequest) -> object:
    """The number of who asks, where that was looked up."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:  # noqa: SLF001
        return NOBODY
    return getattr(user, "pk", None) or NOBODY
