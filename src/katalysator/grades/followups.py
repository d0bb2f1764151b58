"""What follows from what is done with listings, people and learned weights."""

from typing import Final

from django.db.models import Q

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.grades.models import Grade
from katalysator.grades.tasks import note_outcomes
from katalysator.grades.workflow import WEIGHTS
from katalysator.listings.market import markets
from katalysator.matches.tasks import rescore_soon

_TELLS: Final = (
    "propose", "accept", "introduce", "decline", "leave", "end", "finish",
)  # fmt: skip
"""Deeds of an introduction that say something of the pair."""
_SAID: Final = {"title", "text", "skills", "language"}


def outdate(event: Event) -> None:
    """Other texts than those that were graded: nothing is learned from these grades any more."""
    if _SAID & event.after.keys():
        pk = int(event.subject_id)
        Grade.objects.filter(Q(need=pk) | Q(offer=pk)).update(is_outdated=True)


def forget_words(event: Event) -> None:
    """A person is erased: what they wrote goes with them, the grade stays."""
    Grade.objects.filter(person=int(event.subject_id)).update(remark="")


def note_outcome(event: Event) -> None:
    """Somebody said yes or no to meeting, or told what came of it."""
    number = int(event.subject_id)
    defer_once(note_outcomes, f"note-outcomes-{number}", introduction_id=number)


def score_again(event: Event) -> None:  # noqa: ARG001 — whatever the weights were
    """Other weights are used: every market is scored again."""
    for each in markets():
        rescore_soon(each.slug)


follow("listing.edit", by=outdate)
follow("person.erase", by=forget_words)
follow(*(f"introduction.{each}" for each in _TELLS), by=note_outcome)
follow(*WEIGHTS.audit_verbs(), by=score_again)
