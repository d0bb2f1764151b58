"""Pages that many readers see alike: rendered once, kept until something changes, and filled for each reader."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe

from katalysator.core import panels
from katalysator.core.changes import States, as_of
from katalysator.core.kept import kept, renewed
from katalysator.core.language import active_language
from katalysator.core.own_parts import own_part
from katalysator.core.packing import PackedPiece, gzipped
from katalysator.core.personal import PANEL, TEMPLATE, Hole, ImpersonalRequest, split


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
_PIECE: Final = 200  # that a text takes beside itself
_PART: Final = 500  # that a part takes with its key


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, or a part of one: texts, and holes between them with what these are for; and the parts it is made of."""

    items: Sequence[PackedPiece | Hole]
    parts: Mapping[Hashable, "_Page"] = field(default_factory=dict)

    @property
    def size(self) -> int:
        texts = sum(
            len(each.packed) + _PIECE for each in self.items if isinstance(each, PackedPiece)
        )
        return (
            texts
            + _HOLE * sum(isinstance(each, Hole) for each in self.items)
            + _PART * len(self.parts)
        )


def kept_page(
    request: HttpRequest,
    template: str,
    contents: PageContents,
    *,
    sees: str,
    now: States,
    state: Hashable,
    own: Mapping[str, Any] | None = None,
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
    now
        The states that were asked for before anything was read (`changes.states`).
    state
        Names the state of what the page is made of, by these.
    own
        What templates in holes need, by their names; and what panels that are kept apart are about, by
        the name of their page.

    Cost: filling the holes; where the page is not kept, that of `contents` and the template.

    """
    key = template, active_language(), request.get_full_path(), _is_htmx(request), sees
    with as_of(now):
        page = kept("page", (*key, state), lambda: _made(request, key, contents), _size)
        return _answer(request, list(_filled(request, page, own or {})))


def kept_part(
    request: HttpRequest, key: Hashable, text: Callable[[HttpRequest], str]
) -> SafeString:
    """A part of a panel that is kept apart: as it was before where its key is, else made of its `text`.

    The key names all that the text is made of in one language, for who sees the same. Elsewhere its text.
    """
    if not isinstance(request, ImpersonalRequest):
        return mark_safe(text(request))  # noqa: S308 — a template's
    made = request.before.get(key)
    if made is None:
        with request.apart() as places:
            made = _laid_out(text(request), places)
    request.parts[key] = made
    return request.place(made)


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
    return _laid_out(render_to_string(template, dict(shown), impersonal), impersonal.places)


def _laid_out(
    text: str, places: Sequence[Any], parts: Mapping[Hashable, _Page] | None = None
) -> _Page:
    if "csrfmiddlewaretoken" in text:
        raise ValueError("A page keeps a form of one reader: it belongs in a hole.")
    items: list[PackedPiece | Hole] = []
    for piece, place in zip_longest(*split(text, places)):
        items += [PackedPiece.of(piece)] if piece else []
        items += place.items if isinstance(place, _Page) else [place] if place else []
    return _Page(items, parts or {})


def _filled(request: HttpRequest, page: _Page, own: Mapping[str, Any]) -> Iterator[PackedPiece]:
    items = list(_with_panels(request, page, own))
    holes = [each for each in items if isinstance(each, Hole)]
    found = {kind: iter(_of_panels(request, kind, holes)) for kind in {each.kind for each in holes}}
    for each in items:
        if isinstance(each, PackedPiece):
            yield each
        elif each.kind != TEMPLATE:
            if filling := next(found[each.kind]):
                yield PackedPiece.of(filling, level=1)
        elif each.subject in own:
            text = render_to_string(each.subject, dict(own[each.subject]), request)
            yield PackedPiece.of(text, level=1)
        else:
            yield from own_part(request, each.subject)


def _with_panels(
    request: HttpRequest, page: _Page, own: Mapping[str, Any]
) -> Iterator[PackedPiece | Hole]:
    """The page with the panels that are kept apart from it."""
    for each in page.items:
        if isinstance(each, Hole) and each.kind == PANEL:
            yield from _panel(request, each.subject, own[each.subject.page]).items
        else:
            yield each


def _panel(request: HttpRequest, panel: panels.Panel, subject: Any) -> _Page:
    sees, state = panel.kept_by(request, subject) if panel.kept_by else ("", "")
    key = panel.template, active_language(), request.get_full_path(), _is_htmx(request), sees

    def made(before: _Page | None) -> _Page:
        impersonal = ImpersonalRequest(request, before.parts if before else None)
        text = panel.text(impersonal, subject)
        return _laid_out(text, impersonal.places, impersonal.parts)

    return renewed("panel", key, state, made, _size)


def _of_panels(request: HttpRequest, kind: str, holes: Sequence[Hole]) -> Iterator[str]:
    if kind != TEMPLATE:
        subjects = [hole.subject for hole in holes if hole.kind == kind]
        yield from map("".join, panels.shown_on_each(kind, request, subjects))


def _answer(request: HttpRequest, pieces: Sequence[PackedPiece]) -> HttpResponse:
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
