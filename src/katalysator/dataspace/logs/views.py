"""Pages of what terms answered, and of how data is used under an agreement; both also as sheets."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.downloads import as_sheet
from katalysator.dataspace.logs import telling
from katalysator.dataspace.logs.filters import DecisionFilter
from katalysator.dataspace.models import Agreement, PolicyDecision
from katalysator.dataspace.processes.parties import names_of, titles_of

PAGE: Final = 50
_DECISION_COLUMNS: Final = (
    "at", "step", "participant", "name", "about", "dataset", "action", "allowed", "rule", "truth", "grounds",
)  # fmt: skip
_USE_COLUMNS: Final = ("number", "at", "seconds", "bytes", "part", "ended")


@never_cache
@login_required
@require_safe
def decision_list(request: PersonRequest) -> HttpResponse:
    """What the terms of one's organisations answered, to whom and why, the newest first."""
    filters = DecisionFilter(request.GET, _decisions(request), request=request)
    page = Paginator(filters.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters.form,
        "active_filters": list(filters.active()),
        "page": page,
        "rows": telling.told_decisions(list(page.object_list)),
        "query": request.GET.urlencode(),
    }
    return render(request, "dataspace/logs/decision_list.html", context)


@never_cache
@login_required
@require_safe
def decisions_export(request: PersonRequest) -> HttpResponseBase:
    """The same as a sheet, narrowed in the same way."""
    found = DecisionFilter(request.GET, _decisions(request), request=request).qs
    return as_sheet("katalysator-decisions", _DECISION_COLUMNS, telling.decision_lines(found))


@never_cache
@login_required
@require_safe
def agreement_uses(request: PersonRequest, pk: int) -> HttpResponse:
    """How often, when and how much data was fetched under an agreement, as one's own side may read it."""
    found = _agreement(request, pk)
    uses = telling.uses_of(found)
    page = None if uses is None else Paginator(uses, PAGE).get_page(request.GET.get("page"))
    context = {
        "agreement": found,
        "title": titles_of([found.negotiation])[found.negotiation_id],
        "partner": names_of([found.partner_id], [found.connector_id])[found.partner_id],
        "page": page,
        "rows": list(telling.told_uses(page.object_list)) if page else [],
    }
    return render(request, "dataspace/logs/agreement_uses.html", context)


@never_cache
@login_required
@require_safe
def uses_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The same as a sheet."""
    found = _agreement(request, pk)
    uses = telling.uses_of(found)
    if uses is None:
        raise Http404
    return as_sheet(f"katalysator-uses-{found.pk}", _USE_COLUMNS, telling.use_lines(uses))


def _decisions(request: PersonRequest) -> QuerySet[PolicyDecision]:
    seen: QuerySet[PolicyDecision] = PolicyDecision.objects.visible_to(request.user)
    return seen.select_related("connector__organisation")


def _agreement(request: PersonRequest, pk: int) -> Agreement:
    seen = Agreement.objects.visible_to(request.user)
    rows = seen.select_related("connector__organisation", "negotiation")
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found
