"""What follows for letters from what is done with accounts."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.notices.models import ReturnedMail


def begin_anew(event: Event) -> None:
    """Another address was proven: what came back from the one of before says nothing of it."""
    ReturnedMail.objects.filter(person_id=int(event.subject_id)).delete()


follow("person.confirm-address", by=begin_anew)
