"""The bureau's lists of organisations and of needs and offers, and what is done with what is chosen in them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from katalysator.bureau.bulk.kinds import KINDS, listings_found, organisations_found
from katalysator.bureau.bulk.views import bulk_new
from katalysator.bureau.choosing import LETTER, SHEET, choosing
from katalysator.bureau.door import of_bureau
from katalysator.bureau.mailing.views import mailing_new
from katalysator.bureau.models import BureauNote, Labelling
from katalysator.bureau.selection import Selection, selected
from katalysator.bureau.week import told, week_name, week_of
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.coalition.workflow import PARTICIPATION
from katalysator.core import panels
from katalysator.core.downloads import as_sheet
from katalysator.core.filters import ListFilterSet

PAGE = 50
_TICKED: Final = {"participants": "bureau/workbench.html", "listings": "bureau/listings.html"}
"""The pages of records that many deeds are done with at once, by kind."""


@of_bureau
@require_safe
def workbench(request: PersonRequest) -> HttpResponse:
    """All organisations as the bureau looks at them, to be narrowed down and chosen from."""
    asked = organisations_found(request)
    page = Paginator(_told(asked.qs), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    return _ticking(
        request,
        "participants",
        asked,
        page,
        rows=[(each, PARTICIPATION.label(each.state)) for each in page],
        page_name=_("Organisations"),
        nothing=_("No organisation fits these filters"),
        main="q state label fresh order",
        counted=_counted(ngettext("%(n)s organisation", "%(n)s organisations", count), count),
    )


@of_bureau
@require_safe
def listing_list(request: PersonRequest) -> HttpResponse:
    """All needs and offers in any state, to be narrowed down and chosen from."""
    asked = listings_found(request)
    page = Paginator(asked.qs.with_names(), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    return _ticking(
        request,
        "listings",
        asked,
        page,
        page_name=_("Needs and offers"),
        nothing=_("Nothing fits these filters"),
        main="q kind market state sort",
        counted=_counted(ngettext("%(n)s need or offer", "%(n)s needs and offers", count), count),
    )


@of_bureau
@require_POST
def chosen(request: PersonRequest, kind: str) -> HttpResponseBase:
    """Go on with the records that are chosen: to what the deed needs, or to the sheet."""
    known, deed = KINDS[kind], request.POST.get("deed", "")
    selection = selected(request, known)
    if deed == SHEET and kind == "participants":
        return _sheet(selection)
    if deed == LETTER and kind == "participants":
        return mailing_new(request, selection)
    if deed in {each.name for each in known.deeds}:
        return bulk_new(request, deed, selection)
    return redirect(known.back)


@of_bureau
@require_safe
def week(request: PersonRequest) -> HttpResponse:
    """What changed in a week, and what needs the reader."""
    monday = week_of(request.GET.get("week", ""))
    this = week_of("")
    sunday = monday + timedelta(days=6)
    context = {
        "monday": monday,
        "sunday": sunday,
        "earlier": week_name(monday - timedelta(days=7)),
        "later": week_name(monday + timedelta(days=7)) if monday < this else "",
        "news": told(monday, request.user),
        "waiting": panels.waiting_for(request) if monday == this else [],
        "notes": BureauNote.objects.visible_to(request.user)
        .select_related("organisation")
        .to_do(sunday)[:PAGE],
        "is_now": monday == this,
    }
    return render(request, "bureau/week.html", context)


def _ticking(
    request: PersonRequest, kind: str, asked: ListFilterSet[Any], page: Page[Any], **shown: Any
) -> HttpResponse:
    """A page of records to narrow down, tick, and do something with; `main` names the questions that always show."""
    context = {
        "form": asked.form,
        "page": page,
        "active_filters": list(asked.active()),
        **choosing(request, kind, page.paginator.count),
        **shown,
    }
    return render(request, _TICKED[kind], context)


def _counted(sentence: str, count: int) -> str:
    return sentence % {"n": localize(count)}


def _told(found: OrganisationQuerySet) -> OrganisationQuerySet:
    labellings = Labelling.objects.select_related("label").order_by("label__name")
    return found.prefetch_related(Prefetch("labellings", labellings))


def _sheet(selection: Selection) -> HttpResponseBase:
    header = (
        _("Name"), _("Kind"), _("City"), _("Region"), _("Takes part"), _("Participant since"),
        _("Said to be correct"), _("Labels"), _("Website"), _("Contact"),
    )  # fmt: skip
    return as_sheet("participants", header, _cells(selection.records))


def _cells(found: Any) -> Iterator[Sequence[Any]]:
    each: Organisation
    for each in _told(found).iterator(chunk_size=1_000):
        labels = ", ".join(str(labelling.label) for labelling in each.labellings.all())
        yield (
            each.name, each.get_kind_display(), each.city, each.region, PARTICIPATION.label(each.state),
            each.joined_on or "", each.confirmed_at.date() if each.confirmed_at else "", labels,
            each.website, each.contact,
        )  # fmt: skip
