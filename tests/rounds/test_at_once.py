"""Two workers, a party and the bureau at the same time, from threads with connections of their own, on PostgreSQL."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from katalysator.coalition.models import Organisation, Person
from katalysator.faults import Conflict
from katalysator.introductions import verbs as introductions
from katalysator.introductions.models import Introduction, Party
from katalysator.listings.models import Listing
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.models import MatchingRound
from tests import builders
from tests.core.apart import apart, clear
from tests.rounds.markets import RoundTable, computed, coordinator, fresh

pytestmark = pytest.mark.django_db

SCORES = {"aX": 0.9, "bY": 0.8, "cZ": 0.7, "dV": 0.6}


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (MatchingRound, Introduction, Listing, Organisation, Person):
        kind.objects.all().delete()


def approved() -> tuple[MatchingRound, Person]:
    by = coordinator()
    RoundTable.of(SCORES)
    return verbs.approve(computed(by), by=by), by


def tried(deed: Callable[[], object]) -> Callable[[], str]:
    """Whether a deed was done, or by which code it was refused."""

    def act() -> str:
        try:
            deed()
        except Conflict as fault:
            return fault.code
        return "done"

    return act


def test_however_often_it_is_sent_it_goes_out_once() -> None:
    found, by = apart(approved)[0]
    told = apart(*[tried(lambda: verbs.send(found, by=by))] * 4)
    assert sorted(told) == ["done", *["workflow-refused"] * 3]


def test_two_workers_share_the_proposals() -> None:
    found, by = apart(approved)[0]
    apart(lambda: verbs.send(found, by=by))
    apart(*[lambda: send_all(found)] * 3)
    assert apart(lambda: (Introduction.objects.count(), fresh(found).state))[0] == (4, "sent")


def test_who_answers_while_all_is_taken_back_answered_or_was_too_late() -> None:
    found, by = apart(approved)[0]
    apart(lambda: verbs.send(found, by=by))
    apart(lambda: send_all(found))
    apart(lambda: verbs.undo(found, by=by))

    def parties() -> list[tuple[int, Person]]:
        rows = Introduction.objects.order_by("pk")
        found = (each.parties.order_by("pk")[0] for each in rows)
        return [
            (each.pk, builders.person(each.organisation)) for each in found if each.organisation
        ]

    asked = apart(parties)[0]

    def answer(number: int, person: Person) -> None:
        party = Party.objects.select_related("introduction").get(pk=number)
        introductions.accept(party, by=person)

    told = apart(
        *[tried(partial(answer, *each)) for each in asked],
        tried(lambda: take_all_back(found)),
    )
    states = apart(
        lambda: list(Introduction.objects.order_by("pk").values_list("state", flat=True))
    )
    kept = ["done" if state == "proposed" else "too-late" for state in states[0]]
    assert told == [*kept, "done"]
    assert apart(lambda: fresh(found).state) == ["undone"]
