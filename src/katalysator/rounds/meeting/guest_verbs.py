"""What people do with their own talks. Each verb is one transaction with its event."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.rounds.meeting.rows import locked, require_place
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from katalysator.rounds.models.meeting_days import MOST_SLOTS

MOST_WISHES: Final = 30
"""So many people somebody can want to meet on a day."""


@transaction.atomic
def join(day: MeetingDay, *, by: Person) -> MeetingGuest:
    """Take part in talks: others who do see who it is. Raises NotAllowed, Conflict."""
    row = locked(day)
    require_place(row, by)
    made, is_new = MeetingGuest.objects.get_or_create(day=row, person=by)
    if is_new:
        audit.record("meeting-guest.join", made, by=by, after={"day": row.pk})
    return made


@transaction.atomic
def leave(day: MeetingDay, *, by: Person) -> None:
    """Take part no longer: own wishes go, and talks are called off. Raises NotAllowed, Conflict."""
    guest = _guest(locked(day), by)
    drop_out(guest, by=by)
    audit.record("meeting-guest.leave", guest, by=by)
    guest.delete()


def drop_out(guest: MeetingGuest, *, by: Actor) -> None:
    """Call off all that somebody was to do, in the transaction of who calls it."""
    mine = Q(person=guest.person_id) | Q(other=guest.person_id)
    MeetingWish.objects.filter(mine, day=guest.day_id).delete()
    talks = MeetingTalk.objects.filter(day=guest.day_id).of(guest.person)
    talks.filter(is_out=False).delete()
    for talk in talks.filter(is_out=True).on().select_for_update():
        _off(talk, guest.person, by=by)


@transaction.atomic
def attend(
    day: MeetingDay, *, by: Person, away: Collection[int], most: int | None = None
) -> MeetingGuest:
    """Say in which slots one is not there, and how many talks one wants at most. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(day)
    guest = _guest(row, by)
    if not all(0 <= slot < row.slots for slot in away):
        raise InvalidInput("away", _("There is no such time.")).at("away")
    if most is not None and not 1 <= most <= MOST_SLOTS:
        raise InvalidInput("most", _("Give a number from 1 to %(most)s."), most=MOST_SLOTS).at(
            "most"
        )
    talks = MeetingTalk.objects.filter(day=row, is_out=True, slot__in=away).on().of(by)
    if talks.exists():
        raise Conflict(
            "talk-then",
            _("You have a talk then."),
            hint=_("Call the talk off first."),
        )
    guest.away, guest.most = sorted(set(away)), most
    guest.save()
    after = {"away": guest.away, "most": most}
    audit.record("meeting-guest.attend", guest, by=by, after=after)
    return guest


@transaction.atomic
def want(day: MeetingDay, other: Person, *, by: Person) -> MeetingWish:
    """Want to meet somebody who takes part too. Raises Conflict, NotAllowed."""
    row = locked(day)
    _guest(row, by)
    if not row.guests.present().filter(person=other).exists():
        raise Conflict("not-there", _("They do not take part in the talks."))
    if other.pk == by.pk or by.own_organisations & other.own_organisations:
        raise Conflict("same-organisation", _("They are of your own organisation."))
    mine = MeetingWish.objects.filter(day=row, person=by)
    if mine.count() >= MOST_WISHES:
        raise Conflict(
            "too-many-wishes", _("You can want to meet %(most)s people at most."), most=MOST_WISHES
        )
    made, is_new = MeetingWish.objects.get_or_create(day=row, person=by, other=other)
    if is_new:
        audit.record("meeting-wish.want", made, by=by, after={"day": row.pk})
    return made


@transaction.atomic
def unwant(wish: MeetingWish, *, by: Person) -> None:
    """Take a wish back. Raises NotAllowed, Conflict."""
    row = _locked_wish(wish)
    if row.person_id != by.pk:
        raise NotAllowed("not-your-wish", _("This is not your wish."))
    audit.record("meeting-wish.unwant", row, by=by)
    row.delete()


@transaction.atomic
def answer(wish: MeetingWish, said: str, *, by: Person) -> MeetingWish:
    """Say yes or no to who wants to meet one. Raises NotAllowed, InvalidInput, Conflict."""
    row = _locked_wish(wish)
    if row.other_id != by.pk:
        raise NotAllowed("not-your-answer", _("Only who is asked answers."))
    require_place(row.day, by)
    if said not in MeetingWish.Answer.values:
        raise InvalidInput("answer", _("Say yes or no.")).at("answer")
    row.answer = said
    row.save(update_fields=["answer"])
    audit.record("meeting-wish.answer", row, by=by)
    return row


@transaction.atomic
def call_off(talk: MeetingTalk, *, by: Person) -> MeetingTalk:
    """Call a talk off: the other gets a letter, and the table is free when the schedule is computed again. Raises Conflict, NotAllowed."""
    day = locked(talk.day)
    found = day.talks.filter(pk=talk.pk, is_out=True).on().select_for_update().first()
    if found is None:
        raise Conflict("talk-off", _("This talk was called off already."))
    if by.pk not in (found.one_id, found.other_id):
        raise NotAllowed("not-your-talk", _("This is not your talk."))
    return _off(found, by, by=by)


def _off(talk: MeetingTalk, person: Person, *, by: Actor) -> MeetingTalk:
    talk.off_at, talk.off_by = timezone.now(), person
    talk.save(update_fields=["off_at", "off_by"])
    audit.record("meeting-talk.off", talk, by=by, after={"day": talk.day_id, "slot": talk.slot})
    return talk


def _guest(day: MeetingDay, by: Person) -> MeetingGuest:
    """The row of who takes part. Raises NotAllowed, Conflict."""
    require_place(day, by)
    found: MeetingGuest | None = day.guests.filter(person=by).select_related("person").first()
    if found is None:
        raise Conflict(
            "not-taking-part",
            _("You do not take part in the talks yet."),
            hint=_("Choose “I take part” first."),
        )
    return found


def _locked_wish(wish: MeetingWish) -> MeetingWish:
    locked(wish.day)
    found = MeetingWish.objects.filter(pk=wish.pk).select_related("day__activity").first()
    if found is None:
        raise Conflict("gone", _("This wish is not here any more."))
    return found
