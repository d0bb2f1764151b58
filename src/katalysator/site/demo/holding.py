"""The activities of the example, with who comes to them: accounts without a name, which nobody logs in with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from katalysator.activities import series, verbs
from katalysator.activities.choices import verbs as choices
from katalysator.activities.enrolments import verbs as enrolments
from katalysator.activities.facts import ActivityFacts
from katalysator.activities.models import Activity
from katalysator.activities.moments import at_wall_clock, on_the_wall
from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say

_GUESTS: Final = 12
_LATER: Final = timedelta(days=2_000)
"""What is over is loaded as if it were to come, so that people can register, and then set back."""
_AS_STATED: Final = (
    "kind",
    "language",
    "title",
    "mode",
    "place",
    "region",
    "link",
    "capacity",
    "policy",
    "visibility",
)


def load_activities(rows: Sequence[Mapping[str, Any]], today: date) -> str:
    """Post, announce and fill them; returns a line of report."""
    owners = {each.slug: each for each in Organisation.objects.all()}
    people, made = _people(), []
    for number, row in enumerate(rows):
        activity = verbs.post(_facts(row, today, owners), by=EXAMPLE)
        if row.get("state") != "draft":
            activity = verbs.announce(activity, by=EXAMPLE)
            _follow(activity, row, people[number % 5 :] + people[: number % 5])
        made.append((row.get("choice", ""), activity))
    for title, of_one in groupby(made, key=lambda each: each[0]):
        if title:
            _let_choose(title, [each for _title, each in of_one], people)
    return say("Activities: %(count)s.", count=Activity.objects.count())


def _people() -> list[Person]:
    """Those who log in to the example, the bureau last, and guests of it."""
    known = list(Person.objects.filter(is_coordinator=False).order_by("pk"))
    guests = [
        coalition.admit(f"gast-{number}@voorbeeld.example", by=EXAMPLE)
        for number in range(1, _GUESTS + 1)
    ]
    return known + guests


def _facts(
    row: Mapping[str, Any], today: date, owners: Mapping[str, Organisation]
) -> ActivityFacts:
    day = today + timedelta(days=row["days"]) + (_LATER if _is_over(row) else timedelta())
    start = at_wall_clock(datetime.combine(day, time.fromisoformat(row["at"])))
    said = {name: row[name] for name in _AS_STATED if name in row}
    return ActivityFacts(
        **said,
        text=row["text"].strip(),
        organisation=owners.get(row.get("organisation", "")),
        partners=tuple(owners[slug] for slug in row.get("partners", ())),
        areas=tuple(row["areas"]),
        blocks=tuple(row["blocks"]),
        starts_at=start,
        ends_at=start + timedelta(hours=row["hours"]),
    )


def _follow(activity: Activity, row: Mapping[str, Any], people: list[Person]) -> None:
    """All that is done with one after it is announced."""
    for person in _who_may(activity, people)[: row.get("come", 0)]:
        enrolments.register(activity, person, by=person)
    if "series" in row:
        first = on_the_wall(activity.starts_at).date()
        days = list(series.days_after(first, row["series"], row["times"]))
        series.repeat(activity, by=EXAMPLE, rhythm=row["series"], days=days)
    if "cancelled" in row:
        verbs.cancel(activity, by=EXAMPLE, reason=row["cancelled"])
    if _is_over(row):
        _set_back(activity, row)


def _who_may(activity: Activity, people: list[Person]) -> list[Person]:
    is_for_all = activity.visibility == Activity.Visibility.EVERYONE
    return people if is_for_all else [each for each in people if each.speaks_for_any]


def _set_back(activity: Activity, row: Mapping[str, Any]) -> None:
    """Let it have been when it was, and write down who was there and what came of it."""
    start, end = (
        at_wall_clock(on_the_wall(moment) - _LATER)
        for moment in (activity.starts_at, activity.ends_at)
    )
    Activity.objects.filter(pk=activity.pk).update(starts_at=start, ends_at=end, reminded_at=start)
    past = Activity.objects.get(pk=activity.pk)
    if "outcome" in row:
        seats = list(past.enrolments.seated().values_list("pk", flat=True))
        present = seats[: row["present"]]
        enrolments.note_attendance(past, present, by=EXAMPLE, among=seats)
        verbs.tell(past, by=EXAMPLE, outcome=row["outcome"].strip(), lessons=row["lessons"].strip())


def _let_choose(title: str, activities: list[Activity], people: list[Person]) -> None:
    """Everybody says in which order, each another; nobody has divided it yet."""
    holder = activities[0].organisation
    choice = choices.post(title, by=EXAMPLE, organisation=holder, activities=activities)
    for number, person in enumerate(people):
        turn = number % len(activities)
        order = [each.pk for each in activities[turn:] + activities[:turn]]
        choices.rank(choice, person, by=person, order=order[: 2 + number % 2])


def _is_over(row: Mapping[str, Any]) -> bool:
    return bool(row["days"] * 24 + row["hours"] < 0)
