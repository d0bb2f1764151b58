"""Home, the pages about the house itself, and those for what went wrong, each with a way on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext
from django.views.decorators.http import require_safe

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.jsonld import organisation_data
from katalysator.coalition.models import Area, Hub, Organisation, PersonRequest
from katalysator.coalition.organisations.views import actions
from katalysator.coalition.workflow import RUN
from katalysator.core import panels
from katalysator.core.actors import permits
from katalysator.core.changes import EVERYTHING, States, state, states
from katalysator.core.filters import ChoiceFilter
from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.core.pages import PageFacts, kept_page
from katalysator.core.personal import reader
from katalysator.engine.matching import GOOD
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import sight, sight_of_open
from katalysator.listings.workflow import OPEN
from katalysator.matches.filters import MatrixFilter
from katalysator.matches.matrix import Counts, Key, counted
from katalysator.matches.models import Match
from katalysator.matches.queries import MatchQuerySet

_TOP, _STEPS = 5, (1, 4, 9, 16)
_MATCH = 500  # bytes of a match that is kept, about
_TOLD_OF_MATCH = ("need", "need__title", "need__language", "offer__title", "offer__language")
_ASKED = {
    "needs": ("need", "kind=need"),
    "offers": ("offer", "kind=offer"),
    "matches": ("match", "show=matches"),
    "possible": ("possible", "show=possible"),
    "gaps": ("gap", "show=gaps"),
}
"""The sign of each number, and what a list of what it counts is asked for."""


class RecentMatch(NamedTuple):
    """What is told of a match: its need, with the number, and its offer."""

    need: int
    need_title: str
    need_language: str
    offer_title: str
    offer_language: str


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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix as the page shows it; every number is a link to what it counts."""

    block: Block
    counts: Counts
    url: str
    show: str = ""

    @property
    def numbers(self) -> Iterator[tuple[str, int, str, str]]:
        """Each number that is counted: its sign, how many, the list of these, and the number in words."""
        language = active_language()
        for name, (sign, asked) in _ASKED.items():
            number = getattr(self.counts, name)
            yield sign, number, f"{self.url}&{asked}", _in_words(name, number, language)

    @property
    def gaps_url(self) -> str:
        """The list of the gaps."""
        return f"{self.url}&{_ASKED['gaps'][1]}"

    @property
    def heat(self) -> int:
        """How much there is of what is shown, 0 to 4."""
        shown = (self.show,) if self.show else ("needs", "offers")
        number = sum(getattr(self.counts, name) for name in shown)
        return sum(number >= step for step in _STEPS)

    @property
    def is_empty(self) -> bool:
        return not self.counts.needs and not self.counts.offers


@dataclass(frozen=True, slots=True)
class Place:
    """The region and the hub that the page looks at; neither means all."""

    region: str = ""
    hub: Hub | None = None

    @property
    def query(self) -> dict[str, str]:
        """The place as the lists ask for it."""
        asked = {"region": self.region, "hub": self.hub.slug if self.hub else ""}
        return {name: value for name, value in asked.items() if value}

    def matches(self, found: MatchQuerySet) -> MatchQuerySet:
        """The matches of needs here."""
        needs = Listing.objects.of_kind(Kind.NEED)
        if self.region:
            found = found.filter(need__in=needs.in_region(self.region).values("pk"))
        if self.hub:
            found = found.filter(need__in=needs.of_hub(self.hub).values("pk"))
        return found


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The matrix: areas × blocks, with the gaps that pinch most and the newest matches."""
    now, sees = states(), sight_of_open(request.user)
    contents = partial(_picture, now=now, sees=sees)
    return kept_page(request, "site/home.html", contents, sees=sees, state=now.of())


def _picture(request: HttpRequest, now: States, sees: str) -> PageFacts:
    filters = HomeFilter(request.GET, Listing.objects.none(), request=request)
    place, seldom = Place(*filters.place), now.of(EVERYTHING)
    counts = counted(reader(request), region=place.region, hub=place.hub, state=now.of())
    recent = _recent_matches(request, place, (sees, now.of()))
    organisations = _organisations(request, place, (sees, seldom))

    def shown() -> dict[str, Any]:
        show = filters.form.cleaned_data.get("show") or ""
        matrix = _matrix(list(Area.objects.all()), counts, place.query, show)
        return {
            "matrix": matrix,
            "filters": filters.form,
            "choices_of": seldom,
            "top_gaps": _top_gaps(matrix),
            "recent_matches": recent,
            "counts": _totals(counts, place.query) | organisations,
        }

    return PageFacts((sorted(counts.items()), recent, organisations, seldom), shown)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with what each room knows of it; who follows an address of before is led there."""
    now, seen = state(), Organisation.objects.visible_to(request.user)
    subject = seen.filter(slug=slug).first()
    if subject is None:
        return redirect(get_object_or_404(seen, former_slugs=slug), permanent=True)
    return kept_page(
        request,
        "site/organisation.html",
        partial(_organisation, subject=subject),
        sees=sight(request.user),
        state=now,
        own={"coalition/_actions.html": actions(request, subject)},
    )


