"""Longer texts of people as HTML: CommonMark, without mark-up of their own and without pictures.

One door for all rooms; in a template ``{{ text|markdown }}``, after ``{% load markdown %}``. Whatever a text says,
what comes out holds these tags only, links that no search engine follows, and headings that go on from the page's.
"""

from collections.abc import Sequence
from functools import cache
from html import unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FIRST_HEADING: Final = 3
"""The level of a text's own headings, below the title of a page and that of the part where it stands."""
_LAST_HEADING: Final = 6
_TAGS: Final = frozenset({
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "ul",
})  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}, "*": set[str]()}  # no title of any tag
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_REL: Final = "nofollow noopener"


def as_html(text: str, first_heading: int = FIRST_HEADING) -> SafeString:
    """A text as a page shows it; its headings begin at level `first_heading`, and skip none.

    Cost: about a millisecond for two pages of text.
    """
    reader = _reader()
    tokens = reader.parse(text)
    _lower_headings(tokens, first_heading)
    html = nh3.clean(
        reader.renderer.render(tokens, reader.options, {}),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel=_REL,
    )
    return mark_safe(html)  # noqa: S308 — nothing but the tags above


@cache
def _reader() -> MarkdownIt:
    """What reads CommonMark; a picture would be fetched from elsewhere, and becomes a link."""
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _lower_headings(tokens: Sequence[Token], first: int) -> None:
    """Let each heading lie one below the one that it stands under, the highest at level `first`."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            above = [*(each for each in above if each < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(first + len(above) - 1, _LAST_HEADING)}"


def as_text(text: str) -> str:
    """The words of a text without the signs of its mark-up, for lists, for searching and for the engine."""
    plain = nh3.clean(as_html(text), tags=set())
    return unescape(plain).strip()
