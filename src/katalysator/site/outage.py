"""What pages say while the database is away or the disk is full: nothing is half kept, reading goes on.

The last of the disk is not written on: PostgreSQL needs some to go on answering, and to start again.
"""

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from katalysator.postgres import PostgresError, place_of
from katalysator.site.environment import OUR_SERVER, data_folder

RESERVE: Final = 32 * 2**20
"""Bytes that must be free for anything to be written."""
_AGAIN: Final = "30"  # seconds
_READING: Final = ("GET", "HEAD", "OPTIONS", "TRACE")
_AWAY: Final = (OperationalError, InterfaceError, psycopg.OperationalError)

Answer = Callable[[HttpRequest], HttpResponse]


class DiskFull(OperationalError):  # noqa: N818
    """There is too little room to write anything."""


def is_disk_full() -> bool:
    """Whether a disk that we keep things on is full but for the reserve."""
    folder = data_folder()
    try:
        places = {folder, place_of(folder / OUR_SERVER)}
    except PostgresError:
        places = {folder}
    return any(shutil.disk_usage(place).free < RESERVE for place in places if place.exists())


def require_room() -> None:
    """Raise `DiskFull` where nothing can be written now; a job is tried again later."""
    if is_disk_full():
        raise DiskFull("The disk is full but for a reserve: jobs wait.")


def keeping_reserve(get_response: Answer) -> Answer:
    """Middleware: what would write is refused, clearly, while the disk is full."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in _READING and is_disk_full():
            return _said(request, HTTPStatus.INSUFFICIENT_STORAGE)
        return get_response(request)

    return answer


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong on our side: where it will pass, it says so."""
    return _said(request, _status(sys.exc_info()[1]))


def _said(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    response = render(request, f"{status}.html", status=status)
    if status != HTTPStatus.INTERNAL_SERVER_ERROR:
        response["Retry-After"] = _AGAIN
    return response


def _status(error: BaseException | None) -> HTTPStatus:
    found = list(_causes(error))
    if any(map(_is_full, found)):
        return HTTPStatus.INSUFFICIENT_STORAGE
    if any(isinstance(each, _AWAY) for each in found):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _is_full(error: BaseException) -> bool:
    said = isinstance(error, OSError) and error.errno == errno.ENOSPC
    return said or isinstance(error, (psycopg.errors.DiskFull, DiskFull))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
