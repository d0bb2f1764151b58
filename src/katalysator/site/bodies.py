"""What is sent to a page is refused before it is read, where it is more than the page can take.

Parts of a form that are files go nowhere, neither to disk nor to memory, unless the page says that it takes
one (`core/uploads.py`): then they go to memory, for people who are logged in, and for programs with a good token.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from katalysator.core.language import number
from katalysator.core.uploads import largest_upload, may_take_file
from katalysator.site.api import api, is_let_in, problem

_DIGITS: Final = 20  # more than that are not worth counting
_API: Final = f"/api/v{api.version.partition('.')[0]}/"


class BodyLimitMiddleware:
    """Refuses a body that is too large, or that does not say how large it is.

    Place it before whatever reads the body, such as the check for forged requests, and after what knows the
    reader's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what process_view does not refuse."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],  # noqa: ARG002
        named: Mapping[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Refuse by the headers alone: 413 for a body that is too large, 411 without a length."""
        length = _length(request)
        if length is None:
            return _refused(request, 411, _("Say how large this is (Content-Length)."))
        if may_take_file(view) and request.path_info.startswith(_API):
            is_let_in(request)
        if upload := largest_upload(request, view):
            request.upload_handlers = [ToMemory(request)]
        if length <= max(upload, settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            return None
        return _refused(request, 413, _too_large(upload))


class NoFiles(FileUploadHandler):
    """Lets a file of a form go by unread."""

    def new_file(self, *_arguments: Any, **_named: Any) -> NoReturn:
        """Skip it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Keep nothing."""
        return

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """Nothing came of it."""
        return


class ToMemory(MemoryFileUploadHandler):
    """Keeps a file in memory, whatever its size: that of the whole body was looked at before."""

    def handle_raw_input(self, *_arguments: Any, **_named: Any) -> None:
        """Take all files."""
        self.activated = True


def _too_large(upload: int) -> str:
    if upload:
        sentence = _("Upload a file of %(megabytes)s MB or less. Nothing was saved.")
    else:
        sentence = _("Send %(megabytes)s MB or less; shorten the texts. Nothing was saved.")
    most = (upload or settings.DATA_UPLOAD_MAX_MEMORY_SIZE) // 1_000_000
    return sentence % {"megabytes": number(most, 0)}


def _length(request: HttpRequest) -> int | None:
    """How many bytes come, as the headers say; None where they do not say it."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if said.isascii() and said.isdigit():
        return int(said) if len(said) < _DIGITS else 10**_DIGITS
    return None if said or "HTTP_TRANSFER_ENCODING" in request.META else 0


def _refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """A page, or problem details where a program asked."""
    if request.path_info.startswith(_API):
        return problem(status, sentence)
    context = {"status": status, "sentence": sentence}
    return render(request, "413.html", context, status=status)
