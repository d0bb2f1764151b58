"""What people do with their own talks. Each verb is one transaction with its event."""

from collections.abc import Collection
from typing import Final

from django.db import transaction

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.rounds.meeting import dropping_out
from katalysator.rounds.meeting.rows import locked
from katalysator.rounds.meeting.workflow import JOIN
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from katalysator.rounds.models.meeting_days import MOST_SLOTS

MOST_WISHES: Final = 30
"""So many people somebody can want to meet on a day."""


@transaction.atomic
def join(day: MeetingDay, person: Person, *, by: Actor) -> MeetingGuest:
    """Take part in talks: others who do see who it is. Raises NotAllowed, Conflict."""
    row = locked(day)
    _require_oneself(row, person, by)
    made, is_new = MeetingGuest.objects.get_or_create(day=row, person=person)
    if is_new:
        audit.record("meeting-guest.join", made, by=by, after={"day": row.pk})
    return made


@transaction.atomic
def leave(day: MeetingDay, person: Person, *, by: Actor) -> None:
    """Take part no longer: own wishes go, and talks are called off. Raises NotAllowed, Conflict."""
    guest = _guest(locked(day), person, by)
    dropping_out.drop_out(guest, by=by)
    audit.record("meeting-guest.leave", guest, by=by)
    guest.delete()


@transaction.atomic
def attend(
    day: MeetingDay, person: Person, *, by: Actor, away: Collection[int], most: int | None = None
) -> MeetingGuest:
    """Say in which slots one is not there, and how many talks one wants at most. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(day)
    guest = _guest(row, person, by)
    if not all(0 <= slot < row.slots for slot in away):
        raise InvalidInput("away", _("There is no such time.")).at("away")
    if most is not None and not 1 <= most <= MOST_SLOTS:
        raise InvalidInput("most", _("Give a number from 1 to %(most)s."), most=MOST_SLOTS).at(
            "most"
        )
    talks = MeetingTalk.objects.filter(day=row, is_out=True, slot__in=away).on().of(person)
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
def want(day: MeetingDay, person: Person, other: Person, *, by: Actor) -> MeetingWish:
    """Want to meet somebody who takes part too. Raises Conflict, NotAllowed."""
    row = locked(day)
    _guest(row, person, by)
    if not row.guests.present().filter(person=other).exists():
        raise Conflict("not-there", _("They do not take part in the talks."))
    if other.pk == person.pk or person.own_organisations & other.own_organisations:
        raise Conflict("same-organisation", _("They are of your own organisation."))
    mine = MeetingWish.objects.filter(day=row, person=person)
    if mine.count() >= MOST_WISHES:
        raise Conflict(
            "too-many-wishes", _("You can want to meet %(most)s people at most."), most=MOST_WISHES
        )
    made, is_new = MeetingWish.objects.get_or_create(day=row, person=person, other=other)
    if is_new:
        audit.record("meeting-wish.want", made, by=by, after={"day": row.pk})
    return made


@transaction.atomic
def unwant(wish: MeetingWish, *, by: Actor) -> None:
    """Take a wish back. Raises NotAllowed, Conflict."""
    row = _locked_wish(wish)
    _require_oneself(row.day, row.person, by)
    audit.record("meeting-wish.unwant", row, by=by)
    row.delete()


@transaction.atomic
def answer(wish: MeetingWish, said: str, *, by: Actor) -> MeetingWish:
    """Say yes or no to who wants to meet one. Raises NotAllowed, InvalidInput, Conflict."""
    row = _locked_wish(wish)
    _require_oneself(row.day, row.other, by)
    if said not in MeetingWish.Answer.values:
        raise InvalidInput("answer", _("Say yes or no.")).at("answer")
    row.answer = said
    row.save(update_fields=["answer"])
    audit.record("meeting-wish.answer", row, by=by)
    return row


@transaction.atomic
def call_off(talk: MeetingTalk, person: Person, *, by: Actor) -> MeetingTalk:
    """Call a talk off: the other gets a letter, and the table is free when the schedule is computed again. Raises Conflict, NotAllowed."""
    day = locked(talk.day)
    _require_oneself(day, person, by)
    mine = day.talks.filter(pk=talk.pk, is_out=True).of(person)
    found = mine.on().select_for_update(of=("self",)).first()
    if found is None:
        raise Conflict("talk-off", _("This talk was called off already."))
    return dropping_out.call_off(found, person, by=by)


def _require_oneself(day: MeetingDay, person: Person, by: Actor) -> None:
    """Refuse who is another, or has no place at the activity. Raises NotAllowed."""
    if not permits(by, JOIN, MeetingGuest(day=day, person=person)):
        raise NotAllowed("no-place", _("This is for who has a place at the activity."))


def _guest(day: MeetingDay, person: Person, by: Actor) -> MeetingGuest:
    """The row of who takes part. Raises NotAllowed, Conflict."""
    _require_oneself(day, person, by)
    found: MeetingGuest | None = day.guests.filter(person=person).select_related("person").first()
    if found is None:
        raise Conflict(
            "not-taking-part",
            _("You do not take part in the talks yet."),
            hint=_("Choose “I take part” first."),
        )
    return found


def _locked_wish(wish: MeetingWish) -> MeetingWish:
    locked(wish.day)
    rows = MeetingWish.objects.filter(pk=wish.pk)
    found = rows.select_related("day__activity", "person", "other").first()
    if found is None:
        raise Conflict("gone", _("This wish is not here any more."))
    return found
