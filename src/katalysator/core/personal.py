"""What of a page is of its reader alone: name, tokens, messages, buttons. It is never kept.

A page that is kept is rendered for nobody (`ImpersonalRequest`), with a hole for each of these;
`pages.py` fills them for whoever asks. A template that shows the reader outside a hole shows a visitor.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

TEMPLATE: Final = "template"
"""The kind of a hole that a template fills, which the subject names."""
PANEL: Final = "panel"
"""The kind of a hole that a panel fills, which is kept apart from the page; other kinds are pages of panels."""
_SIGN: Final = f"\0{secrets.token_hex(16)}\0"  # nobody can write one into a text


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in a page, with what it is to be filled with for each reader."""

    kind: str
    subject: Any


class ImpersonalRequest(HttpRequest):
    """A request as a kept page sees it: an address, and nothing of who asks.

    `reader` is for queries only: what they give must be the same for all who `see` the same. Parts that stood in
    what was there `before`, by their names, are taken over.
    """

    user: AnonymousUser

    def __init__(self, asked: HttpRequest, before: Mapping[bytes, Any] | None = None) -> None:
        super().__init__()
        self.method, self.path, self.path_info = "GET", asked.path, asked.path_info
        self.GET = asked.GET
        self.META["QUERY_STRING"] = asked.META.get("QUERY_STRING", "")
        self.resolver_match = asked.resolver_match
        self.htmx = getattr(asked, "htmx", False)
        self.user, self.reader = AnonymousUser(), reader(asked)
        self.places: list[Any] = []
        self.before = before or {}

    def hole(self, kind: str, subject: Any) -> SafeString:
        """Leave a hole in the page."""
        return self.place(Hole(kind, subject))

    @contextmanager
    def apart(self) -> Iterator[list[Any]]:
        """Collect what has a place in a part of the page, which is made meanwhile."""
        outside, self.places = self.places, []
        try:
            yield self.places
        finally:
            self.places = outside

    def place(self, part: Any) -> SafeString:
        """Put a hole, or a part that is kept apart, in its place in the page."""
        self.places.append(part)
        return mark_safe(f"{_SIGN}{len(self.places) - 1}{_SIGN}")  # noqa: S308 — ours alone


def reader(request: HttpRequest) -> Any:
    """Who asks, for a query: a person, or a visitor without a name."""
    return getattr(request, "reader", request.user)


def split(text: str, places: Sequence[Any]) -> tuple[list[str], list[Any]]:
    """The texts around what has a place in a page, one more than there are places, in their order."""
    pieces = text.split(_SIGN)
    return pieces[::2], [places[int(number)] for number in pieces[1::2]]
