"""Who does not come to the activity any more takes no part in its talks."""

from django.db import transaction

from katalysator.activities.models import Enrolment
from katalysator.core.actors import ROUNDS
from katalysator.rounds.meeting.guest_verbs import drop_out
from katalysator.rounds.meeting.rows import locked
from katalysator.rounds.models import MeetingGuest


@transaction.atomic
def let_go(enrolment_id: int) -> None:
    """Call off the talks of an enrolment that gives no place any more, and forget the wishes. It may run twice."""
    enrolment = Enrolment.objects.filter(pk=enrolment_id).first()
    if enrolment is None:
        return
    gone = {"person": enrolment.person_id, "day__activity": enrolment.activity_id}
    guest = MeetingGuest.objects.filter(**gone).select_related("person", "day").first()
    if guest is None:
        return
    locked(guest.day)
    if not MeetingGuest.objects.filter(pk=guest.pk).present().exists():
        drop_out(guest, by=ROUNDS)
        guest.delete()
