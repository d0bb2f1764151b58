"""Both sides, the bureau and the clock at the same time, from threads with connections of their own, on PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import CLOCK
from katalysator.faults import Conflict
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.core.apart import apart, clear
from tests.introductions.steps import Pair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (Introduction, Listing, Organisation, Person):
        kind.objects.all().delete()


def tried(deed: Callable[[], Introduction]) -> Callable[[], str]:
    """What became of a deed: the state it led to, or that it was refused."""

    def act() -> str:
        try:
            return deed().state
        except Conflict as fault:
            return fault.code

    return act


def states() -> list[str]:
    return apart(lambda: list(Introduction.objects.values_list("state", flat=True)))[0]


def test_however_often_the_same_is_proposed_it_is_proposed_once() -> None:
    pair = apart(Pair.new)[0]
    told = apart(*[tried(lambda: verbs.propose(pair.sides(), by=pair.asker))] * 8)
    assert Counter(told) == {"proposed": 1, "proposed-already": 7}


def test_both_propose_at_once_and_are_introduced() -> None:
    pair = apart(Pair.new)[0]
    told = apart(
        tried(lambda: verbs.propose(pair.sides(), by=pair.asker)),
        tried(lambda: verbs.propose(pair.sides(), by=pair.giver)),
    )
    assert sorted(told) == ["introduced", "proposed"]
    assert states() == ["introduced"]


@pytest.mark.parametrize("turn", range(3))
def test_a_yes_a_no_taking_back_and_the_deadline_at_once(turn: int) -> None:
    def make() -> tuple[Pair, Introduction]:
        pair = Pair.new()
        return pair, pair.proposed()

    (pair, made), mine = apart(make)[0], None
    mine = apart(lambda: made.parties.get(listing=pair.offer))[0]
    deeds = [
        tried(lambda: verbs.accept(mine, by=pair.giver)),
        tried(lambda: verbs.decline(mine, by=pair.giver, reason="time")),
        tried(lambda: verbs.withdraw(made, by=pair.asker)),
        tried(lambda: verbs.lapse(made, by=CLOCK)),
    ]
    told = apart(*deeds[turn:], *deeds[:turn])
    (end,) = states()
    assert [each for each in told if each in ("introduced", "declined", "withdrawn", "lapsed")] == [
        end
    ]


def test_the_most_that_may_wait_holds_at_once_too() -> None:
    def make() -> tuple[Pair, list[Listing]]:
        pair = Pair.new()
        offers = [builders.listing(builders.organisation(), Kind.OFFER) for _ in range(12)]
        return pair, offers

    pair, offers = apart(make)[0]
    own = pair.sides()[0]
    deeds = [
        tried(partial(verbs.propose, [own, MeetingSide.of(offer)], by=pair.asker))
        for offer in offers
    ]
    assert Counter(apart(*deeds)) == {"proposed": 10, "too-many-proposals": 2}
