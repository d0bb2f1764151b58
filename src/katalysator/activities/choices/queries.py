"""What can be asked about choices among activities."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import speaks_for_any

if TYPE_CHECKING:
    from katalysator.activities.choices.models import (
        ActivityChoice,
    )


class ChoiceDivision(NamedTuple):
    """How the places of a choice are divided: of how many people so many get none, and how dear it is to who gets one.

    `ranks` has how many get their first, second and further choice; `rows` of each activity, how many would like it
    most and how many get it.
    """

    people: int
    without: int
    ranks: list[tuple[int, int]]
    rows: list[tuple[int, int, int]]


def division_of(choice: "ActivityChoice", activities: Sequence[int]) -> ChoiceDivision:
    """How the places of some activities are divided, by their numbers. Cost: one query."""
    said = choice.preferences.values_list("person", "activity", "rank", "is_given")
    rows = list(said)
    first = Counter(activity for _person, activity, rank, _given in rows if rank == 1)
    given = [(activity, rank) for _person, activity, rank, is_given in rows if is_given]
    got = Counter(activity for activity, _rank in given)
    people = len({person for person, *_ in rows})
    return ChoiceDivision(
        people=people,
        without=people - len(given),
        ranks=sorted(Counter(rank for _activity, rank in given).items()),
        rows=[(each, first[each], got[each]) for each in activities],
    )


class ChoiceQuerySet(models.QuerySet["ActivityChoice"]):
    """Choices among activities."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those with an activity that this person may see announced; one's own; all for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        seen = Q(activities__state="announced")
        if not speaks_for_any(person):
            return self.filter(seen, activities__visibility="everyone").distinct()
        mine = Organisation.objects.of(person).values("pk")
        return self.filter(seen | Q(organisation__in=mine)).distinct()
