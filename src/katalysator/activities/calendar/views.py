"""Files and feeds for calendars: one activity, all of a list, and behind a key one's own and those of a group."""

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
from katalysator.activities.calendar.entries import entry_of, entry_of_meeting
from katalysator.activities.calendar.ical import CONTENT_TYPE, Entry, calendar
from katalysator.activities.filters import SubjectFilter
from katalysator.activities.models import Activity, CalendarKey, Enrolment
from katalysator.activities.views import seen
from katalysator.coalition.models import Person, PersonRequest
from katalysator.core.downloads import as_file
from katalysator.core.letters import address
from katalysator.groups.models import Meeting, WorkingGroup
from katalysator.groups.pages import own_group
from katalysator.groups.workflow import WORK

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
    """One's own activities, or what a group of one's own does, for who has the key: nothing else is told of anybody."""
    found = keys.opened_by(key)
    if found is None:
        raise Http404
    if found.group:
        return _answer(found.group.name, _of_group(found.person, found.group), "group.ics")
    mine = _enrolments(found.person)
    entries = [entry_of(each.activity, each) for each in mine.values()]
    return _answer(_("My activities"), entries, "mine.ics")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_key(request: PersonRequest, slug: str = "") -> HttpResponse:
    """The address of one's own feed, or of one's own of a group: made anew, and shown this once."""
    shown, group = "", _group(request, slug)
    if request.method == "POST":
        shown = address("own-feed", verbs.renew(request.user, by=request.user, group=group))
    known = CalendarKey.objects.filter(person=request.user, group=group).first()
    context = {"feed": shown, "known": known, "group": group}
    response = render(request, "activities/own_key.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def own_key_remove(request: PersonRequest, slug: str = "") -> HttpResponse:
    """Let the address work no longer."""
    group = _group(request, slug)
    verbs.remove(request.user, by=request.user, group=group)
    messages.success(request, _("The address does not work any more."))
    return redirect("group-key", group.slug) if group else redirect("own-key")


def _group(request: PersonRequest, slug: str) -> WorkingGroup | None:
    """The group of which the feed is, that one is in; None for one's own activities. Raises Http404, PermissionDenied."""
    return own_group(request, slug, WORK) if slug else None


def _of_group(person: Person, group: WorkingGroup) -> list[Entry]:
    """The meetings of a group and what it holds, as a member of it sees them."""
    meetings = Meeting.objects.visible_to(person).filter(group=group, starts_at__gt=_since())
    held = Activity.objects.visible_to(person).shown().filter(group=group, ends_at__gt=_since())
    mine = _enrolments(person)
    return [
        *map(entry_of_meeting, meetings.select_related("group")[:_MOST]),
        *(entry_of(each, mine.get(each.pk)) for each in held[:_MOST]),
    ]


def _enrolments(person: Person) -> dict[int, Enrolment]:
    """How somebody comes, or came, to each activity; what is only asked for is not told."""
    mine = Enrolment.objects.of(person).filter(activity__ends_at__gt=_since())
    answered = mine.exclude(state="asked").select_related("activity").order_by("id")
    return {each.activity_id: each for each in answered}


def _answer(name: str, entries: list[Entry], file: str) -> HttpResponse:
    return as_file(HttpResponse(calendar(name, entries), content_type=CONTENT_TYPE), file)


def _since() -> datetime:
    return timezone.now() - _BACK
