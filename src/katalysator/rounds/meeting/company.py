"""Whom somebody finds at talks: who asked them, whom they asked, and whom they may still ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from katalysator.coalition.models import Person
from katalysator.rounds.meeting.naming import NamedGuest, named
from katalysator.rounds.meeting.suggesting import suggested
from katalysator.rounds.models import MeetingDay, MeetingWish


@dataclass(frozen=True, slots=True)
class OtherGuest:
    """Somebody whom one may ask: the number of their place in the talks, who it is, and a reason to meet, where there is one."""

    number: int
    guest: NamedGuest
    why: str


@dataclass(frozen=True, slots=True)
class Company:
    """Who takes part besides oneself; wishes are with the other of both."""

    asking: Sequence[tuple[MeetingWish, NamedGuest]] = ()
    asked: Sequence[tuple[MeetingWish, NamedGuest]] = ()
    others: Sequence[OtherGuest] = field(default=())
    guests: int = 0

    @classmethod
    def of(cls, day: MeetingDay, person: Person) -> "Company":
        """As somebody who takes part finds it: of `others` those with a reason first. Cost: eight queries at most."""
        wishes = list(MeetingWish.objects.visible_to(person).filter(day=day))
        guests = dict(day.guests.present().exclude(person=person).values_list("person", "pk"))
        names = named(guests)
        asked = {each.other_id: each for each in wishes if each.person_id == person.pk}
        asking = [each for each in wishes if each.other_id == person.pk and each.person_id in names]
        known = {*asked, *(each.person_id for each in asking)}
        others = [each for each in names.values() if _may_ask(person, each, known)]
        why = suggested(person, {org.pk for each in others for org in each.organisations})
        rows = [OtherGuest(guests[each.person], each, _reason(each, why)) for each in others]
        return cls(
            asking=[(each, names[each.person_id]) for each in asking],
            asked=[(each, names[who]) for who, each in asked.items() if who in names],
            others=sorted(rows, key=lambda row: (not row.why, str(row.guest).casefold())),
            guests=len(names),
        )


def _may_ask(person: Person, guest: NamedGuest, known: set[int]) -> bool:
    """Whether somebody is of another organisation, and nothing was asked between both yet."""
    own = person.own_organisations
    return guest.person not in known and not any(each.pk in own for each in guest.organisations)


def _reason(guest: NamedGuest, why: dict[int, str]) -> str:
    return next((why[each.pk] for each in guest.organisations if each.pk in why), "")
