"""What follows from what is done with activities and people: they are read, letters go out, and places come free."""

from katalysator.activities.facts import MATTERS
from katalysator.activities.models import Enrolment
from katalysator.activities.tasks import (
    divide,
    read_new_soon,
    read_soon,
    refill_activity,
    tell_all_of_change,
    tell_asked,
    tell_moved_up,
    tell_state,
)
from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """An activity is new."""
    read_new_soon()


def read_again(event: Event) -> None:
    """What an activity says has changed."""
    read_soon(int(event.subject_id))


def write_to_person(event: Event) -> None:
    """Who registered, was invited or was decided on hears how it stands."""
    number = int(event.subject_id)
    defer_once(tell_state, f"tell-state-{number}-{event.after['state']}", enrolment_id=number)


def write_of_luck(event: Event) -> None:
    """Who moved up from the waiting list hears of it."""
    number = int(event.subject_id)
    defer_once(tell_moved_up, f"tell-moved-up-{number}", enrolment_id=number)


def write_to_holder(event: Event) -> None:
    """Who holds an activity hears that somebody asks for a place."""
    if event.after["state"] == "asked":
        number = int(event.subject_id)
        defer_once(tell_asked, f"tell-asked-{number}", enrolment_id=number)


def write_of_change(event: Event) -> None:
    """Everybody who counts on an activity hears of what matters to them."""
    if event.verb == "activity.cancel" or event.after.keys() & set(MATTERS):
        number = int(event.subject_id)
        defer_once(tell_all_of_change, f"tell-all-{number}", activity_id=number)


def divide_soon(event: Event) -> None:
    """The places of a choice are divided by a worker."""
    number = int(event.subject_id)
    defer_once(divide, f"divide-choice-{number}", choice_id=number)


def free_places_of(event: Event) -> None:
    """A person is erased, and with them their registrations: others get the places."""
    seats = Enrolment.objects.seated().filter(person=int(event.subject_id))
    for number in seats.values_list("activity", flat=True):
        defer_once(refill_activity, f"refill-{number}", activity_id=number)


follow("activity.post", by=read_new, once=True)
follow("activity.edit", "activity.tell", by=read_again)
follow(
    "enrolment.register",
    "enrolment.invite",
    "enrolment.grant",
    "enrolment.queue",
    "enrolment.accept",
    "enrolment.line-up",
    "enrolment.decline",
    by=write_to_person,
)
follow("enrolment.move-up", by=write_of_luck)
follow("enrolment.register", by=write_to_holder)
follow("activity.edit", "activity.cancel", by=write_of_change)
follow("choice.divide", by=divide_soon)
follow("person.erase", by=free_places_of)
