"""Home and the pages about the house itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from katalysator.coalition.models import Area, Block, Hub, Organisation
from katalysator.engine.matching.explanation import GOOD
from katalysator.exchange.forms import region_choices
from katalysator.exchange.matrix import Counts, Key, counted
from katalysator.exchange.models import Match

_TOP, _STEPS = 5, (1, 4, 9, 16)


class MatrixFilter(forms.Form):
    """Look at one region or hub, and at one kind of number."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("needs", _("Needs")),
            ("offers", _("Offers")),
            ("matches", _("Matches")),
            ("gaps", _("Gaps")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hubs = [(hub.slug, hub.name) for hub in Hub.objects.all()]
        self.fields["region"].choices = [("", _("All")), *region_choices()]  # type: ignore[attr-defined]
        self.fields["hub"].choices = [("", _("All")), *hubs]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix as the page shows it; every number is a link to what it counts."""

    block: str
    counts: Counts
    url: str

    @property
    def needs(self) -> int:
        return self.counts.needs

    @property
    def offers(self) -> int:
        return self.counts.offers

    @property
    def matches(self) -> int:
        return self.counts.matches

    @property
    def gaps(self) -> int:
        return self.counts.gaps

    @property
    def needs_url(self) -> str:
        return f"{self.url}&kind=need"

    @property
    def offers_url(self) -> str:
        return f"{self.url}&kind=offer"

    @property
    def matches_url(self) -> str:
        return f"{self.url}&show=matches"

    @property
    def gaps_url(self) -> str:
        return f"{self.url}&show=gaps"

    @property
    def heat(self) -> int:
        """How much is in the cell, 0 to 4."""
        return sum(self.needs + self.offers >= step for step in _STEPS)

    @property
    def is_empty(self) -> bool:
        return not self.needs and not self.offers


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The matrix: areas × blocks, with the gaps that pinch most and the newest matches."""
    filters = MatrixFilter(request.GET)
    filters.is_valid()
    place = {name: filters.cleaned_data.get(name) or "" for name in ("region", "hub")}
    hub = Hub.objects.filter(slug=place["hub"]).first() if place["hub"] else None
    counts = counted(request.user, region=place["region"], hub=hub)
    areas = list(Area.objects.all())
    matrix = _matrix(areas, counts, {name: value for name, value in place.items() if value})
    context = {
        "matrix": matrix,
        "filters": filters,
        "top_gaps": _top_gaps(matrix),
        "recent_matches": _recent_matches(request),
        "counts": _totals(counts),
    }
    return render(request, "site/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how matching works, and who sees what."""
    return render(request, "site/about.html")


def _matrix(
    areas: list[Area], counts: Mapping[Key, Counts], place: dict[str, str]
) -> dict[str, Any]:
    def cell(area: str, block: Block) -> Cell:
        asked = ({"area": area} if area else {}) | {"block": block.value} | place
        url = f"{reverse('listing-list')}?{urlencode(asked)}"
        return Cell(block.value, counts.get((area, block.value), Counts()), url)

    return {
        "blocks": [(block.value, block.letter, block.label) for block in Block],
        "rows": [
            {
                "area": area,
                "url": f"{reverse('listing-list')}?{urlencode({'area': area.slug} | place)}",
                "cells": [cell(area.slug, block) for block in Block],
            }
            for area in areas
        ],
        "totals": [cell("", block) for block in Block],
    }


def _top_gaps(matrix: dict[str, Any]) -> list[dict[str, Any]]:
    gaps = [(cell.gaps, row["area"], cell) for row in matrix["rows"] for cell in row["cells"]]
    most = sorted((gap for gap in gaps if gap[0]), key=lambda gap: -gap[0])[:_TOP]
    return [
        {"area": area, "block": cell.block, "count": count, "url": cell.gaps_url}
        for count, area, cell in most
    ]


def _recent_matches(request: HttpRequest) -> list[dict[str, Any]]:
    newest = (
        Match.objects.visible_to(request.user)
        .good(GOOD)
        .filter(need__state="published", offer__state="published", seats__gt=0)
        .select_related("need", "offer")
        .defer("need__search", "offer__search")
        .order_by(F("need__published_at").desc(nulls_last=True), "-score")[:_TOP]
    )
    return [
        {"need": match.need, "offer": match.offer, "url": match.need.get_absolute_url()}
        for match in newest
    ]


def _totals(counts: Mapping[Key, Counts]) -> dict[str, Any]:
    whole = [counts[key] for key in counts if key[0] == ""]
    listings = reverse("listing-list")
    return {
        "organisations": Organisation.objects.count(),
        "participants": Organisation.objects.participants().count(),
        "participants_url": f"{reverse('organisation-list')}?part=yes",
        "needs": sum(cell.needs for cell in whole),
        "offers": sum(cell.offers for cell in whole),
        "matches": sum(cell.matches for cell in whole),
        "matches_url": f"{listings}?show=matches",
    }
