"""Home, the pages about the house itself, and those for what went wrong, each with a way on."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.jsonld import organisation_data
from katalysator.coalition.models import Area, Organisation, PersonRequest
from katalysator.coalition.organisations.views import actions
from katalysator.coalition.workflow import RUN
from katalysator.core import panels
from katalysator.core.actors import permits
from katalysator.core.changes import EVERYTHING, States, states
from katalysator.core.filters import ChoiceFilter
from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.core.pages import PageFacts, kept_page
from katalysator.core.personal import reader
from katalysator.core.sharing import SharedPage
from katalysator.listings.models import Listing
from katalysator.listings.queries import sight, sight_of_open
from katalysator.matches.filters import MatrixFilter
from katalysator.matches.matrix import Counts, Key, counted
from katalysator.matches.place import Place
from katalysator.matches.recent import recent_matches
from katalysator.site.missing import emptiest
from katalysator.site.picture import rows, top_gaps

_RECENT = 5
_CELL = 200  # bytes of a number in a cell
_PLACE = 500  # bytes of what was asked and of what is counted for it, about


class HomeFilter(MatrixFilter):
    """Look at one region or hub, and at one kind of number."""

    show = ChoiceFilter(
        label=_("Show"),
        choices=[
            ("needs", _("Needs")),
            ("offers", _("Offers")),
            ("matches", _("Matches")),
            ("possible", _("Possible matches")),
            ("gaps", _("Gaps")),
        ],
        narrows=False,
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The matrix: areas × blocks, with the gaps that pinch most and the newest matches."""
    now, sees = states(), sight_of_open(request.user)
    contents = partial(_picture, now=now, sees=sees)
    return kept_page(request, "site/home.html", contents, sees=sees, now=now, state=now.of())


def _picture(request: HttpRequest, now: States, sees: str) -> PageFacts:
    seldom = now.of(EVERYTHING)
    place, show = kept("place", _asked(request, seldom), lambda: _place(request), lambda _: _PLACE)
    counts = counted(reader(request), region=place.region, hub=place.hub, now=now)
    recent = recent_matches(reader(request), place, now, most=_RECENT)
    organisations = _organisations(request, place, (sees, seldom))

    def shown() -> dict[str, Any]:
        areas = list(Area.objects.all())
        drawn = rows(areas, counts, place.query, show)
        return {
            "areas": areas,
            "blocks": list(Block),
            "rows": drawn,
            "show": show,
            "filters": SimpleLazyObject(lambda: _filters(request).form),
            "choices_of": seldom,
            "top_gaps": top_gaps(drawn),
            "emptiness": emptiest(
                areas, drawn, _people(request, place, (sees, seldom)), place.query
            ),
            "recent_matches": recent,
            "counts": _totals(counts, place.query) | organisations,
        }

    return PageFacts((sorted(counts.items()), recent, organisations, seldom), shown)


def _asked(request: HttpRequest, seldom: str) -> tuple[str, str, str]:
    return request.GET.urlencode(), active_language(), seldom


def _filters(request: HttpRequest) -> HomeFilter:
    return HomeFilter(request.GET, Listing.objects.none(), request=request)


def _place(request: HttpRequest) -> tuple[Place, str]:
    """The place that is looked at, and the kind of number."""
    filters = _filters(request)
    return Place(*filters.place), filters.form.cleaned_data.get("show") or ""


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with what each room knows of it; who follows an address of before is led there."""
    now, seen = states(), Organisation.objects.visible_to(request.user)
    subject = seen.filter(slug=slug).first()
    if subject is None:
        return redirect(get_object_or_404(seen, former_slugs=slug), permanent=True)
    return kept_page(
        request,
        "site/organisation.html",
        partial(_organisation, subject=subject),
        sees=sight(request.user),
        now=now,
        state=now.of(),
        own={"coalition/_actions.html": actions(request, subject)},
    )


def _organisation(request: HttpRequest, subject: Organisation) -> dict[str, Any]:
    areas = [str(area) for area in subject.areas.all()]
    shown = panels.shown("organisation", request, subject)
    data = organisation_data(subject, settings.ADDRESS + subject.get_absolute_url())
    shared = SharedPage(
        subject.name, str(subject.about), subject.get_absolute_url(), kind="website"
    )
    return {
        "organisation": subject,
        "areas": areas,
        "data": data,
        "shared": shared,
        "panels": shown,
    }


@login_required
@require_safe
def bureau(request: PersonRequest) -> HttpResponse:
    """What needs the bureau, of all rooms."""
    if not permits(request.user, RUN):
        raise PermissionDenied
    return render(request, "site/bureau.html", {"panels": panels.shown("bureau", request)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how matching works, and who sees what."""
    return render(request, "site/about.html")


def _organisations(request: HttpRequest, place: Place, seen: tuple[str, str]) -> dict[str, int]:
    """How many organisations are here, and how many take part; `seen` names what the reader sees, and the state."""

    def counts() -> dict[str, int]:
        here = Organisation.objects.visible_to(reader(request))
        here = OrganisationFilter(place.query, here).qs
        return {"organisations": here.count(), "participants": here.participants().count()}

    return kept("organisations", (place, *seen), counts, lambda _: _PLACE)


def _people(request: HttpRequest, place: Place, seen: tuple[str, str]) -> dict[Key, int]:
    """How many participants are in each cell here; `seen` as above."""

    def counts() -> dict[Key, int]:
        here = Organisation.objects.visible_to(reader(request))
        return OrganisationFilter(place.query, here).qs.participants().by_cell()

    return kept("people", (place, *seen), counts, lambda found: _CELL * len(found))


def _totals(counts: Mapping[Key, Counts], place: dict[str, str]) -> dict[str, Any]:
    """What is here in all, each with the address of the list that counts the same."""
    whole = [counts[key] for key in counts if key[0] == ""]
    return {
        "organisations_url": _list("organisation-list", place),
        "participants_url": _list("organisation-list", place | {"part": "yes"}),
        "needs": sum(cell.needs for cell in whole),
        "needs_url": _list("listing-list", place | {"kind": "need"}),
        "offers": sum(cell.offers for cell in whole),
        "offers_url": _list("listing-list", place | {"kind": "offer"}),
        "matches": sum(cell.matches for cell in whole),
        "matches_url": _list("listing-list", place | {"show": "matches"}),
    }


def _list(name: str, asked: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was asked cannot be read."""
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form came from elsewhere, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)
