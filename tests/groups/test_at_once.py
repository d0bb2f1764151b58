"""What several people do in a group at the same time: one chair, one membership each, no number twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.faults import Conflict
from katalysator.groups.members import verbs
from katalysator.groups.models import Decision, GroupMembership, WorkingGroup
from katalysator.groups.papers.verbs import decide
from tests import builders
from tests.core.apart import apart, clear

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (WorkingGroup, Organisation, Person):
        kind.objects.all().delete()


@pytest.fixture
def group() -> WorkingGroup:
    made: WorkingGroup = apart(builders.group)[0]
    return made


def somebody() -> Person:
    made: Person = apart(lambda: builders.person(builders.organisation()))[0]
    return made


def told(deed: Any) -> str:
    """What comes of it: "done", or the code of a refusal."""
    try:
        deed()
    except Conflict as fault:
        return fault.code
    return "done"


def test_a_chair_that_is_handed_over_to_several_is_of_one(group: WorkingGroup) -> None:
    people = [somebody() for _ in range(3)]
    rows: list[GroupMembership] = apart(
        *[lambda who=who: verbs.enter(group, who, "join", by=who) for who in people]
    )
    deeds = [lambda row=row: verbs.give_role(row, by=builders.HOUSE, role="chair") for row in rows]
    apart(*deeds)
    assert sorted(group.memberships.values_list("role", flat=True)) == ["chair", *["member"] * 3]
    assert not audit.verify().broken


def test_who_joins_many_times_is_in_it_once(group: WorkingGroup) -> None:
    person = somebody()
    join = lambda: told(lambda: verbs.enter(group, person, "join", by=person))  # noqa: E731
    assert sorted(apart(*[join] * 4)) == ["done", *["in-already"] * 3]
    assert group.memberships.filter(person=person).count() == 1


def test_who_leaves_while_the_chair_is_handed_over_to_them_is_either(group: WorkingGroup) -> None:
    person = somebody()
    row = apart(lambda: verbs.enter(group, person, "join", by=person))[0]
    results = apart(
        lambda: told(lambda: verbs.move(row, "leave", by=person)),
        lambda: told(lambda: verbs.give_role(row, by=builders.HOUSE, role="chair")),
    )
    assert results in (["done", "gone"], ["chair-stays", "done"])
    assert group.memberships.chairs().count() == 1


def test_decisions_get_numbers_without_holes(group: WorkingGroup) -> None:
    today = timezone.localdate()
    write = lambda: decide(group, by=builders.HOUSE, text="Wij delen.", on=today)  # noqa: E731
    made: list[Decision] = apart(*[write] * 6)
    assert sorted(each.number for each in made) == list(range(1, 7))
