"""Pages of who plans talks: the settings, what came of them, and the plan of the tables."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.activities.models import Activity
from katalysator.activities.moments import on_the_wall
from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.rounds.meeting import told, verbs
from katalysator.rounds.meeting.forms import DayForm
from katalysator.rounds.meeting.naming import named
from katalysator.rounds.meeting.workflow import HOLD_DAY, MEETING_DAY
from katalysator.rounds.models import MeetingDay, MeetingTalk, MeetingWish

_HAPPENED: Final = 20


@login_required
@require_safe
def meeting_day(request: PersonRequest, pk: int) -> HttpResponse:
    """The talks of an activity for who plans them: who wants what, what comes of it, what can be done."""
    day = held_day(request, pk)
    steps = MEETING_DAY.transitions_from(day.state, HOLD_DAY)
    context: dict[str, Any] = {
        "day": day,
        "activity": day.activity,
        "deeds": [(each, _(each.label)) for each in steps if each.deed in verbs.DEEDS],
        "counts": _counts(day),
        "history": [(at, MEETING_DAY.history(verb)) for at, verb in audit.newest(day, _HAPPENED)],
    }
    if day.figures:
        context |= {
            "compared": told.compared(day),
            "certificate": told.certificate(day.figures),
            "few": told.few(day),
        }
    return render(request, "rounds/meeting_day.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_settings(request: PersonRequest, pk: int) -> HttpResponse:
    """Plan talks at an activity, or change when and where they are."""
    activity = _activity(request, pk)
    day = MeetingDay.objects.visible_to(request.user).filter(activity=activity).first()
    first = {"starts_at": on_the_wall(activity.starts_at)}
    initial = DayForm.shown(day) if day else first
    form = DayForm(request.POST or None, initial=initial)

    def do() -> MeetingDay:
        if day:
            return verbs.edit(day, form.settings(), by=request.user)
        return verbs.make(activity, form.settings(), by=request.user)

    if made := carried_out(request, form, do, said=_("Saved.")):
        return redirect(made)
    return form_page(request, "rounds/meeting_form.html", form, activity=activity, day=day)


@login_required
@require_POST
def meeting_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """What needs no words."""
    day = held_day(request, pk)
    said = _(MEETING_DAY.step(deed).done)
    done(request, lambda: verbs.DEEDS[deed](day, by=request.user), said)
    return redirect(day)


@login_required
@require_safe
def meeting_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Who sits where and when, to print: a table for each time."""
    day = held_day(request, pk)
    talks = list(MeetingTalk.objects.visible_to(request.user).filter(day=day).on())
    names = named(person for each in talks for person in (each.one_id, each.other_id))
    slots: dict[int, list[Any]] = {slot: [] for slot in range(day.slots)}
    for each in talks:
        line = (*day.place_of(each.table), names[each.one_id], names[each.other_id])
        slots[each.slot].append(line)
    context = {
        "day": day,
        "activity": day.activity,
        "slots": [(day.begins(slot), day.ends(slot), lines) for slot, lines in slots.items()],
    }
    return render(request, "rounds/meeting_plan.html", context)


def held_day(request: HttpRequest, pk: int) -> MeetingDay:
    """The talks of an activity, for who plans them. Raises Http404, PermissionDenied."""
    seen = MeetingDay.objects.visible_to(request.user).select_related("activity__group")
    found: MeetingDay = get_object_or_404(seen, activity=pk)
    if not permits(request.user, HOLD_DAY, found.activity):  # type: ignore[arg-type]
        raise PermissionDenied
    return found


def _activity(request: PersonRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(request.user).select_related("group")
    found: Activity = get_object_or_404(seen, pk=pk)
    if not permits(request.user, HOLD_DAY, found):
        raise PermissionDenied
    return found


def _counts(day: MeetingDay) -> list[tuple[str, int]]:
    """How many take part and want what; who wants whom is not told."""
    wishes = MeetingWish.objects.filter(day=day)
    return [
        (_("People who take part"), day.guests.present().count()),
        (_("Talks asked for"), wishes.count()),
        (_("Answered with yes"), wishes.filter(answer="yes").count()),
        (_("Answered with no"), wishes.filter(answer="no").count()),
        (_("Talks called off"), day.talks.filter(~Q(off_at=None)).count()),
    ]
