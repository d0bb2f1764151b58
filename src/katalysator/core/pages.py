"""Pages that many readers see alike: rendered once, kept until something changes, and filled for each reader."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe

from katalysator.core import panels
from katalysator.core.changes import States, as_of
from katalysator.core.kept import kept, renewed
from katalysator.core.language import active_language, in_one_language
from katalysator.core.own_parts import own_part
from katalysator.core.packing import PackedPiece, gzipped
from katalysator.core.personal import PANEL, Hole, ImpersonalRequest
from katalysator.core.woven import KeptText, NamedPart, Strip, woven


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
        return _name(self.told)


PageContents = Callable[[ImpersonalRequest], Mapping[str, Any] | PageFacts]
"""What a template needs, or the facts that say so; asked only where the page is not kept."""

_Key = tuple[str, str, str, bool, str]
"""The template, the language, the address, whether it is a part for htmx, and what the asker sees."""


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
    with as_of(now), in_one_language():
        page = renewed("page", key, state, lambda _before: _made(request, key, contents), _size)
        return _answer(request, list(_filled(request, page, own or {})))


def kept_part(
    request: HttpRequest, key: Hashable, text: Callable[[HttpRequest], str]
) -> SafeString:
    """A part of a panel that is kept apart: as it was before where its key is, else made of its `text`.

    The key says in its `repr` all that the text is made of in one language, for who sees the same. Elsewhere its text.
    """
    if not isinstance(request, ImpersonalRequest):
        return mark_safe(text(request))  # noqa: S308 — a template's
    name = _name(key)
    made = request.before.get(name)
    if made is None:
        with request.apart() as places:
            made = woven(text(request), places)
    return request.place(NamedPart(name, made))


def _name(told: object) -> bytes:
    return blake2b(repr(told).encode(), digest_size=16).digest()


def _size(page: KeptText) -> int:
    return page.size


def _made(request: HttpRequest, key: _Key, contents: PageContents) -> KeptText:
    impersonal = ImpersonalRequest(request)
    found, template = contents(impersonal), key[0]
    if isinstance(found, PageFacts):
        same, shown = (*key, found.name), found.shown
        return kept("same page", same, lambda: _rendered(impersonal, template, shown()), _size)
    return _rendered(impersonal, template, found)


def _rendered(impersonal: ImpersonalRequest, template: str, shown: Mapping[str, Any]) -> KeptText:
    return _laid_out(render_to_string(template, dict(shown), impersonal), impersonal)


def _laid_out(text: str, impersonal: ImpersonalRequest) -> KeptText:
    made = woven(text, impersonal.places)
    if "csrfmiddlewaretoken" in made.text:
        raise ValueError("A page keeps a form of one reader: it belongs in a hole.")
    return KeptText.of(made)


def _filled(request: HttpRequest, page: KeptText, own: Mapping[str, Any]) -> Iterator[PackedPiece]:
    items = list(_with_panels(request, page, own))
    fillings = _fillings(request, [each for each in items if isinstance(each, Strip)])
    for each in items:
        if isinstance(each, Strip):
            yield from each.filled([next(fillings[hole.kind]) for _at, hole in each.holes])
        elif each.subject in own:
            text = render_to_string(each.subject, dict(own[each.subject]), request)
            yield PackedPiece.of(text, level=1)
        else:
            yield from own_part(request, each.subject)


def _with_panels(
    request: HttpRequest, page: KeptText, own: Mapping[str, Any]
) -> Iterator[Strip | Hole]:
    """The page with the panels that are kept apart from it."""
    for each in page.items:
        if isinstance(each, Hole) and each.kind == PANEL:
            yield from _panel(request, each.subject, own[each.subject.page]).items
        else:
            yield each


def _panel(request: HttpRequest, panel: panels.Panel, subject: Any) -> KeptText:
    sees, state = panel.kept_by(request, subject) if panel.kept_by else ("", "")
    key = panel.template, active_language(), request.get_full_path(), _is_htmx(request), sees

    def made(before: KeptText | None) -> KeptText:
        impersonal = ImpersonalRequest(request, before.taken_apart() if before else None)
        return _laid_out(panel.text(impersonal, subject), impersonal)

    return renewed("panel", key, state, made, _size)


def _fillings(request: HttpRequest, strips: Sequence[Strip]) -> dict[str, Iterator[str]]:
    """What is of the reader in the holes of strips, in their order, by kind. Cost: each panel is asked once."""
    subjects: dict[str, list[Any]] = {}
    for strip in strips:
        for _at, hole in strip.holes:
            subjects.setdefault(hole.kind, []).append(hole.subject)
    return {
        kind: map("".join, panels.shown_on_each(kind, request, about))
        for kind, about in subjects.items()
    }


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
