"""Pages on which people say what they would like most, and on which the places are divided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.activities.choices import verbs
from katalysator.activities.choices.forms import ActivityChoiceForm, RankForm
from katalysator.activities.choices.queries import division_of
from katalysator.activities.models import Activity, ActivityChoice, Preference
from katalysator.activities.views import done, own, writing
from katalysator.activities.workflow import CHOICE, HOLD
from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, form_page


@login_required
@writing
def choice_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Let people choose among an activity and others of the same holder."""
    found = own(request, pk)
    own_ones = Activity.objects.held_by(request.user).to_come()
    activities = own_ones.filter(organisation=found.organisation_id, state="announced", choice=None)
    initial = {"activities": [found.pk], "title": ""}
    form = ActivityChoiceForm(request.POST or None, activities=activities, initial=initial)

    def make() -> ActivityChoice:
        chosen = list(form.cleaned_data["activities"])
        title, holder = form.cleaned_data["title"], found.organisation
        return verbs.post(title, by=request.user, organisation=holder, activities=chosen)

    made = carried_out(
        request, form, make, _("Saved. People can say now what they would like most.")
    )
    if made:
        return redirect(made)
    return form_page(request, "activities/choice_new.html", form, activity=found)


@require_safe
def choice(request: HttpRequest, pk: int) -> HttpResponse:
    """The activities that can be chosen, and what one said; for who holds them, the division."""
    found = _seen(request, pk)
    return render(request, "activities/choice.html", _told(request, found))


@login_required
@writing
def choice_rank(request: PersonRequest, pk: int) -> HttpResponse:
    """Say in which order one would like them."""
    found = _seen(request, pk)
    activities = list(_activities(request, found).filter(state="announced"))
    mine = Preference.objects.filter(choice=found, person=request.user)
    initial = {str(each.activity_id): str(each.rank) for each in mine}
    typed = request.POST if request.method == "POST" else None  # nothing chosen says something too
    form = RankForm(typed, activities=activities, initial=initial)

    def say() -> ActivityChoice:
        return verbs.rank(found, request.user, by=request.user, order=form.order())

    if carried_out(request, form, say, _("Saved. You hear what you got when it is divided.")):
        return redirect(found)
    return form_page(request, "activities/choice_rank.html", form, choice=found)


@login_required
@require_POST
def choice_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Have it divided, open it again, or approve."""
    found = _seen(request, pk)
    if not permits(request.user, HOLD, found):
        raise PermissionDenied
    done(request, lambda: verbs.move(found, deed, by=request.user), CHOICE.step(deed).done)
    return redirect(found)


def _told(request: HttpRequest, found: ActivityChoice) -> dict[str, Any]:
    activities = list(_activities(request, found).with_places())
    is_holder = request.user.is_authenticated and permits(request.user, HOLD, found)
    mine = found.preferences.filter(person=request.user.pk or 0).select_related("activity")
    return {
        "choice": found,
        "activities": activities,
        "mine": mine,
        "is_holder": is_holder,
        "steps": CHOICE.transitions_from(found.state, HOLD) if is_holder else (),
        "division": _division(found, activities) if is_holder else None,
    }


def _division(found: ActivityChoice, activities: list[Activity]) -> dict[str, Any]:
    """How the places are divided, with the activities themselves."""
    told = division_of(found, [each.pk for each in activities])
    rows = [
        (each, first, given)
        for each, (_pk, first, given) in zip(activities, told.rows, strict=True)
    ]
    return {**told._asdict(), "rows": rows}


def _activities(request: HttpRequest, found: ActivityChoice) -> Any:
    return (
        Activity.objects.visible_to(request.user).filter(choice=found).order_by("starts_at", "id")
    )


def _seen(request: HttpRequest, pk: int) -> ActivityChoice:
    found: ActivityChoice = get_object_or_404(
        ActivityChoice.objects.visible_to(request.user), pk=pk
    )
    return found
