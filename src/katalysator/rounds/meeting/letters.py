"""Letters to people about their talks."""

from typing import Final

from katalysator.activities.calendar.ical import calendar
from katalysator.coalition.models import Person
from katalysator.core.language import speaking
from katalysator.core.letters import Attachment
from katalysator.faults import gettext_noop as _
from katalysator.notices import writing as notices
from katalysator.notices.kinds import letter_kind
from katalysator.rounds.meeting.entries import entries_of
from katalysator.rounds.models import MeetingDay, MeetingTalk

TALKS: Final = letter_kind("meeting-talks", _("My talks at an activity"))
_FOLDER: Final = "rounds/letters/"


def write_of_day(day_id: int, person_id: int) -> None:
    """Write to somebody which talks they have, with the entries for the calendar."""
    day = MeetingDay.objects.select_related("activity").filter(pk=day_id).first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if day is None or person is None:
        return
    with speaking(person.language):
        entries = entries_of(day, person)
        content = calendar("", entries)
    if entries:
        notices.write(
            TALKS,
            person,
            f"{_FOLDER}talks-planned.txt",
            page=("meeting-mine", day.activity_id),
            attached=Attachment("talks.ics", content.decode(), "text/calendar"),
            activity=day.activity,
            entries=[each for each in entries if each.status == "CONFIRMED"],
        )


def write_of_talk_off(talk: MeetingTalk) -> None:
    """Write to the other that a talk was called off."""
    if talk.off_at:
        _write_off(talk.day, talk.other if talk.off_by_id == talk.one_id else talk.one, talk.slot)


def write_of_talk_gone(day_id: int, person_id: int, slot: int) -> None:
    """Write to somebody that a talk is off of which nothing is left: the account of the other is erased."""
    day = MeetingDay.objects.select_related("activity").filter(pk=day_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if day is not None and person is not None:
        _write_off(day, person, slot)


def _write_off(day: MeetingDay, told: Person, slot: int) -> None:
    if told.is_active:
        notices.write(
            TALKS,
            told,
            f"{_FOLDER}talk-off.txt",
            page=("meeting-mine", day.activity_id),
            activity=day.activity,
            begins=day.begins(slot),
        )
