"""Pages of catalogues elsewhere: all data in one list for everybody, and the sources for the bureau."""

from functools import partial
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.dataspace.harvest import verbs
from katalysator.dataspace.harvest.everywhere import entry, everywhere
from katalysator.dataspace.harvest.forms import EverywhereForm, HarvestSourceForm
from katalysator.dataspace.harvest.found import web_address
from katalysator.dataspace.harvest.harvesting import told
from katalysator.dataspace.models import FoundDataset, HarvestSource
from katalysator.dataspace.rules import KEEP_SOURCES

PAGE: Final = 20


@require_safe
def everywhere_list(request: HttpRequest) -> HttpResponse:
    """What is shared here and what was found elsewhere, each saying where it lives. Cost: three queries."""
    form = EverywhereForm(request.GET, person=request.user)
    asked = form.asked()
    page = Paginator(everywhere(asked, request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "entries": [entry(row) for row in page],
        "keeps": request.user.is_authenticated and permits(request.user, KEEP_SOURCES),
    }
    return render(request, "dataspace/harvest/everywhere.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_list(request: PersonRequest) -> HttpResponse:
    """The catalogues elsewhere that are read, and a form for another."""
    if not permits(request.user, KEEP_SOURCES):
        raise PermissionDenied
    form = HarvestSourceForm(request.POST or None, person=request.user)

    def add() -> HarvestSource:
        return verbs.add_source(form.facts(), by=request.user)

    said = _("Added. It is read in the background: look here again soon.")
    if made := carried_out(request, form, add, said=said):
        return redirect(made)
    found = HarvestSource.objects.visible_to(request.user).select_related("partner").counted()
    return form_page(request, "dataspace/harvest/source_list.html", form, sources=list(found))


@never_cache
@login_required
@require_safe
def source(request: PersonRequest, pk: int) -> HttpResponse:
    """One source: when it was read, what that brought, and what was wrong."""
    found = _seen(request, pk)
    problem = told(found.problem) if found.problem else ""
    seen = FoundDataset.objects.visible_to(request.user).filter(source=found)
    changed = seen.order_by("-changed_at", "-pk")[:PAGE]
    newest = [(each, web_address(each.lives_at)) for each in changed]
    context = {"source": found, "problem": problem, "newest": newest}
    return render(request, "dataspace/harvest/source.html", context)


@login_required
@require_POST
def source_read(request: PersonRequest, pk: int) -> HttpResponse:
    """Read it now."""
    found = _seen(request, pk)
    said = _("It is read in the background: look here again soon.")
    done(request, partial(verbs.read_now, found, by=request.user), said)
    return redirect(found)


@login_required
@require_POST
def source_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Read it no more."""
    found = _seen(request, pk)
    said = _("It is read no more, and what was found there is forgotten.")
    done(request, partial(verbs.remove_source, found, by=request.user), said)
    return redirect("harvest-source-list")


def _seen(request: PersonRequest, pk: int) -> HarvestSource:
    """A source, for the bureau. Raises PermissionDenied, Http404."""
    if not permits(request.user, KEEP_SOURCES):
        raise PermissionDenied
    rows = HarvestSource.objects.visible_to(request.user).counted()
    found: HarvestSource = get_object_or_404(
        rows.select_related("partner", "connector__organisation"), pk=pk
    )
    return found
