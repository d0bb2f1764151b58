"""Texts with some words marked, as HTML; everything else in them is shown as text."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


class Marked(Protocol):
    """A text, and the places in it to mark: in order, and apart from each other."""

    @property
    def text(self) -> str: ...

    @property
    def marks(self) -> Sequence[tuple[int, int]]: ...


def marked(piece: Marked) -> SafeString:
    """The text with its marks as ``<mark>``. Each piece of it is escaped by itself."""
    return mark_safe("".join(_pieces(piece)))  # noqa: S308 — all pieces are escaped


def _pieces(piece: Marked) -> Iterator[SafeString]:
    done = 0
    for start, end in piece.marks:
        yield conditional_escape(piece.text[done:start])
        yield format_html("<mark>{}</mark>", piece.text[start:end])
        done = end
    yield conditional_escape(piece.text[done:])
