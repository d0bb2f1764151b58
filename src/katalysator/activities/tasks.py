"""Background work on activities: letters, reminders, and dividing places."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.activities.calendar.entries import entry_of, link_of
from katalysator.activities.calendar.ical import calendar
from katalysator.activities.choices.verbs import propose
from katalysator.activities.enrolments.verbs import refill
from katalysator.activities.models import Activity, ActivityChoice, Enrolment
from katalysator.coalition.models import Person
from katalysator.core.actors import SEATS
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.core.language import speaking
from katalysator.core.letters import Attachment
from katalysator.faults import gettext_noop as _
from katalysator.notices import writing as notices
from katalysator.notices.kinds import letter_kind
from katalysator.search.indexing import AT_ONCE, make_findable, some_unread

ENROLLED: Final = letter_kind("my-activities", _("Activities that I registered for"))
HELD: Final = letter_kind("held-activities", _("Activities that my organisation holds"))
_EVERY_QUARTER = "*/15 * * * *"
_EVERY_HOUR = "40 * * * *"
_READ_NEW = "read-new-activities"
_FOLDER: Final = "activities/letters/"
_HEARS_OF_STATE: Final = frozenset({"asked", "invited", "waiting", "placed", "declined"})
_COUNTS_ON_IT: Final = ("asked", "invited", "waiting", "placed")
"""Who hears that an activity changed, or does not take place."""


def read_new_soon() -> None:
    """Queue the reading of new activities: one job for all that wait for it."""
    defer_once(read_new_activities, _READ_NEW)


def read_soon(activity_id: int) -> None:
    """Queue the reading of an activity that changed, so that it is found by what it says now."""
    defer_once(read_activity, f"read-activity-{activity_id}", activity_id=activity_id)


@app.task(name="activities.read", queue=SHORT, retry=RETRY)
def read_activity(activity_id: int) -> None:
    """Let an activity be found by what it says now."""
    make_findable(Activity.objects.filter(pk=activity_id))


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="activities.read_new", queue=SHORT, queueing_lock=_READ_NEW, retry=RETRY)
def read_new_activities(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read."""
    if make_findable(some_unread(Activity.objects.all())) == AT_ONCE:
        read_new_soon()


@app.task(name="activities.tell_state", queue=SHORT, retry=RETRY)
def tell_state(enrolment_id: int) -> None:
    """Write to somebody how it stands with their place now."""
    found = _enrolment(enrolment_id)
    if found and found.state in _HEARS_OF_STATE:
        _write(found, found.state)


@app.task(name="activities.tell_moved_up", queue=SHORT, retry=RETRY)
def tell_moved_up(enrolment_id: int) -> None:
    """Write to somebody that a place came free for them, while they have it."""
    found = _enrolment(enrolment_id)
    if found and found.state == "placed":
        _write(found, "moved-up")


@app.task(name="activities.tell_asked", queue=SHORT, retry=RETRY)
def tell_asked(enrolment_id: int) -> None:
    """Write to who holds an activity that somebody asks for a place, while they do."""
    found = _enrolment(enrolment_id)
    if found and found.state == "asked":
        _write_to_holders(found.activity, "asks", "enrolments")


@app.task(name="activities.tell_all_of_change", queue=SHORT, retry=RETRY)
def tell_all_of_change(activity_id: int) -> None:
    """Queue a letter to everybody who counts on an activity that it is otherwise now, or does not take place."""
    found = Enrolment.objects.filter(activity=activity_id, state__in=_COUNTS_ON_IT)
    with transaction.atomic():
        for number in found.values_list("pk", flat=True):
            defer_once(tell_change, f"tell-change-{number}", enrolment_id=number)


@app.task(name="activities.tell_change", queue=SHORT, retry=RETRY)
def tell_change(enrolment_id: int) -> None:
    """Write to one of them how it is now."""
    found = _enrolment(enrolment_id)
    if found and found.state in _COUNTS_ON_IT:
        _write(found, "cancelled" if found.activity.state == "cancelled" else "changed")


