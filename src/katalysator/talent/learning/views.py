"""Pages of the monitor of learning, which everybody sees, and of pilots, for who keeps them."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.downloads import as_sheet
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.uploads import takes_file
from katalysator.importing.reading import LARGEST_SHEET
from katalysator.talent.learning import verbs
from katalysator.talent.learning.drawing import drawn
from katalysator.talent.learning.forms import PilotForm, StagesForm
from katalysator.talent.learning.monitor import GOAL, GOAL_SOURCE, STAGES, course, monitor
from katalysator.talent.learning.rules import KEEP_PILOT
from katalysator.talent.models import LearningPilot

PAGE: Final = 30
_writing = require_http_methods(["GET", "HEAD", "POST"])
_TABLES: Final = (
    ("region", gettext_lazy("By region")),
    ("sector", gettext_lazy("By sector")),
    ("skill-group", gettext_lazy("By skills")),
    ("pilot", gettext_lazy("By pilot")),
)
_COLUMNS: Final = ("by", "name", "reached", "started", "completed", "placed", "target", "until")


@require_safe
def learning_monitor(request: HttpRequest) -> HttpResponse:
    """How many people were reached, started, completed and found a place, towards what is needed."""
    found = monitor()
    reached = found.all.counts[0]
    context = {
        "monitor": found,
        "stages": [stage.label for stage in STAGES],
        "everybody": found.all,
        "tables": [(label, rows) for by, label in _TABLES if (rows := found.by(by))],
        "goal": GOAL,
        "goal_source": GOAL_SOURCE,
        "reached_of_goal": None if reached is None else 100 * reached / GOAL,
        "course": drawn(course(found)),
    }
    return render(request, "talent/learning/monitor.html", context)


@require_safe
def learning_monitor_csv(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """The same tables to take along: what the page does not tell, they do not either."""
    found = monitor()
    rows = [
        [row.by, row.name, *_told(row.counts), row.target or "", found.day.isoformat()]
        for row in found.rows
    ]
    return as_sheet("katalysator-learning-monitor", _COLUMNS, rows)


@login_required
@_writing
def pilot_list(request: PersonRequest) -> HttpResponse:
    """The pilots that one keeps, and the form for another."""
    if not permits(request.user, KEEP_PILOT):
        raise PermissionDenied
    form = PilotForm(request.POST or None, person=request.user)

    def make() -> LearningPilot:
        return verbs.make(form.of(), form.facts(), by=request.user)

    if made := carried_out(
        request, form, make, _("Made. Give a sheet of its people when you have one.")
    ):
        return redirect(made)
    found = LearningPilot.objects.kept_by(request.user).select_related("organisation", "sector")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return form_page(request, "talent/learning/pilot_list.html", form, page=page)


@takes_file(LARGEST_SHEET)
@login_required
@_writing
def learning_pilot(request: PersonRequest, pk: int) -> HttpResponse:
    """A pilot, and the form for a sheet of how far its people came."""
    found = _kept(request, pk)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StagesForm(data, files)

    def report() -> bool:
        verbs.report(found, form.cleaned_data["rows"], by=request.user)
        return True

    if carried_out(
        request, form, report, _("Taken in. The monitor counts it at the end of the month.")
    ):
        return redirect(found)
    return form_page(request, "talent/learning/pilot.html", form, pilot=found)


@login_required
@_writing
def pilot_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a pilot says of itself."""
    found = _kept(request, pk)
    form = PilotForm(request.POST or None, person=request.user, pilot=found)

    def edit() -> LearningPilot:
        return verbs.edit(found, form.facts(), by=request.user)

    if carried_out(request, form, edit, _("Saved.")):
        return redirect(found)
    return form_page(request, "talent/learning/pilot_edit.html", form, pilot=found)


@login_required
@require_POST
def pilot_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a pilot away, with all that was reported of it."""
    found = _kept(request, pk)
    done(request, lambda: verbs.remove(found, by=request.user), _("Thrown away."))
    return redirect("learning-pilot-list")


def _kept(request: PersonRequest, pk: int) -> LearningPilot:
    mine = LearningPilot.objects.kept_by(request.user).select_related("organisation", "sector")
    found: LearningPilot = get_object_or_404(mine, pk=pk)
    return found


def _told(counts: Any) -> list[Any]:
    return ["" if count is None else count for count in counts]
