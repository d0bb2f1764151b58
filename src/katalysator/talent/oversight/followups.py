"""What follows for lists of people: letters, and that who is erased is forgotten in them."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.talent.models import ConsultedPerson
from katalysator.talent.oversight.tasks import (
    measure_titles,
    tell_bureau,
    tell_invited,
    tell_objector,
)
from katalysator.talent.oversight.workflow import OBJECTION


def forget(event: Event) -> None:
    """A person is erased: what they could do goes from each list, and the words about them; that somebody decided stays."""
    mine = ConsultedPerson.objects.filter(person=int(event.subject_id))
    mine.update(person=None, held={}, has=[], lacks=[], reason="")


def write_to_bureau(event: Event) -> None:
    """The bureau hears of an objection."""
    number = int(event.subject_id)
    defer_once(tell_bureau, f"objection-{number}", objection_id=number)


def write_to_objector(event: Event) -> None:
    """Who objected hears what becomes of it."""
    number = int(event.subject_id)
    defer_once(tell_objector, f"objector-{number}", objection_id=number)


def write_to_invited(event: Event) -> None:
    """Who is invited hears so."""
    if event.after["decision"] == ConsultedPerson.Decision.INVITE:
        number = int(event.subject_id)
        defer_once(tell_invited, f"invited-{number}", consulted_id=number)


def measure_soon(event: Event) -> None:
    """What titles find is to be measured."""
    number, run = int(event.subject_id), event.after["run"]
    defer_once(measure_titles, f"titles-{number}-{run}", number=number, run=run)


follow("titles.measure", by=measure_soon)
follow("person.erase", by=forget)
follow("objection.make", by=write_to_bureau)
follow(*OBJECTION.audit_verbs(), by=write_to_objector)
follow("consulted.decide", by=write_to_invited)