@app.task(name="activities.tell_reminder", queue=SHORT, retry=RETRY)
def tell_reminder(enrolment_id: int) -> None:
    """Remind somebody of an activity that begins soon, while they have a place."""
    found = _enrolment(enrolment_id)
    if found and found.state == "placed" and not found.activity.has_begun:
        _write(found, "reminder")


@app.task(name="activities.ask_how_it_was", queue=SHORT, retry=RETRY)
def ask_how_it_was(activity_id: int) -> None:
    """Write to who held an activity: who was there, what came of it, what was learned?"""
    found = Activity.objects.filter(pk=activity_id).select_related("organisation").first()
    if found and found.state != "cancelled" and not (found.outcome or found.lessons):
        _write_to_holders(found, "how-was-it", "activity-outcome")


@app.periodic(cron=_EVERY_QUARTER)
@app.task(name="activities.remind", queue=SHORT, queueing_lock="remind-activities", retry=RETRY)
def remind(timestamp: int) -> None:
    """Queue the letters of what begins within a day, and of what is over: each once.

    The write to the row also lets pages be made anew that show what is to come.
    """
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    with transaction.atomic():
        rows = Activity.objects.to_remind(now).select_for_update(skip_locked=True, of=("self",))
        for activity in rows.order_by("pk"):
            seated = activity.enrolments.filter(state="placed")
            for number in seated.values_list("pk", flat=True):
                defer_once(tell_reminder, f"tell-reminder-{number}", enrolment_id=number)
            Activity.objects.filter(pk=activity.pk).update(reminded_at=now)
    with transaction.atomic():
        rows = Activity.objects.to_ask(now).select_for_update(skip_locked=True, of=("self",))
        for activity in rows.order_by("pk"):
            defer_once(ask_how_it_was, f"how-was-it-{activity.pk}", activity_id=activity.pk)
            Activity.objects.filter(pk=activity.pk).update(asked_at=now)


@app.task(name="activities.refill", queue=SHORT, retry=RETRY)
def refill_activity(activity_id: int) -> None:
    """Give the places of who left the coalition for good to who waits."""
    if found := Activity.objects.filter(pk=activity_id).first():
        refill(found, by=SEATS)


@app.task(name="activities.divide", queue=LONG, priority=SOON, retry=RETRY)
def divide(choice_id: int) -> None:
    """Divide the places of a choice, while that is asked."""
    found = ActivityChoice.objects.filter(pk=choice_id).first()
    if found and found.state == "dividing":
        propose(found, by=SEATS)


def _enrolment(number: int) -> Enrolment | None:
    seen = Enrolment.objects.select_related("activity__organisation", "person")
    found: Enrolment | None = seen.filter(pk=number, person__is_active=True).first()
    return found


def _write(enrolment: Enrolment, letter: str) -> None:
    """Write to who registered, with the entry for the calendar."""
    activity, person = enrolment.activity, enrolment.person
    with speaking(person.language):
        content = calendar("", [entry_of(activity, enrolment)])
    notices.write(
        ENROLLED,
        person,
        f"{_FOLDER}{letter}.txt",
        page=("activity", activity.pk),
        attached=Attachment("activity.ics", content.decode(), "text/calendar"),
        activity=activity,
        enrolment=enrolment,
        online=link_of(activity, enrolment),
    )


def _write_to_holders(activity: Activity, letter: str, page: str) -> None:
    for person in _holders(activity):
        there = (page, activity.pk)
        notices.write(HELD, person, f"{_FOLDER}{letter}.txt", page=there, activity=activity)


def _holders(activity: Activity) -> list[Person]:
    """Who wrote it down, while they speak for the holder; else who manages that; else the bureau."""
    active = Person.objects.filter(is_active=True)
    bureau = active.filter(is_coordinator=True)
    if activity.organisation is None:
        return list(bureau.filter(pk=activity.author_id or 0) or bureau)
    mine = active.filter(memberships__organisation=activity.organisation)
    managers = mine.filter(memberships__role="manager")
    return list(mine.filter(pk=activity.author_id or 0) or managers or bureau)
