"""One-to-one talks of the example: who takes part and wants to meet whom; its bureau has yet to compute the schedule."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from katalysator.activities.enrolments.verbs import register
from katalysator.activities.models import Activity
from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say
from katalysator.rounds.meeting import guest_verbs, verbs
from katalysator.rounds.meeting.verbs import DaySettings
from katalysator.rounds.models import MeetingDay
from katalysator.site.demo.logins import BUREAU

_STEPS: Final = (1, 3, 4, 7)
"""How far along the row those stand whom somebody wants to meet."""
_SAID: Final = ("yes", "", "yes", "no", "")


def load_talks(rows: Sequence[Mapping[str, Any]]) -> str:
    """Plan them and let people say whom they want to meet; returns a line of report."""
    bureau = Person.objects.get(email=BUREAU)
    for row in rows:
        activity = Activity.objects.get(title=row["activity"])
        settings = DaySettings(
            starts_at=activity.starts_at + timedelta(minutes=row["after"]),
            slots=row["slots"],
            minutes=row["minutes"],
            between=row["between"],
            rooms=tuple(row["rooms"].items()),
        )
        _ask(verbs.make(activity, settings, by=bureau), _guests(activity, row["organisations"]))
    return say("Activities with one-to-one talks: %(count)s.", count=len(rows))


def _guests(activity: Activity, slugs: Sequence[str]) -> list[Person]:
    """Somebody of each organisation, with a place: who speaks for it already, or an account without a name."""
    people = []
    for slug in slugs:
        owner = Organisation.objects.get(slug=slug)
        person = owner.people.order_by("pk").first()
        if person is None:
            address = f"lid@{slug}.example"
            person = coalition.admit(address, by=EXAMPLE, organisation=owner)
        if not activity.enrolments.open().of(person).exists():
            register(activity, person, by=person)
        people.append(person)
    return people


def _ask(day: MeetingDay, people: Sequence[Person]) -> None:
    """Let everybody take part, and want to meet some who stand further along the row."""
    for person in people:
        guest_verbs.join(day, person, by=person)
    for place, person in enumerate(people):
        for number, step in enumerate(_STEPS):
            other = people[(place + step) % len(people)]
            wish = guest_verbs.want(day, person, other, by=person)
            if said := _SAID[(place + number) % len(_SAID)]:
                guest_verbs.answer(wish, said, by=other)
