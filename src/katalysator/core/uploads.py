"""Views that take a file, of a page or of the API: each says so, and how large it may be; all others take none (`site/bodies.py`)."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])

_MARK: Final = "largest_upload"
_AROUND: Final = 50_000  # bytes that the other fields of such a form take


def takes_file(most: int) -> Callable[[View], View]:
    """Mark a view that takes a file of at most `most` bytes, of people who are known; put it above all else, but below the route of the API."""

    def marked(view: View) -> View:
        setattr(view, _MARK, most)
        return view

    return marked


def takes_as(view: Callable[..., Any], inner: Callable[..., Any] | None) -> None:
    """Let a view take what the one within it takes."""
    setattr(view, _MARK, getattr(inner, _MARK, 0))


def may_take_file(view: Callable[..., Any]) -> bool:
    """Whether a file may come here, of whoever it may come."""
    return bool(getattr(view, _MARK, 0))


def largest_upload(request: HttpRequest, view: Callable[..., Any]) -> int:
    """How many bytes may come with this request; 0 where no file may."""
    most: int = getattr(view, _MARK, 0)
    is_form = (request.content_type or "") == "multipart/form-data"
    takes = most and is_form and request.method == "POST" and request.user.is_authenticated
    return most + _AROUND if takes else 0
