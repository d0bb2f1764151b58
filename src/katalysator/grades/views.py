"""Saying whether a match is useful on its card; how good the matching is; which weights are used."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop
from katalysator.grades import charts, export, verbs
from katalysator.grades.forms import ReasonForm
from katalysator.grades.learning import FEWEST_PAIRS, answers, mean_grades
from katalysator.grades.measures import FEWEST_NEEDS, FEWEST_OFFERS, measured
from katalysator.grades.models import USEFUL, Grade, LearnedWeights, LearningRefusal
from katalysator.grades.rules import TwoSides, require_bureau
from katalysator.grades.tasks import learn_soon
from katalysator.grades.unseen import unseen_matches
from katalysator.grades.workflow import USED, WEIGHTS
from katalysator.listings.api import visible_listing
from katalysator.listings.models import Listing

_SAID: Final = {"useful": 2, "not-useful": 0}
"""The grade that each button gives."""
_UNSEEN: Final = 100
"""So many are listed: who has looked at these gets the next."""
_DONE: Final = {step.target: step.done for step in WEIGHTS.transitions}


@login_required
@require_POST
def grade_match(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Say whether a match is useful, why not, or nothing any more; back to its card."""
    here = visible_listing(request, pk)
    pair = _as_pair(here, visible_listing(request, other))
    try:
        _say(request, pair)
    except NotAllowed:
        raise PermissionDenied from None
    except (Conflict, InvalidInput) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{here.get_absolute_url()}#opinion-{other}")


@login_required
@require_safe
def unseen_list(request: PersonRequest) -> HttpResponse:
    """Good matches that nobody has looked at, for the bureau: the newest of them."""
    require_bureau(request.user)
    found = unseen_matches(request.user)[:_UNSEEN]
    return render(request, "grades/unseen_list.html", {"matches": found, "most": _UNSEEN})


@login_required
@require_safe
def measures(request: PersonRequest) -> HttpResponse:
    """How good the matching is, by the bureau's own grades."""
    require_bureau(request.user)
    grades = Grade.objects.visible_to(request.user)
    found = measured(grades)
    context = {
        "labels": charts.figure_labels(),
        "rows": charts.figure_rows(found),
        "dots": charts.reliability_dots(found.reliability),
        "all_grades": grades.count(),
        "page_grades": grades.of_page().count(),
        "fewest_needs": FEWEST_NEEDS,
        "fewest_offers": FEWEST_OFFERS,
    }
    return render(request, "grades/measures.html", context)


@login_required
@require_safe
def measures_export(request: PersonRequest) -> HttpResponseBase:
    """The same figures as a table."""
    require_bureau(request.user)
    return export.measures_csv(measured(Grade.objects.visible_to(request.user)))


@login_required
@require_safe
def grades_export(request: PersonRequest) -> HttpResponseBase:
    """All grades as a table, with words but without who gave them."""
    require_bureau(request.user)
    grades = Grade.objects.visible_to(request.user).order_by("at", "pk")
    return export.grades_csv(grades.iterator())


@login_required
@require_safe
def outcomes_export(request: PersonRequest) -> HttpResponseBase:
    """What the site learns from, as `katalysator learn` reads it."""
    require_bureau(request.user)
    return export.outcomes_csv(mean_grades(Grade.objects.visible_to(request.user)))


@login_required
@require_safe
def weights(request: PersonRequest) -> HttpResponse:
    """What the site scores by, and the weights that were learned: before, after, and who decides."""
    require_bureau(request.user)
    known = LearnedWeights.objects.all()
    rows = [charts.weights_row(row, WEIGHTS.transitions_from(row.state)) for row in known]
    context = {
        "rows": rows,
        "refusal": LearningRefusal.objects.first(),
        "is_own": not any(row.state == USED for row in known),
        "fewest_pairs": FEWEST_PAIRS,
    }
    return render(request, "grades/weights.html", context)


@login_required
@require_POST
def weights_learn(request: PersonRequest) -> HttpResponse:
    """Let the background learn from all grades."""
    require_bureau(request.user)
    try:
        answers(Grade.objects.all())
    except Conflict as error:
        messages.error(request, str(error))
    else:
        learn_soon(request.user)
        messages.success(request, _("We are learning. Look again in a minute."))
    return redirect("weights")


@login_required
@require_POST
def weights_decide(request: PersonRequest, version: int, deed: str) -> HttpResponse:
    """Use learned weights, or stop using them."""
    require_bureau(request.user)
    row = get_object_or_404(LearnedWeights, version=version)
    try:
        decided = verbs.decide(row, deed, by=request.user)
        messages.success(request, _(_DONE[decided.state]))
    except Conflict as error:
        messages.error(request, str(error))
    return redirect("weights")


def _say(request: PersonRequest, pair: TwoSides) -> None:
    said = request.POST.get("say", "")
    if said == "nothing":
        verbs.withdraw(*pair, by=request.user)
        return
    if said not in _SAID:
        raise Http404
    why = _why(request.POST) if said == "not-useful" else {}
    verbs.grade(*pair, by=request.user, value=_value(request, pair, said), **why)


def _why(given: QueryDict) -> dict[str, Any]:
    """What the form of the reason says; the button alone says nothing of it."""
    if "reason" not in given:
        return {}
    form = ReasonForm(given)
    if not form.is_valid():
        raise _unfit(form[next(iter(form.errors))])
    return form.cleaned_data


def _unfit(field: BoundField) -> InvalidInput:
    sentence = gettext_noop("%(problem)s Nothing was changed.")
    return InvalidInput("reason", sentence, problem=field.errors[0]).at(field.label)


def _value(request: PersonRequest, pair: TwoSides, said: str) -> int:
    """The grade of a button; a finer one that says the same stays."""
    own = Grade.objects.by(request.user).filter(need=pair[0], offer=pair[1]).first()
    value = _SAID[said]
    return own.value if own and own.is_useful == (value >= USEFUL) else value


def _as_pair(one: Listing, other: Listing) -> TwoSides:
    return (one, other) if one.is_need else (other, one)
