"""What follows for grades from what is done with listings and people."""

from typing import Final

from django.db.models import Q

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.grades.models import Grade

_SAID: Final = {"title", "text", "skills", "language"}


def outdate(event: Event) -> None:
    """Other texts than those that were graded: nothing is learned from these grades any more."""
    if _SAID & event.after.keys():
        pk = int(event.subject_id)
        Grade.objects.filter(Q(need=pk) | Q(offer=pk)).update(is_outdated=True)


def forget_words(event: Event) -> None:
    """A person is erased: what they wrote goes with them, the grade stays."""
    Grade.objects.filter(person=int(event.subject_id)).update(remark="")


follow("listing.edit", by=outdate)
follow("person.erase", by=forget_words)
