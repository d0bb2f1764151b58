"""Pages of one's own talks: with whom, when and where; whom one wants to meet, and who wants to meet one."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.activities.calendar.ical import CONTENT_TYPE, calendar
from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.letters import address
from katalysator.core.links import key_of, linked
from katalysator.rounds.meeting import guest_verbs as verbs
from katalysator.rounds.meeting.company import Company
from katalysator.rounds.meeting.entries import entries_of, talks_of
from katalysator.rounds.meeting.forms import TimesForm
from katalysator.rounds.meeting.workflow import JOIN
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish

PAGE: Final = 25
_ABOUT: Final = {
    "want": MeetingGuest,
    "unwant": MeetingWish,
    "yes": MeetingWish,
    "no": MeetingWish,
    "off": MeetingTalk,
}
"""Which records the deeds on one's own page are about; their numbers are sent along."""
OWN_DEEDS: Final = "|".join(["join", "leave", *_ABOUT])
_SAID: Final = {
    "join": gettext_lazy("You take part. Say whom you want to meet."),
    "leave": gettext_lazy("You take part no longer. Whoever would have met you gets a letter."),
    "want": gettext_lazy("They can say yes or no."),
    "unwant": gettext_lazy("Taken back."),
    "yes": gettext_lazy("You said yes. It is planned if there is a time and a table for both."),
    "no": gettext_lazy("You said no."),
    "off": gettext_lazy("Called off. The other gets a letter."),
}


@login_required
@require_safe
def meeting_mine(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own talks, and whom one wants to meet."""
    day = own_day(request, pk)
    person = request.user
    guest = day.guests.filter(person=person).first()
    context: dict[str, Any] = {
        "day": day,
        "activity": day.activity,
        "guest": guest,
        "has_place": permits(person, JOIN, MeetingGuest(day=day, person=person)),
    }
    if guest:
        context |= {
            "talks": talks_of(day, person),
            "feed": address("meeting-feed", key_of(guest)),
            **_whom(request, day),
        }
    return render(request, "rounds/meeting_mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_times(request: PersonRequest, pk: int) -> HttpResponse:
    """Say when one is there, and how many talks one wants at most."""
    day = own_day(request, pk)
    guest = get_object_or_404(day.guests, person=request.user)
    there = [slot for slot in range(day.slots) if slot not in guest.away]
    initial = {"there": there, "most": guest.most}
    data = request.POST if request.method == "POST" else None
    form = TimesForm(data, day=day, initial=initial)

    def do() -> MeetingGuest:
        most = form.cleaned_data["most"]
        return verbs.attend(day, request.user, by=request.user, away=form.away, most=most)

    if carried_out(request, form, do, said=_("Saved.")):
        return redirect("meeting-mine", pk)
    return form_page(request, "rounds/meeting_times.html", form, activity=day.activity)


@login_required
@require_POST
def meeting_own_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """What one does with a button on one's own page."""
    day = own_day(request, pk)
    done(request, _deed(request, day, deed), str(_SAID[deed]))
    return redirect("meeting-mine", pk)


@never_cache
@require_safe
def meeting_feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 — the key says who asks
    """One's own talks for any calendar, for who has the address: it is signed, and works for a while."""
    guests = MeetingGuest.objects.present().select_related("day__activity", "person")
    guest = linked(guests, key)
    if guest is None:
        raise Http404
    entries = entries_of(guest.day, guest.person)
    return HttpResponse(calendar(_("My talks"), entries), content_type=CONTENT_TYPE)


def own_day(request: PersonRequest, pk: int) -> MeetingDay:
    """The talks of an activity at which one has a place, or that one plans. Raises Http404."""
    seen = MeetingDay.objects.visible_to(request.user).select_related("activity__group")
    found: MeetingDay = get_object_or_404(seen, activity=pk)
    return found


def _deed(request: PersonRequest, day: MeetingDay, deed: str) -> Callable[[], object]:
    """What a button asks. Raises Http404 where it is about what this person does not see."""
    by = request.user
    if deed == "join":
        return lambda: verbs.join(day, by, by=by)
    if deed == "leave":
        return lambda: verbs.leave(day, by, by=by)
    about: Any = _about(request, day, deed)
    match deed:
        case "want":
            return lambda: verbs.want(day, by, about.person, by=by)
        case "unwant":
            return lambda: verbs.unwant(about, by=by)
        case "off":
            return lambda: verbs.call_off(about, by, by=by)
    return lambda: verbs.answer(about, deed, by=by)


def _about(request: PersonRequest, day: MeetingDay, deed: str) -> Any:
    number = request.POST.get("of", "")
    if not number.isascii() or not number.isdecimal() or len(number) > len(str(2**59)):
        raise Http404
    model: Any = _ABOUT[deed]
    return get_object_or_404(model.objects.visible_to(request.user), pk=int(number), day=day)


def _whom(request: PersonRequest, day: MeetingDay) -> dict[str, Any]:
    """Who takes part, as it is asked for; whom one asked, and who asks."""
    found = Company.of(day, request.user)
    typed = request.GET.get("q", "")[:100]
    sought = typed.strip().casefold()
    rows = [each for each in found.others if sought in str(each.guest).casefold()]
    return {
        "asking": found.asking,
        "asked": found.asked,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "q": typed,
        "guests": found.guests,
    }
