"""The page of what lacks, one gap with what may be done about it, and what lacks as a sheet."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Area, Organisation
from katalysator.coalition.naming import area_names
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.downloads import as_sheet
from katalysator.listings.models import Kind, Listing
from katalysator.matches.matrix import counted
from katalysator.matches.models import Match
from katalysator.matches.wording import chance_label
from katalysator.site.gaps.course import course_of, drawn, filled_lately
from katalysator.site.gaps.filters import CELLS, NEEDS, WHAT, GapFilter
from katalysator.site.gaps.proposals import helpers, ways_on
from katalysator.site.gaps.shortages import LOOKED_AT, Gap, gaps, shown
from katalysator.site.missing import EmptyCell, emptiest
from katalysator.site.picture import rows

PAGE: Final = 20
_FILLED: Final = 5


@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    """What lacks, that which matters most first, with its course and what was filled lately."""
    asked = _asked(request)
    query = request.GET.copy()
    query.pop("page", None)
    filled = list(filled_lately(request.user)[: _FILLED + 1])
    context = {
        "form": asked.form,
        "active_filters": list(asked.active()),
        "what": asked.asked,
        "tabs": _tabs(request, asked.asked),
        "export_url": f"{reverse('gaps-export')}?{query.urlencode()}".rstrip("?"),
        "course": drawn(list(course_of(request.user, asked.said("market"), asked.said("area")))),
        "filled": filled[:_FILLED],
        "is_more": len(filled) > _FILLED,
        "most": LOOKED_AT,
        **_page(request, asked),
    }
    return render(request, "site/gap_list.html", context)


@require_safe
def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """A need without a good offer, with those that ask nearly the same, who could fill it, and what may be done."""
    seen = Listing.objects.visible_to(request.user).open().of_kind(Kind.NEED)
    need = get_object_or_404(seen.with_owner(), pk=pk)
    found = _gap_of(request, need)
    (told,) = shown([found], Match.objects.visible_to(request.user))
    who = helpers(told.need, request.user)
    names = area_names()
    context = {
        "gap": told,
        "areas": [names[slug] for slug in told.need.areas if slug in names],
        "helpers": who,
        "ways": ways_on(told, who, request.user),
    }
    return render(request, "site/gap.html", context)


@require_safe
def gaps_export(request: HttpRequest) -> HttpResponseBase:
    """What lacks as a sheet: needs by gap, offers, or cells."""
    asked = _asked(request)
    if asked.asked == CELLS:
        columns = (_("Area"), _("Building block"), _("Needs"), _("Offers"), _("Participants"))
        return as_sheet("cells", columns, (_cell_row(each) for each in _cells(request, asked)))
    header = (
        _("Title"), _("Organisation"), _("Market"), _("Areas"), _("Days"), _("Asked by"),
        _("Chance of the best"), _("Address"),
    )  # fmt: skip
    return as_sheet(asked.asked, header, _rows(request, asked))


def _asked(request: HttpRequest) -> GapFilter:
    return GapFilter(request.GET, Listing.objects.visible_to(request.user), request=request)


def _gap_of(request: HttpRequest, need: Listing) -> Gap:
    """The gap that a need leads, or is in; by itself where it has a good offer, or waits shorter than those that are looked at."""
    seen = Listing.objects.visible_to(request.user)
    asked = GapFilter({"market": need.market}, seen, request=request)
    found = gaps(asked.qs, inside=asked.inside)
    alone = Gap((need.pk,), 1, need.published_at or timezone.now(), 0.0, is_target=False)
    return next((each for each in found if need.pk in each.needs), alone)


def _page(request: HttpRequest, asked: GapFilter) -> dict[str, Any]:
    """The page of what is looked at."""
    number, matches = request.GET.get("page"), Match.objects.visible_to(request.user)
    if asked.asked == CELLS:
        return {"page": Paginator(_cells(request, asked), PAGE).get_page(number)}
    if asked.asked == NEEDS:
        page = Paginator(gaps(asked.qs, inside=asked.inside), PAGE).get_page(number)
        return {"page": page, "gaps": shown(list(page), matches)}
    offers: Page[Listing] = Paginator(
        asked.qs.with_names().order_by("published_at", "pk"), PAGE
    ).get_page(number)
    found = matches.nearest_of([each.pk for each in offers], Kind.OFFER)
    nearest = {each.offer_id: each for each in found}
    return {"page": offers, "offers": [_unused(each, nearest.get(each.pk)) for each in offers]}


def _unused(offer: Listing, nearest: Match | None) -> dict[str, Any]:
    return {
        "offer": offer,
        "nearest": nearest,
        "chance": chance_label(nearest.score) if nearest else "",
    }


def _cells(request: HttpRequest, asked: GapFilter) -> Sequence[EmptyCell]:
    """The cells in which something lacks, of the area and block that are asked for."""
    place, area, block = asked.place, asked.said("area"), asked.said("block")
    areas = [each for each in Area.objects.all() if area in ("", each.slug)]
    counts = counted(request.user, region=place.region, hub=place.hub)
    here = OrganisationFilter(place.query, Organisation.objects.visible_to(request.user)).qs
    people = here.participants().by_cell()
    found = emptiest(areas, rows(areas, counts, place.query, ""), people, place.query, most=None)
    return [each for each in found.cells if block in ("", each.cell.block.value)]


def _tabs(request: HttpRequest, what: str) -> list[tuple[str, str, bool]]:
    """The three kinds of what lacks: label, address with what else is asked, and whether it is looked at."""
    kept = [(name, value) for name, value in request.GET.items() if name not in ("what", "page")]
    return [
        (str(label), f"?{urlencode([('what', name), *kept])}", name == what) for name, label in WHAT
    ]


def _rows(request: HttpRequest, asked: GapFilter) -> Iterator[Sequence[Any]]:
    """Each need with how many ask it; each offer by itself."""
    names, inside = area_names(), speaks_for_any(request.user)
    if asked.asked == NEEDS:
        found = gaps(asked.qs, inside=inside)
        told = Listing.objects.with_names().in_bulk([pk for each in found for pk in each.needs])
        pairs = [(told[pk], each.owners) for each in found for pk in each.needs]
    else:
        pairs = [(each, 1) for each in asked.qs.with_names().order_by("published_at", "pk")]
    for each, owners in pairs:
        days = (timezone.now() - each.published_at).days if each.published_at else 0
        areas = ", ".join(names.get(slug, slug) for slug in each.areas)
        best = each.best_inside if inside else each.best
        yield (
            each.title, each.owner.name, each.market_class.label, areas, days, owners,
            round(best, 2), request.build_absolute_uri(each.get_absolute_url()),
        )  # fmt: skip


def _cell_row(each: EmptyCell) -> Sequence[Any]:
    counts = each.cell.counts
    return str(each.area), each.cell.block.label, counts.needs, counts.offers, each.people
