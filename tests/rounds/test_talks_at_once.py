"""Guests, a worker and who plans at the same time, from threads with connections of their own, on PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from katalysator.activities.enrolments.verbs import move, register
from katalysator.activities.models import Activity, Enrolment
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.verbs import erase
from katalysator.faults import Conflict, NotAllowed
from katalysator.rounds.meeting import guest_verbs, planning, verbs
from katalysator.rounds.meeting.dropping_out import let_go
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from tests import builders
from tests.core.apart import apart, clear
from tests.rounds.meetings import again, all_want, fresh, guests, pairs, planned, published, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (MeetingDay, Enrolment, Activity, Organisation, Person):
        kind.objects.all().delete()


def tried(deed: Callable[[], object]) -> Callable[[], str]:
    """Whether a deed was done, or by which code it was refused."""

    def act() -> str:
        try:
            deed()
        except (Conflict, NotAllowed) as fault:
            return fault.code
        return "done"

    return act


def with_guests(number: int, **said: Any) -> tuple[MeetingDay, list[Person]]:
    """A day on which everybody wants to meet everybody."""

    def make() -> tuple[MeetingDay, list[Person]]:
        day = planned(**said)
        people = guests(day, number)
        all_want(day, people)
        return day, people

    return apart(make)[0]


def enrolment_of(day: MeetingDay, person: Person) -> Enrolment:
    return apart(lambda: Enrolment.objects.get(activity=day.activity_id, person=person))[0]


def begun(day: MeetingDay) -> MeetingDay:
    return apart(lambda: verbs.compute(fresh(day), by=builders.HOUSE))[0]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something done, and committed, after a plan is computed and before it is kept."""

    def between(deed: Callable[[], object]) -> None:
        keep = planning._keep

        def late(*given: Any) -> None:
            apart(deed)
            keep(*given)

        monkeypatch.setattr(planning, "_keep", late)

    return between


class TestPlaces:
    def test_of_two_who_take_the_last_place_one_takes_part(self) -> None:
        def make() -> tuple[MeetingDay, list[Person]]:
            day = planned(builders.activity(capacity=1))
            return day, [builders.person(builders.organisation()) for _ in range(2)]

        day, people = apart(make)[0]

        def come(person: Person) -> None:
            register(fresh(day).activity, person, by=person)
            guest_verbs.join(fresh(day), again(person), by=again(person))

        told = apart(*[tried(partial(come, each)) for each in people])
        assert Counter(told) == {"done": 1, "no-place": 1}
        assert apart(MeetingGuest.objects.count) == [1]

    def test_however_often_one_takes_part_or_asks_it_is_once(self) -> None:
        day, (one, other) = with_guests(2)
        apart(*[lambda: guest_verbs.join(fresh(day), one, by=one)] * 4)
        apart(*[lambda: guest_verbs.want(fresh(day), other, one, by=other)] * 4)
        counts = apart(lambda: (MeetingGuest.objects.count(), MeetingWish.objects.count()))
        assert counts == [(2, 2)], "both want to meet each other"

    def test_both_call_the_same_talk_off_and_it_is_off_once(self) -> None:
        day, people = with_guests(2)
        apart(lambda: published(day))
        talk = apart(lambda: MeetingTalk.objects.select_related("day").get())[0]
        told = apart(
            *[tried(partial(guest_verbs.call_off, talk, each, by=each)) for each in people]
        )
        assert Counter(told) == {"done": 1, "talk-off": 1}


class TestPlanning:
    def test_two_workers_make_one_plan(self) -> None:
        day, _people = with_guests(5, slots=1)
        row = begun(day)
        apart(*[partial(planning.compute, row, row.run)] * 3)
        assert apart(lambda: (fresh(day).state, MeetingTalk.objects.count())) == [("computed", 2)]

    @pytest.mark.parametrize("way", ["leaves", "withdraws", "says no", "is away", "is erased"])
    def test_who_goes_while_it_is_computed_is_in_no_plan(
        self, way: str, meanwhile: Callable[[Callable[[], object]], None]
    ) -> None:
        day, (one, other) = with_guests(2, slots=1)
        row, seat = begun(day), enrolment_of(day, one)

        def go() -> None:
            match way:
                case "leaves":
                    guest_verbs.leave(fresh(day), one, by=one)
                case "withdraws":
                    move(seat, "withdraw", by=one)
                    let_go(seat.pk)
                case "says no":
                    wish = MeetingWish.objects.select_related("day").get()
                    guest_verbs.answer(wish, "no", by=other)
                case "is away":
                    guest_verbs.attend(fresh(day), one, by=one, away=[0])
                case _:
                    erase(one, by=builders.HOUSE)

        meanwhile(go)
        apart(lambda: planning.compute(row, row.run))
        assert apart(lambda: (fresh(day).state, MeetingTalk.objects.count())) == [("asking", 0)]

    def test_who_comes_while_it_is_computed_waits_for_the_next(
        self, meanwhile: Callable[[Callable[[], object]], None]
    ) -> None:
        day, people = with_guests(2)
        row = begun(day)

        def come() -> None:
            late = guests(fresh(day), 1)[0]
            wanted(fresh(day), late, people[0])

        meanwhile(come)
        apart(lambda: planning.compute(row, row.run))
        expected = {frozenset(each.pk for each in people)}
        assert apart(lambda: (fresh(day).state, pairs(day))) == [("computed", expected)]

    @pytest.mark.parametrize("turn", range(3))
    def test_whatever_comes_first_nobody_who_went_has_a_talk(self, turn: int) -> None:
        day, people = with_guests(4 + turn)
        row, gone = begun(day), people[turn]
        seat = enrolment_of(day, gone)

        def withdraw() -> None:
            move(seat, "withdraw", by=gone)
            let_go(seat.pk)

        apart(lambda: planning.compute(row, row.run), withdraw)
        state, talks = apart(lambda: (fresh(day).state, pairs(day)))[0]
        assert state in ("computed", "asking")
        assert not [pair for pair in talks if gone.pk in pair]

    def test_who_publishes_while_another_computes_again_publishes_or_is_refused(self) -> None:
        day, _people = with_guests(3)
        row = begun(day)
        apart(lambda: planning.compute(row, row.run))
        told = apart(
            tried(lambda: verbs.publish(fresh(day), by=builders.HOUSE)),
            tried(lambda: verbs.compute(fresh(day), by=builders.HOUSE)),
        )
        assert told in (["done", "done"], ["workflow-refused", "done"])