def _organisation(request: HttpRequest, subject: Organisation) -> dict[str, Any]:
    areas = [str(area) for area in subject.areas.all()]
    shown = panels.shown("organisation", request, subject)
    data = organisation_data(subject, settings.ADDRESS + subject.get_absolute_url())
    return {"organisation": subject, "areas": areas, "data": data, "panels": shown}


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


def _matrix(
    areas: list[Area], counts: Mapping[Key, Counts], place: dict[str, str], show: str
) -> dict[str, Any]:
    board = reverse("listing-list")

    def cell(area: str, block: Block) -> Cell:
        asked = ({"area": area} if area else {}) | {"block": block.value} | place
        url = f"{board}?{urlencode(asked)}"
        return Cell(block, counts.get((area, block.value), Counts()), url, show)

    return {
        "blocks": list(Block),
        "rows": [
            {
                "area": area,
                "url": f"{board}?{urlencode({'area': area.slug} | place)}",
                "cells": [cell(area.slug, block) for block in Block],
            }
            for area in areas
        ],
        "totals": [cell("", block) for block in Block],
    }


def _top_gaps(matrix: dict[str, Any]) -> list[dict[str, Any]]:
    gaps = [
        (cell.counts.gaps, row["area"], cell) for row in matrix["rows"] for cell in row["cells"]
    ]
    most = sorted((gap for gap in gaps if gap[0]), key=lambda gap: -gap[0])[:_TOP]
    return [
        {"area": area, "block": cell.block, "count": count, "url": cell.gaps_url}
        for count, area, cell in most
    ]


def _recent_matches(request: HttpRequest, place: Place, seen: tuple[str, str]) -> list[RecentMatch]:
    """The newest matches here; `seen` names what the reader sees, and the state that it is in."""

    def newest() -> list[RecentMatch]:
        found = place.matches(Match.objects.visible_to(reader(request)))
        found = found.good(GOOD).filter(need__state=OPEN, offer__state=OPEN, seats__gt=0)
        found = found.order_by(F("need__published_at").desc(nulls_last=True), "-score")
        return [RecentMatch(*row) for row in found.values_list(*_TOLD_OF_MATCH)[:_TOP]]

    return kept("recent matches", (place, *seen), newest, lambda found: _MATCH * len(found))


def _organisations(request: HttpRequest, place: Place, seen: tuple[str, str]) -> dict[str, int]:
    """How many organisations are here, and how many take part; `seen` as above."""

    def counts() -> dict[str, int]:
        here = Organisation.objects.visible_to(reader(request))
        here = OrganisationFilter(place.query, here).qs
        return {"organisations": here.count(), "participants": here.participants().count()}

    return kept("organisations", (place, *seen), counts, lambda _: _MATCH)


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


@lru_cache(4_096)
def _in_words(name: str, n: int, language: str) -> str:  # noqa: ARG001 — each language has its own words
    words = {
        "needs": ngettext("%(n)s need", "%(n)s needs", n),
        "offers": ngettext("%(n)s offer", "%(n)s offers", n),
        "matches": ngettext("%(n)s match", "%(n)s matches", n),
        "possible": ngettext("%(n)s possible match", "%(n)s possible matches", n),
        "gaps": ngettext("%(n)s gap", "%(n)s gaps", n),
    }
    return words[name] % {"n": n}


def _list(name: str, asked: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was asked cannot be read."""
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form came from elsewhere, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)
