"""Talks that are called off, one of them or all of somebody's: within the transaction of who calls it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from katalysator.activities.models import Enrolment
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import ROUNDS, Actor
from katalysator.rounds.meeting.rows import locked
from katalysator.rounds.models import MeetingGuest, MeetingTalk, MeetingWish


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


def drop_out(guest: MeetingGuest, *, by: Actor) -> None:
    """Call off all that somebody was to do, and forget who wanted to meet whom."""
    mine = Q(person=guest.person_id) | Q(other=guest.person_id)
    MeetingWish.objects.filter(mine, day=guest.day_id).delete()
    talks = MeetingTalk.objects.filter(day=guest.day_id).of(guest.person)
    talks.filter(is_out=False).delete()
    for talk in talks.filter(is_out=True).on().select_for_update(of=("self",)):
        call_off(talk, guest.person, by=by)


def call_off(talk: MeetingTalk, person: Person, *, by: Actor) -> MeetingTalk:
    """Note that one of both does not come; the row is locked."""
    talk.off_at, talk.off_by = timezone.now(), person
    talk.save(update_fields=["off_at", "off_by"])
    audit.record("meeting-talk.off", talk, by=by, after={"day": talk.day_id, "slot": talk.slot})
    return talk
