"""Pages that many readers see alike: rendered once, kept until something changes, and filled for each reader."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from katalysator.core import panels
from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.core.own_parts import own_part
from katalysator.core.packing import Piece, gzipped
from katalysator.core.personal import TEMPLATE, Hole, ImpersonalRequest, split


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page tells, whose `repr` says all of it, and what its template needs, made of nothing else.

    Where a write leaves the facts as they were, the page is not rendered again.
    """

    told: object
    shown: Callable[[], Mapping[str, Any]]

    @property
    def name(self) -> bytes:
        """Another name for other facts."""
        return blake2b(repr(self.told).encode(), digest_size=16).digest()


PageContents = Callable[[ImpersonalRequest], Mapping[str, Any] | PageFacts]
"""What a template needs, or the facts that say so; asked only where the page is not kept."""

_Key = tuple[str, str, str, bool, str]
"""The template, the language, the address, whether it is a part for htmx, and what the asker sees."""
_HOLE: Final = 900  # bytes that a hole takes, about


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts around the holes of a page, and what these are for."""

    pieces: Sequence[Piece]
    holes: Sequence[Hole]

    @property
    def size(self) -> int:
        texts = sum(len(each.packed) for each in self.pieces)
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
    key = template, active_language(), request.get_full_path(), _is_htmx(request), sees
    page = kept("page", (*key, state), lambda: _made(request, key, contents), _size)
    return _answer(request, list(_filled(page, _fillings(request, page.holes, own or {}))))


def _size(page: _Page) -> int:
    return page.size


def _made(request: HttpRequest, key: _Key, contents: PageContents) -> _Page:
    impersonal = ImpersonalRequest(request)
    found, template = contents(impersonal), key[0]
    if isinstance(found, PageFacts):
        same, shown = (*key, found.name), found.shown
        return kept("same page", same, lambda: _rendered(impersonal, template, shown()), _size)
    return _rendered(impersonal, template, found)


def _rendered(impersonal: ImpersonalRequest, template: str, shown: Mapping[str, Any]) -> _Page:
    text = render_to_string(template, dict(shown), impersonal)
    if "csrfmiddlewaretoken" in text:
        raise ValueError(f"{template} keeps a form of one reader: it belongs in a hole.")
    pieces, holes = split(text, impersonal.holes)
    return _Page([*map(Piece.of, pieces)], holes)


def _fillings(
    request: HttpRequest, holes: Sequence[Hole], own: Mapping[str, Mapping[str, Any]]
) -> Iterator[Sequence[Piece]]:
    found = {kind: iter(_of_panels(request, kind, holes)) for kind in {each.kind for each in holes}}
    for hole in holes:
        if hole.kind != TEMPLATE:
            yield [Piece.of(next(found[hole.kind]), level=1)]
        elif hole.subject in own:
            text = render_to_string(hole.subject, dict(own[hole.subject]), request)
            yield [Piece.of(text, level=1)]
        else:
            yield own_part(request, hole.subject)


def _of_panels(request: HttpRequest, kind: str, holes: Sequence[Hole]) -> Iterator[str]:
    if kind != TEMPLATE:
        subjects = [hole.subject for hole in holes if hole.kind == kind]
        yield from map("".join, panels.shown_on_each(kind, request, subjects))


def _filled(page: _Page, fillings: Iterator[Sequence[Piece]]) -> Iterator[Piece]:
    for piece, filling in zip_longest(page.pieces, fillings):
        yield piece
        yield from filling or ()


def _answer(request: HttpRequest, pieces: Sequence[Piece]) -> HttpResponse:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        gzipped(pieces) if is_packed else b"".join(each.plain for each in pieces)
    )
    patch_vary_headers(response, ["Accept-Encoding"])
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
