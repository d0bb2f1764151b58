"""Somebody's talks, as they see them: when, where and with whom; and as entries of a calendar."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from katalysator.activities.calendar.ical import Entry
from katalysator.coalition.models import Person
from katalysator.core.letters import address
from katalysator.rounds.meeting.naming import NamedGuest, named
from katalysator.rounds.models import MeetingDay, MeetingTalk


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """A talk as one of both sees it."""

    talk: MeetingTalk
    begins: datetime
    ends: datetime
    room: str
    table: int
    other: NamedGuest

    @property
    def place(self) -> str:
        """The room and the table in words."""
        return _("%(room)s, table %(table)s") % {"room": self.room, "table": self.table}


def talks_of(day: MeetingDay, person: Person) -> list[OwnTalk]:
    """The talks of somebody that are published, in their order; those that were called off too. Cost: two queries."""
    talks = list(MeetingTalk.objects.visible_to(person).filter(day=day, is_out=True).of(person))
    names = named(each.other_than(person.pk) for each in talks)
    return [
        OwnTalk(
            each,
            day.begins(each.slot),
            day.ends(each.slot),
            *day.place_of(each.table),
            names[each.other_than(person.pk)],
        )
        for each in talks
    ]


def entries_of(day: MeetingDay, person: Person) -> list[Entry]:
    """The same as entries of a calendar. Cost: see `talks_of`."""
    return [
        Entry(
            uid=f"talk-{each.talk.pk}-{day.activity.uid}",
            sequence=1 if each.talk.off_at else 0,
            changed_at=each.talk.off_at or day.published_at or day.made_at,
            starts_at=each.begins,
            ends_at=each.ends,
            title=_("Talk: %(other)s") % {"other": each.other},
            text=day.activity.title,
            url=address("meeting-mine", day.activity_id),
            place=", ".join(filter(None, (each.place, day.activity.place))),
            status="CANCELLED" if each.talk.off_at else "CONFIRMED",
        )
        for each in talks_of(day, person)
    ]
