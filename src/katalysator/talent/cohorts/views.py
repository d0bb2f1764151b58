"""Pages of cohorts: all of them, one with its scenarios, and where each person goes."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.downloads import as_sheet
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.uploads import takes_file
from katalysator.importing.reading import LARGEST_SHEET
from katalysator.talent.cohorts import told, verbs
from katalysator.talent.cohorts.forms import CohortForm
from katalysator.talent.cohorts.rules import MAKE_COHORT
from katalysator.talent.cohorts.scenarios import SCENARIOS
from katalysator.talent.cohorts.workflow import COHORT, HOLD_COHORT
from katalysator.talent.models import Cohort

PAGE: Final = 50


@login_required
@require_safe
def cohort_list(request: PersonRequest) -> HttpResponse:
    """The cohorts that one may see, the newest first."""
    found = Cohort.objects.visible_to(request.user).select_related("organisation")
    rows = found.defer("people", "openings", "figures", "earlier")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_make": permits(request.user, MAKE_COHORT)}
    return render(request, "talent/cohort_list.html", context)


@takes_file(2 * LARGEST_SHEET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_new(request: PersonRequest) -> HttpResponse:
    """Give the people of a cohort, and what counts for them."""
    if not permits(request.user, MAKE_COHORT):
        raise PermissionDenied
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CohortForm(data, files, person=request.user)

    def do() -> Cohort:
        return verbs.make(form.of(), form.content(), by=request.user)

    if made := carried_out(request, form, do, said=_("Ready to be computed.")):
        return redirect(made)
    return form_page(request, "talent/cohort_form.html", form)


@login_required
@require_safe
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    """One cohort: its scenarios side by side, and how groups fare."""
    found = seen_cohort(request, pk)
    context = {
        "cohort": found,
        "deeds": [
            (step, _(step.label)) for step in COHORT.transitions_from(found.state, HOLD_COHORT)
        ],
        "scenarios": told.scenarios(found) if found.state == "computed" else [],
        "groups": [
            (label, told.groups(found, by))
            for by, label in (("region", _("Region")), ("group", _("Group")))
        ]
        if found.state == "computed"
        else [],
    }
    return render(request, "talent/cohort.html", context)


@login_required
@require_safe
def cohort_people(request: PersonRequest, pk: int, scenario: str) -> HttpResponse:
    """Where each person goes in a scenario, and why some go nowhere."""
    found, label = _computed(request, pk, scenario)
    rows = list(told.people(found, scenario))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"cohort": found, "label": label, "scenario": scenario, "page": page}
    return render(request, "talent/cohort_people.html", context)


@login_required
@require_safe
def cohort_export(request: PersonRequest, pk: int, scenario: str) -> HttpResponseBase:
    """The same as a table, to decide by with the people themselves."""
    found, _label = _computed(request, pk, scenario)
    header = ("key", "work", "coverage", "missing", "course", "why_not")
    return as_sheet(f"katalysator-cohort-{found.pk}-{scenario}", header, _lines(found, scenario))


@login_required
@require_POST
def cohort_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """What needs no words."""
    found = seen_cohort(request, pk)
    said = _(COHORT.step(deed).done)
    done(request, lambda: verbs.DEEDS[deed](found, by=request.user), said)
    return redirect(found)


@login_required
@require_POST
def cohort_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a cohort away, with its people."""
    found = seen_cohort(request, pk)
    done(request, lambda: verbs.remove(found, by=request.user), _("Removed, with its people."))
    return redirect("cohort-list")


def seen_cohort(request: PersonRequest, pk: int) -> Cohort:
    """A cohort that this person may see; else there is none."""
    seen = Cohort.objects.visible_to(request.user).select_related("organisation")
    found: Cohort = get_object_or_404(seen, pk=pk)
    return found


def _computed(request: PersonRequest, pk: int, name: str) -> tuple[Cohort, str]:
    """A cohort of which this scenario is computed, and the scenario in words. Raises Http404."""
    found = seen_cohort(request, pk)
    known = {each.name: each for each in SCENARIOS}
    if name not in known or name not in found.figures.get("scenarios", {}):
        raise Http404
    return found, told.scenario_label(known[name])


def _lines(found: Cohort, scenario: str) -> Iterator[list[Any]]:
    for each in told.people(found, scenario):
        share = round(each.coverage, 4) if each.work else ""
        yield [each.key, each.work, share, "; ".join(each.missing), each.course, each.why]
