"""Small days of talks for tests."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from katalysator.activities.models import Activity
from katalysator.coalition.models import Organisation, Person
from katalysator.rounds.meeting import guest_verbs, verbs
from katalysator.rounds.meeting.planning import compute
from katalysator.rounds.meeting.verbs import DaySettings
from katalysator.rounds.models import MeetingDay, MeetingTalk, MeetingWish
from tests import builders
from tests.activities.steps import come


def settings(activity: Activity, **said: Any) -> DaySettings:
    """Four talks of a quarter of an hour at two tables, half an hour after the activity begins."""
    given: dict[str, Any] = {
        "starts_at": activity.starts_at + timedelta(minutes=30),
        "slots": 4,
        "minutes": 15,
        "rooms": (("Tuinkamer", 1), ("Zaal 2", 1)),
    }
    return DaySettings(**(given | said))


def planned(activity: Activity | None = None, **said: Any) -> MeetingDay:
    """A day of talks at an activity of the bureau."""
    where = activity or builders.activity()
    return verbs.make(where, settings(where, **said), by=builders.HOUSE)


def guest(day: MeetingDay, *organisations: Organisation, **fields: Any) -> Person:
    """Somebody who has a place at the activity, of an organisation of their own, and takes part in the talks."""
    who = builders.person(*(organisations or [builders.organisation()]), **fields)
    come(day.activity, who)
    guest_verbs.join(day, who, by=who)
    return again(who)


def guests(day: MeetingDay, number: int) -> list[Person]:
    """So many of them."""
    return [guest(day) for _ in range(number)]


def wanted(day: MeetingDay, one: Person, other: Person, answer: str = "") -> MeetingWish:
    """One wants to meet another, who may have answered."""
    wish = guest_verbs.want(day, one, other, by=one)
    return guest_verbs.answer(wish, answer, by=other) if answer else wish


def all_want(day: MeetingDay, people: Iterable[Person]) -> None:
    """Everybody wants to meet everybody."""
    who = list(people)
    for number, one in enumerate(who):
        for other in who[number + 1 :]:
            wanted(day, one, other)


def computed(day: MeetingDay) -> MeetingDay:
    """The same day, computed as its job does."""
    row = verbs.compute(fresh(day), by=builders.HOUSE)
    compute(row, row.run)
    return fresh(day)


def published(day: MeetingDay) -> MeetingDay:
    """The same, published."""
    return verbs.publish(computed(day), by=builders.HOUSE)


def fresh(day: MeetingDay) -> MeetingDay:
    """It as it is in the tables."""
    return MeetingDay.objects.get(pk=day.pk)


def again(person: Person) -> Person:
    """Somebody as the next request finds them."""
    return Person.objects.get(pk=person.pk)


def pairs(day: MeetingDay) -> set[frozenset[int]]:
    """Who meets whom, by their numbers."""
    rows = MeetingTalk.objects.filter(day=day).on().values_list("one", "other")
    return {frozenset(pair) for pair in rows}


def wish() -> MeetingWish:
    """Somebody wants to meet another."""
    day = planned()
    one, other = guests(day, 2)
    return wanted(day, one, other)


def talk() -> MeetingTalk:
    """A talk of two that is published."""
    published(wish().day)
    return MeetingTalk.objects.get()
