"""What follows from what is done with introductions: letters, each to who may know."""

from typing import Final

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.introductions.models import Introduction
from katalysator.introductions.tasks import call_off_closed, tell, tell_message
from katalysator.listings.workflow import LISTING, OPEN

_ABOUT: Final = {
    "introduction.propose": "proposed",
    "introduction.record": "recorded",
    "introduction.introduce": "introduced",
    "introduction.decline": "over",
    "introduction.withdraw": "withdrawn",
    "introduction.call-off": "over",
    "introduction.lapse": "over",
    "introduction.agree": "agreed",
    "introduction.end": "over",
    "introduction.fade": "over",
    "introduction.ask-along": "proposed",
}
"""Of which deeds the parties hear, by the letter."""


def write_to_parties(event: Event) -> None:
    """Something happened that they want to know."""
    _tell(int(event.subject_id), _ABOUT[event.verb], event.actor or 0)


def remind(event: Event) -> None:
    """Nothing happened for a while: what they can do differs by where it is."""
    number = int(event.subject_id)
    state = Introduction.objects.values_list("state", flat=True).get(pk=number)
    _tell(number, f"reminder-{state}")


def write_message(event: Event) -> None:
    """Somebody said something: what the event holds a digest of."""
    (name,) = event.personal
    number = int(name.removeprefix("message-"))
    defer_once(tell_message, f"tell-message-{number}", message_id=number)


def look_for_closed(event: Event) -> None:
    """A need or an offer is not open any more: what was proposed with it goes."""
    if LISTING.step(event.verb.removeprefix("listing.")).target != OPEN:
        defer_once(call_off_closed, "call-off-introductions")


def _tell(number: int, about: str, doer: int = 0) -> None:
    name = f"tell-introduction-{number}-{about}"
    defer_once(tell, name, introduction_id=number, about=about, doer=doer)


follow(*_ABOUT, by=write_to_parties)
follow("introduction.nudge", by=remind)
follow("introduction.say", by=write_message)
follow(*LISTING.audit_verbs(), by=look_for_closed)
