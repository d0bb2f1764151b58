"""Two hundred people register at once while others withdraw: never over, never lost, and the order is kept.

From twenty threads with connections of their own, on PostgreSQL.
"""

from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection

from katalysator.activities import series, verbs
from katalysator.activities.enrolments.verbs import move, register
from katalysator.activities.models import Activity, ActivitySeries, Enrolment
from katalysator.activities.series import cancel_from, days_after
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict
from tests import builders
from tests.activities.steps import changed
from tests.core.apart import apart, clear

pytestmark = pytest.mark.django_db

PEOPLE, THREADS, PLACES = 200, 20, 30


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (Enrolment, Activity, ActivitySeries, Person):
        kind.objects.all().delete()


def _made(places: int | None, count: int) -> tuple[Activity, list[Person]]:
    def make() -> tuple[Activity, list[Person]]:
        people = [Person(email=f"lid-{number}@voorbeeld.example") for number in range(count)]
        return builders.activity(capacity=places), Person.objects.bulk_create(people)

    return apart(make)[0]


def _come_and_go(activity: Activity, people: list[Person]) -> None:
    """All of these register; every third one thinks better of it."""
    for number, person in enumerate(people):
        enrolment = register(activity, person, by=person)
        if number % 3 == 2:
            move(enrolment, "withdraw", by=person)


def test_never_over_never_lost_and_in_order() -> None:
    activity, people = _made(PLACES, PEOPLE)
    shares = [people[start::THREADS] for start in range(THREADS)]
    apart(*[partial(_come_and_go, activity, share) for share in shares])

    rows = [(each.turn or 0, each.state) for each in Enrolment.objects.order_by("turn")]
    assert [turn for turn, _state in rows] == list(range(1, PEOPLE + 1)), "everybody has one turn"
    gone = THREADS * 3
    by_state = {state: [turn for turn, each in rows if each == state] for _turn, state in rows}
    assert {state: len(turns) for state, turns in by_state.items()} == {
        "placed": PLACES,
        "waiting": PEOPLE - gone - PLACES,
        "withdrawn": gone,
    }
    assert max(by_state["placed"]) < min(by_state["waiting"]), "who asked first goes first"
    moved = set(Event.objects.filter(verb="enrolment.move-up").values_list("subject_id", flat=True))
    assert len(moved) == Event.objects.filter(verb="enrolment.move-up").count(), (
        "each moves up once"
    )
    assert not audit.verify().broken


def test_the_last_place_is_given_once_and_one_person_has_one() -> None:
    activity, people = _made(1, 5)

    def comes(person: Person) -> bool:
        try:
            register(activity, person, by=person)
        except Conflict:
            return False
        return True

    assert sum(apart(*[partial(comes, person) for person in people * 3])) == 5
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["placed"] + ["waiting"] * 4


def test_places_are_added_and_taken_away_while_people_come() -> None:
    activity, people = _made(5, 60)

    def change(places: int) -> None:
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, capacity=places))

    shares = [people[start::6] for start in range(6)]
    apart(
        *[partial(_come_and_go, activity, share) for share in shares],
        *[partial(change, places) for places in (20, 2, 10)],
    )
    apart(partial(change, 25))
    turns, waiting = (
        [each.turn or 0 for each in Enrolment.objects.filter(state=state)]
        for state in ("placed", "waiting")
    )
    assert len(turns) == 25
    assert max(turns) < min(waiting)


def test_a_series_is_called_off_while_people_register_for_all_of_it() -> None:
    """No two of them wait for each other for ever."""
    activity, people = _made(None, 12)

    def make() -> list[Activity]:
        days = list(days_after(activity.starts_at.date(), "weekly", 3))
        return series.repeat(activity, by=builders.HOUSE, rhythm="weekly", days=days)

    later = apart(make)[0]

    def come(person: Person, order: int) -> None:
        for each in [*later, activity][::order]:
            try:
                register(each, person, by=person)
            except Conflict:
                continue

    def call_off() -> None:
        cancel_from(Activity.objects.get(pk=activity.pk), by=builders.HOUSE)

    apart(call_off, *[partial(come, person, (1, -1)[n % 2]) for n, person in enumerate(people)])
    assert set(Activity.objects.values_list("state", flat=True)) == {"cancelled"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert cursor.fetchone() == (0,)
