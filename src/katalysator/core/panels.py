"""Pages that cross rooms are made of panels: a room declares what it shows on which page.

A room registers its panels in its `panels.py`. A panel is a template with what it needs; where it has
nothing to show it gives None. On what stands in a list a panel is asked once, for all records of the
list: it gives a list with the contents, or None, for each of them. Panels of a page that is kept ask for
the `reader` of the request where they query; those on each record of a list are of the reader alone.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from katalysator.core.personal import PANEL, ImpersonalRequest

FoundT = TypeVar("FoundT")
Contents = Callable[[HttpRequest, Any], Any]
"""What a template needs, a mapping or None; on what stands in a list, a list of these."""


KeptBy = Callable[[HttpRequest, Any], tuple[str, Hashable]]
"""Names what the asker sees of a panel, and the state of all it is made of: it may change at another pace than the page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page `page`: `contents(request, subject)` gives what `template` needs."""

    page: str
    template: str
    contents: Contents
    position: int
    kept_by: KeptBy | None = None

    def text(self, request: HttpRequest, subject: Any) -> str:
        """It as it stands in the page; nothing where it has nothing to show."""
        context = self.contents(request, subject)
        return "" if context is None else render_to_string(self.template, dict(context), request)


class Waits(NamedTuple):
    """Something that waits for who asks, as a line, and the address where it is done."""

    text: str
    link: str


_WAITING: Final = "account-waits"
_NAMED: Final = 3
"""So much that waits is told one by one."""
_panels: list[Panel] = []


def panel(
    page: str, template: str, *, position: int = 50, kept_by: KeptBy | None = None
) -> Callable[[Contents], Contents]:
    """Declare a panel, by the function that gives its contents; `position` orders a page's panels.

    With `kept_by` it is kept apart from a page that is kept, where `pages` are told of its subject.
    """

    def declared(contents: Contents) -> Contents:
        _panels.append(Panel(page, template, contents, position, kept_by))
        _panels.sort(key=lambda each: each.position)
        return contents

    return declared


def waits(*, position: int = 50) -> Callable[[Callable[[Any], Iterable[Waits]]], Contents]:
    """Declare what waits for a person, by the function that gives it; it stands first on the person's own page."""

    def declared(found: Callable[[Any], Iterable[Waits]]) -> Contents:
        def contents(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
            lines = list(found(request.user))
            return {"waits": lines} if lines else None

        return panel(_WAITING, "panels/waits.html", position=position)(contents)

    return declared


def one_by_one(
    found: Sequence[FoundT], told: Callable[[Sequence[FoundT]], Iterable[Waits]], together: Waits
) -> Iterable[Waits]:
    """What waits of one kind: each by itself where it is little, as `told` says, else all of it `together` in a line."""
    if len(found) > _NAMED:
        return [together]
    return told(found) if found else ()


def waiting_for(request: HttpRequest) -> list[SafeString]:
    """What waits for who asks, of all rooms."""
    return shown(_WAITING, request)


def shown(page: str, request: HttpRequest, subject: Any = None) -> list[SafeString]:
    """The panels of a page, for who asks and what the page is about, in their order.

    On a page that is kept a hole holds the place of those that are kept apart.
    """
    found = (
        request.hole(PANEL, each)
        if each.kept_by and isinstance(request, ImpersonalRequest)
        else mark_safe(each.text(request, subject))  # noqa: S308 — a template's
        for each in _panels
        if each.page == page
    )
    return [each for each in found if each]


def shown_on_each(
    page: str, request: HttpRequest, subjects: Sequence[Any]
) -> list[list[SafeString]]:
    """The panels on each record of a list, in their order. Cost: each panel is asked once.

    On a page that is kept they are asked when it is shown: a hole holds their place.
    """
    if isinstance(request, ImpersonalRequest):
        return [[request.hole(page, subject)] for subject in subjects]
    found: list[list[SafeString]] = [[] for _ in subjects]
    for each in _panels:
        contexts = each.contents(request, subjects) if each.page == page else ()
        for panels, context in zip(found, contexts, strict=False):
            if context is not None:
                panels.append(render_to_string(each.template, dict(context), request))
    return found
