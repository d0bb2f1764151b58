"""Pages that cross rooms are made of panels: a room declares what it shows on which page.

A room registers its panels in its `panels.py`. A panel is a template with what it needs; where it has
nothing to show it gives None. On what stands in a list a panel is asked once, for all records of the
list: it gives a list with the contents, or None, for each of them. Panels of a page that is kept ask for
the `reader` of the request where they query; those on each record of a list are of the reader alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from katalysator.core.personal import ImpersonalRequest

Contents = Callable[[HttpRequest, Any], Any]
"""What a template needs, a mapping or None; on what stands in a list, a list of these."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page `page`: `contents(request, subject)` gives what `template` needs."""

    page: str
    template: str
    contents: Contents
    position: int


_panels: list[Panel] = []


def panel(page: str, template: str, *, position: int = 50) -> Callable[[Contents], Contents]:
    """Declare a panel, by the function that gives its contents; `position` orders a page's panels."""

    def declared(contents: Contents) -> Contents:
        _panels.append(Panel(page, template, contents, position))
        _panels.sort(key=lambda each: each.position)
        return contents

    return declared


def shown(page: str, request: HttpRequest, subject: Any = None) -> list[SafeString]:
    """The panels of a page, for who asks and what the page is about, in their order."""
    filled = [
        (each.template, each.contents(request, subject)) for each in _panels if each.page == page
    ]
    return [
        render_to_string(template, dict(context), request)
        for template, context in filled
        if context is not None
    ]


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
