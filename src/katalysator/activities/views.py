"""Pages of activities: the list, one of them, and what who holds it does with it."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.activities import series, verbs
from katalysator.activities.calendar.entries import link_of
from katalysator.activities.deed_forms import CancelForm, OutcomeForm, RepeatForm
from katalysator.activities.filters import ActivityFilter
from katalysator.activities.forms import ActivityForm, initial_of
from katalysator.activities.jsonld import activity_data
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.workflow import ACTIVITY, ENROL, ENROLMENT, HOLD, OWN, SHOWN
from katalysator.coalition.models import Area, PersonRequest
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import audit, panels
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, form_page
from katalysator.core.sharing import SharedPage
from katalysator.faults import Conflict, InvalidInput, KatalysatorError

PAGE: Final = 30
writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """What is held, narrowed down; what is over stands apart."""
    seen = Activity.objects.visible_to(request.user).shown().with_places()
    asked = ActivityFilter(request.GET, seen, request=request)
    page = Paginator(asked.qs, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    for name in ("page", "when"):
        query.pop(name, None)
    context = {
        "form": asked.form,
        "page": page,
        "active_filters": list(asked.active()),
        "feed": f"{settings.ADDRESS}{reverse('activity-feed')}?{query.urlencode()}".rstrip("?"),
        "may_post": speaks_for_any(request.user),
    }
    return render(request, "activities/activity_list.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, and how one comes."""
    found = seen(request, pk)
    names = {area.slug: str(area) for area in Area.objects.filter(slug__in=found.areas)}
    context = {
        "activity": found,
        "areas": [(slug, names.get(slug, slug)) for slug in found.areas],
        "partners": found.co_organisers.select_related("organisation"),
        "siblings": _siblings(request, found),
        "data": activity_data(found),
        "panels": panels.shown("activity", request, found),
        "shared": _shared(found),
        **_own(request, found),
    }
    return render(request, "activities/activity.html", context)


def _shared(activity: Activity) -> SharedPage | None:
    """What is told to who shares it; nothing of what not everybody sees."""
    if activity.state not in SHOWN or activity.visibility != Activity.Visibility.EVERYONE:
        return None
    return SharedPage(activity.title, activity.text, activity.get_absolute_url())


@login_required
@writing
def activity_new(request: PersonRequest) -> HttpResponse:
    """Write down what will be held."""
    if not speaks_for_any(request.user):
        raise PermissionDenied
    form = ActivityForm(request.POST or None, person=request.user, initial=_begun(request.GET))
    said = _("Saved as a draft. Announce it when it is ready.")
    made = carried_out(request, form, lambda: verbs.post(form.facts(), by=request.user), said)
    if made:
        return redirect(made)
    return form_page(request, "activities/activity_form.html", form, activity=None)


def _begun(asked: QueryDict) -> dict[str, Any]:
    """What the address says already of an activity that is to be written down: pages of others lead here."""
    begun: dict[str, Any] = {
        name: asked[name] for name in ("kind", "title", "text") if name in asked
    }
    return begun | {name: asked.getlist(name) for name in ("areas", "blocks") if name in asked}


@login_required
@writing
def activity_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what is said of an activity; of a series, the later ones too."""
    found = own(request, pk)
    initial = {**initial_of(found), "seen": audit.latest_of(found)}
    form = ActivityForm(request.POST or None, person=request.user, activity=found, initial=initial)

    def change() -> object:
        edit: Callable[..., object] = series.edit_from if form.means_all else verbs.edit
        return edit(found, by=request.user, said=form.facts(), seen=form.cleaned_data["seen"])

    if carried_out(request, form, change, _("Saved.")):
        return redirect(found)
    return form_page(request, "activities/activity_form.html", form, activity=found)


@login_required
@require_POST
def activity_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Announce an activity, or say that it was held."""
    found = own(request, pk)
    do = {"announce": verbs.announce, "hold": verbs.hold}[deed]
    done(request, lambda: do(found, by=request.user), ACTIVITY.step(deed).done)
    return redirect(found)


