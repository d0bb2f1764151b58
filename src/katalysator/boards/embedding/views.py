"""The board for pages of other sites, and the page on which who manages an organisation says on which."""

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.boards.embedding import verbs
from katalysator.boards.embedding.forms import EmbeddingPlaceForm, SnippetForm
from katalysator.boards.models import EmbeddingPlace
from katalysator.boards.rules import EMBED
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.organisations.views import own_organisation
from katalysator.core.feeds import as_stranger
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import active_language, languages, speaking
from katalysator.listings.cards import card_page
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing

_SHOWN: Final = 20
_FRAME: Final = (
    '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"'
    ' sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin"></iframe>'
)
"""What is copied: no script runs in it, and its links open in a tab of their own."""


@require_safe
def embedded_board(request: HttpRequest) -> HttpResponse:
    """Open needs and offers that anybody sees, for a page of another site: only where it was allowed for an organisation."""
    asked = request.GET
    said = asked.get("lang", "")
    with speaking(said if said in languages() else active_language()):
        response = render(as_stranger(request), "boards/embedded_board.html", _board(request))
    response["Cache-Control"] = "public, max-age=60"
    of = asked.get("site") or asked.get("organisation") or ""
    response.frame_ancestors = EmbeddingPlace.objects.origins_of(of)  # type: ignore[attr-defined]
    return response


def _board(request: HttpRequest) -> dict[str, Any]:
    stranger, query = as_stranger(request), request.GET.copy()
    query.pop("state", None)
    seen = Listing.objects.visible_to(AnonymousUser())
    if slug := query.get("organisation"):
        seen = seen.filter(organisation__slug=slug)
    found = ListingFilter(query, seen, request=stranger)
    for name in ("site", "organisation", "lang", "page"):
        query.pop(name, None)
    board = reverse("organisation", args=[slug]) if _is_slug(slug) else reverse("listing-list")
    shown = f"?{query.urlencode()}" if query and not slug else ""
    return {
        "page": card_page(found.qs, "1", inside=False, most=_SHOWN),
        "board": f"{board}{shown}",
        "language": active_language(),
    }


def _is_slug(slug: str | None) -> bool:
    return bool(slug) and Organisation.objects.filter(slug=slug).exists()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def embedding(request: PersonRequest, slug: str) -> HttpResponse:
    """On which sites the board may stand for an organisation, and what is to be copied there."""
    organisation = own_organisation(request, slug, EMBED)
    form = EmbeddingPlaceForm(request.POST or None)

    def allow() -> object:
        return verbs.allow_place(organisation, by=request.user, **form.cleaned_data)

    if carried_out(request, form, allow, _("The board may stand there now.")) is not None:
        return redirect("embedding", slug=slug)
    snippet = SnippetForm(request.GET or None)
    source = f"{settings.ADDRESS}{reverse('embedded-board')}?{urlencode(snippet.asked(slug))}"
    return form_page(
        request,
        "boards/embedding.html",
        form,
        organisation=organisation,
        places=EmbeddingPlace.objects.filter(organisation=organisation),
        snippet=snippet,
        source=source,
        frame=format_html(_FRAME, source, _("Needs and offers")),
    )


@login_required
@require_POST
def embedding_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let the board stand on a site no longer."""
    organisation = own_organisation(request, slug, EMBED)
    place = get_object_or_404(EmbeddingPlace, organisation=organisation, pk=pk)
    done(
        request,
        lambda: verbs.end_place(place, by=request.user),
        _("The board stands there no longer."),
    )
    return redirect("embedding", slug=slug)
