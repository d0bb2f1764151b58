"""Files and feeds for calendars: one activity, all of a list, and one's own behind a key."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.activities.calendar import keys, verbs
from katalysator.activities.calendar.entries import entry_of
from katalysator.activities.calendar.ical import CONTENT_TYPE, Entry, calendar
from katalysator.activities.filters import SubjectFilter
from katalysator.activities.models import Activity, CalendarKey, Enrolment
from katalysator.activities.views import seen
from katalysator.coalition.models import PersonRequest
from katalysator.core.letters import address

_BACK: Final = timedelta(days=92)
"""So long what is over stays in a feed."""
_MOST: Final = 1_000


@require_safe
def activity_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, for any calendar; with the link, for who has a place."""
    found = seen(request, pk)
    mine = None
    if request.user.is_authenticated:
        mine = Enrolment.objects.of(request.user).open().filter(activity=found).first()
    return _answer("", [entry_of(found, mine)], f"activity-{pk}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All activities of a list that the asker may see, as the list is narrowed down; what is past for a while."""
    known = Activity.objects.visible_to(request.user).shown().filter(ends_at__gt=_since())
    asked = SubjectFilter(request.GET, known, request=request)
    entries = [entry_of(each) for each in asked.qs.order_by("starts_at", "id")[:_MOST]]
    about = ", ".join(each.label for each in asked.active())
    name = ": ".join(filter(None, (_("Activities of the coalition"), about)))
    return _answer(name, entries, "activities.ics")


@never_cache
@require_safe
def own_feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 — the key says who asks
    """One's own activities, for who has the key: nothing else is told of anybody."""
    person = keys.person_with(key)
    if person is None:
        raise Http404
    mine = (
        Enrolment.objects.of(person).filter(activity__ends_at__gt=_since()).exclude(state="asked")
    )
    newest = {each.activity_id: each for each in mine.select_related("activity").order_by("id")}
    entries = [entry_of(each.activity, each) for each in newest.values()]
    return _answer(_("My activities"), entries, "mine.ics")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_key(request: PersonRequest) -> HttpResponse:
    """The address of one's own feed: made anew, and shown this once."""
    shown = ""
    if request.method == "POST":
        shown = address("own-feed", verbs.renew(request.user, by=request.user))
    known = CalendarKey.objects.filter(person=request.user).first()
    response = render(request, "activities/own_key.html", {"feed": shown, "known": known})
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def own_key_remove(request: PersonRequest) -> HttpResponse:
    """Let the address work no longer."""
    verbs.remove(request.user, by=request.user)
    messages.success(request, _("The address does not work any more."))
    return redirect("own-key")


def _answer(name: str, entries: list[Entry], file: str) -> HttpResponse:
    response = HttpResponse(calendar(name, entries), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _since() -> datetime:
    return timezone.now() - _BACK