@login_required
@writing
def activity_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Cancel an activity, after asking why, and which of a series."""
    found = own(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None, activity=found)

    def call_off() -> object:
        cancel: Callable[..., object] = series.cancel_from if form.means_all else verbs.cancel
        return cancel(found, by=request.user, reason=form.cleaned_data["reason"])

    if carried_out(request, form, call_off, _(ACTIVITY.step("cancel").done)):
        return redirect(found)
    return form_page(request, "activities/activity_cancel.html", form, activity=found)


@login_required
@writing
def activity_repeat(request: PersonRequest, pk: int) -> HttpResponse:
    """Hold an activity on more days."""
    found = own(request, pk)
    form = RepeatForm(request.POST or None, activity=found)

    def again() -> object:
        said = form.cleaned_data
        return series.repeat(found, by=request.user, rhythm=said["rhythm"], days=said["days"])

    if carried_out(request, form, again, _("Saved. The others stand on its page.")):
        return redirect(found)
    return form_page(request, "activities/activity_repeat.html", form, activity=found)


@login_required
@writing
def activity_outcome(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what came of it, and what was learned."""
    found = own(request, pk)
    initial = {"outcome": found.outcome, "lessons": found.lessons}
    form = OutcomeForm(request.POST or None, initial=initial)

    def tell() -> object:
        return verbs.tell(found, by=request.user, **form.cleaned_data)

    if carried_out(request, form, tell, _("Thank you. Others learn from it.")):
        return redirect(found)
    return form_page(request, "activities/activity_outcome.html", form, activity=found)


@login_required
@require_POST
def activity_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = own(request, pk)
    is_gone = done(request, lambda: verbs.delete(found, by=request.user), _("The draft is gone."))
    return redirect("my-activities") if is_gone else redirect(found)


@login_required
@require_safe
def my_activities(request: PersonRequest) -> HttpResponse:
    """What one goes to, and what one holds, drafts included."""
    enrolments = Enrolment.objects.of(request.user).open().select_related("activity__organisation")
    held = Activity.objects.held_by(request.user).with_places().order_by("-starts_at", "-id")
    context = {
        "enrolments": enrolments.order_by("-activity__starts_at", "-id")[:PAGE],
        "page": Paginator(held, PAGE).get_page(request.GET.get("page")),
        "may_post": request.user.speaks_for_any,
    }
    return render(request, "activities/my_activities.html", context)


def seen(request: HttpRequest, pk: int) -> Activity:
    """An activity that this person may see. Raises Http404."""
    found = Activity.objects.visible_to(request.user).with_places().select_related("choice")
    activity: Activity = get_object_or_404(found, pk=pk)
    return activity


def own(request: PersonRequest, pk: int) -> Activity:
    """An activity that this person holds. Raises Http404, PermissionDenied."""
    found = seen(request, pk)
    if not permits(request.user, HOLD, found):
        raise PermissionDenied
    return found


def done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it, and say so or say why not; returns whether it was done."""
    try:
        do()
    except (Conflict, InvalidInput) as error:
        messages.error(request, _sentence(error))
        return False
    messages.success(request, _(said))
    return True


def _sentence(error: KatalysatorError) -> str:
    return error.sentence if isinstance(error, InvalidInput) else str(error)


def _own(request: HttpRequest, found: Activity) -> dict[str, Any]:
    """What of the page is of who reads it: their place, the link, what they may do."""
    person = request.user
    if not person.is_authenticated:
        return {"link": link_of(found, None), "may_register": found.takes_registrations}
    mine = found.enrolments.of(person).order_by("-id").first()
    is_holder = permits(person, HOLD, found)
    is_free = mine is None or not mine.is_open
    return {
        "enrolment": mine if mine and mine.is_open else None,
        "link": found.link if is_holder else link_of(found, mine),
        "steps": [*ENROLMENT.transitions_from(mine.state, OWN)]
        if mine and not found.is_over
        else [],
        "may_register": found.takes_registrations
        and is_free
        and permits(person, ENROL, Enrolment(activity=found, person=person)),
        "is_holder": is_holder,
        "deeds": [
            step
            for step in ACTIVITY.transitions_from(found.state)
            if is_holder
            and (step.deed != "hold" or found.has_begun)
            and (step.deed != "cancel" or not found.is_over)
        ],
    }


def _siblings(request: HttpRequest, found: Activity) -> list[Activity]:
    """Others of its series that are still to come."""
    if found.series_id is None:
        return []
    later = Activity.objects.visible_to(request.user).shown().filter(series=found.series_id)
    return list(later.exclude(pk=found.pk).to_come()[:10])
