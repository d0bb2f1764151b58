"""The page that says what there is of open data, the archive, and what that says of itself."""

from datetime import datetime
from typing import Final

from allauth.core.ratelimit import consume_or_429
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import condition, require_safe

from katalysator.core.exports import open_tables
from katalysator.site.open_data import archive

_CACHED: Final = "public, no-cache"
"""Others may keep it, and ask each time whether it is still so."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is in it, under which licence, since when it is so, and how it is taken along."""
    context = {
        "tables": open_tables(),
        "licence": archive.LICENCE,
        "made_at": archive.made_at(archive.state()),
    }
    return render(request, "site/open_data.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """All of it, as one archive."""
    return _download(request, archive.state())


@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """What the archive says of itself: a data package (Frictionless)."""
    return _description(request, archive.state())


def _tag(_request: HttpRequest, named: str) -> str:
    return f'"{named}"'


def _since(_request: HttpRequest, named: str) -> datetime | None:
    return archive.made_at(named)


_unless_known: Final = condition(etag_func=_tag, last_modified_func=_since)


@_unless_known
def _download(request: HttpRequest, named: str) -> HttpResponseBase:
    if refusal := _too_often(request):
        return refusal
    found = archive.opened(named)
    name = f"open-data-{timezone.localdate(found.made_at).isoformat()}.zip"
    response = FileResponse(
        found.file, as_attachment=True, filename=name, content_type="application/zip"
    )
    return _shared(response, found)


@_unless_known
def _description(request: HttpRequest, named: str) -> HttpResponseBase:
    if refusal := _too_often(request):
        return refusal
    with (found := archive.opened(named)).file:
        response = HttpResponse(found.description(), content_type="application/json")
    return _shared(response, found)


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """The answer to who takes it along again and again, without asking whether it changed."""
    refusal: HttpResponse | None = consume_or_429(request, action="open_data", limit_get=True)
    return refusal


def _shared(response: HttpResponse | FileResponse, found: archive.OpenArchive) -> HttpResponseBase:
    """Anybody may have it, and programs on pages of others too."""
    response["Cache-Control"] = _CACHED
    response["Last-Modified"] = http_date(found.made_at.timestamp())
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
