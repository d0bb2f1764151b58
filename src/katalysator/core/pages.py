"""Pages that many readers see alike: rendered once, kept until something changes, and filled for each reader."""

import secrets
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from katalysator.core import panels
from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.core.personal import TEMPLATE, Hole, ImpersonalRequest, split

PageContents = Callable[[ImpersonalRequest], Mapping[str, Any]]
"""What a template needs; asked only where the page is not kept."""

_HOLE: Final = 2_000  # bytes that a hole takes, about
_GZIP: Final = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"  # a file with a name, of no date
_END: Final = b"\x03\0"  # of a deflated text
_NAME: Final = 100  # letters at most


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text and the same compressed, so that it can stand beside others."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, text: str, level: int = 6) -> "_Piece":
        plain, packer = text.encode(), zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
        return cls(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts around the holes of a page, and what these are for."""

    pieces: Sequence[_Piece]
    holes: Sequence[Hole]

    @property
    def size(self) -> int:
        texts = sum(len(each.plain) + len(each.packed) for each in self.pieces)
        return texts + _HOLE * len(self.holes)


def kept_page(
    request: HttpRequest,
    template: str,
    contents: PageContents,
    *,
    sees: str,
    state: str,
    own: Mapping[str, Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """Answer with a page that may be kept.

    Parameters
    ----------
    request
        Who asks for what.
    template
        The template, with `personal` where it shows something of the reader.
    contents
        Gives what the template needs; it queries as the `reader`.
    sees
        Names what the asker may see: `contents` must be the same for all who have the same name.
    state
        Names the state of what the page is made of (`changes.state`), asked for before anything is read.
    own
        What templates in holes need, by their names.

    Cost: filling the holes; where the page is not kept, that of `contents` and the template.

    """
    key = template, active_language(), request.get_full_path(), _is_htmx(request), sees, state
    page = kept("page", key, lambda: _made(request, template, contents), lambda page: page.size)
    return _answer(request, list(_filled(page, _fillings(request, page.holes, own or {}))))


def _made(request: HttpRequest, template: str, contents: PageContents) -> _Page:
    impersonal = ImpersonalRequest(request)
    text = render_to_string(template, dict(contents(impersonal)), impersonal)
    if "csrfmiddlewaretoken" in text:
        raise ValueError(f"{template} keeps a form of one reader: it belongs in a hole.")
    pieces, holes = split(text, impersonal.holes)
    return _Page([*map(_Piece.of, pieces)], holes)


def _fillings(
    request: HttpRequest, holes: Sequence[Hole], own: Mapping[str, Mapping[str, Any]]
) -> Iterator[_Piece]:
    found = {kind: iter(_of_panels(request, kind, holes)) for kind in {each.kind for each in holes}}
    for hole in holes:
        is_own = hole.kind == TEMPLATE
        yield _Piece.of(
            render_to_string(hole.subject, dict(own.get(hole.subject, {})), request)
            if is_own
            else next(found[hole.kind]),
            level=1,
        )


def _of_panels(request: HttpRequest, kind: str, holes: Sequence[Hole]) -> Iterator[str]:
    if kind != TEMPLATE:
        subjects = [hole.subject for hole in holes if hole.kind == kind]
        yield from map("".join, panels.shown_on_each(kind, request, subjects))


def _filled(page: _Page, fillings: Iterator[_Piece]) -> Iterator[_Piece]:
    for piece, filling in zip_longest(page.pieces, fillings):
        yield piece
        if filling:
            yield filling


def _answer(request: HttpRequest, pieces: Sequence[_Piece]) -> HttpResponse:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = b"".join(_packed(pieces) if is_packed else (each.plain for each in pieces))
    response = HttpResponse(body)
    patch_vary_headers(response, ["Accept-Encoding"])
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response


def _packed(pieces: Sequence[_Piece]) -> Iterator[bytes]:
    """A file of gzip; its name is of any length, so that the size tells nothing of what is secret."""
    yield _GZIP + b"k" * secrets.randbelow(_NAME) + b"\0"
    check = size = 0
    for each in pieces:
        yield each.packed
        check, size = zlib.crc32(each.plain, check), size + len(each.plain)
    yield _END + check.to_bytes(4, "little") + size.to_bytes(4, "little")


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
