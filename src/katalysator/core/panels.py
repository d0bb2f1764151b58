"""Pages that cross rooms are made of panels: a room declares what it shows on which page.

A room registers its panels in its `panels.py`. A panel is a template with what it needs; where it has
nothing to show it gives None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Contents = Callable[[HttpRequest, Any], Mapping[str, Any] | None]


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
