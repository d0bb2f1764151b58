"""An attacker, or a double click, who sends the same deed many times at once: it is done once.

Each test sends from browsers of their own, in threads with connections of their own, and counts what was
written in the audit trail. Every other answer is a refusal in words, never an error of ours.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection

from katalysator.coalition import verbs
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.models import Event, Purpose
from katalysator.core.purpose import claim
from katalysator.faults import Conflict
from katalysator.grades.models import Grade, LearnedWeights
from katalysator.listings.models import Listing
from katalysator.matches.models import MarketAllocation
from katalysator.readings.models import CoalitionConcept, LexiconSnapshot, Reading
from tests import builders
from tests.attack.steps import inside
from tests.core.apart import apart, clear
from tests.grades.steps import Met, met

pytestmark = pytest.mark.django_db

TIMES = 6
COMMITTED = (
    Grade, Listing, Organisation, Person, MarketAllocation, LexiconSnapshot, Reading, LearnedWeights,
    CoalitionConcept, Purpose, Session,
)  # fmt: skip


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in COMMITTED:
        kind.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_counter")


def made(what: Callable[[], Any]) -> Any:
    """A record that is committed."""
    return apart(what)[0]


def at_once(address: str, *people: Person, **typed: Any) -> list[int]:
    """What each of these hears, who press the button at the same time."""

    def press(person: Person) -> int:
        return inside(person).post(address, typed).status_code

    return apart(*[lambda person=person: press(person) for person in people])


def times_done(verb: str) -> int:
    """How often the trail tells of a deed."""
    assert not audit.verify().broken
    return Event.objects.filter(verb=verb).count()


class TestListings:
    @pytest.fixture
    def owner(self) -> Organisation:
        owner: Organisation = made(builders.organisation)
        return owner

    @pytest.fixture
    def me(self, owner: Organisation) -> Person:
        person: Person = made(lambda: builders.person(owner))
        return person

    def test_published_twice(self, owner: Organisation, me: Person) -> None:
        draft = made(lambda: builders.draft(owner))
        assert at_once(f"/en/listings/{draft.pk}/publish/", *[me] * TIMES) == [302] * TIMES
        assert times_done("listing.publish") == 1

    def test_published_and_thrown_away(self, owner: Organisation, me: Person) -> None:
        draft = made(lambda: builders.draft(owner))
        address = f"/en/listings/{draft.pk}"

        def press(deed: str) -> int:
            return inside(me).post(f"{address}/{deed}/").status_code

        answers = apart(*[lambda deed=deed: press(deed) for deed in ("publish", "delete") * 3])
        assert set(answers) <= {302, 404}
        assert times_done("listing.publish") + times_done("listing.delete") == 1
        assert Listing.objects.count() == times_done("listing.publish")

    def test_edited_by_two(self, owner: Organisation, me: Person) -> None:
        draft = made(lambda: builders.draft(owner))
        typed = builders.typed(title="Anders") | {"seen": str(audit.latest_of(draft))}
        answers = at_once(f"/en/listings/{draft.pk}/edit/", *[me] * TIMES, **typed)
        assert sorted(answers) == [302] + [422] * (TIMES - 1)
        assert times_done("listing.edit") == 1


class TestGrades:
    @pytest.fixture
    def two(self) -> Met:
        two: Met = made(met)
        return two

    def test_graded_twice(self, two: Met) -> None:
        address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
        assert at_once(address, *[two.people["need"]] * TIMES, say="useful") == [302] * TIMES
        assert Grade.objects.count() == 1

    def test_taken_back_twice(self, two: Met) -> None:
        address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
        at_once(address, two.people["need"], say="useful")
        assert at_once(address, *[two.people["need"]] * TIMES, say="nothing") == [302] * TIMES
        assert times_done("grade.withdraw") == 1


class TestBureau:
    @pytest.fixture
    def bureau(self) -> Person:
        bureau: Person = made(lambda: builders.person(is_coordinator=True))
        return bureau

    def test_weights_adopted_twice(self, bureau: Person) -> None:
        apart(lambda: _weights(1))
        assert at_once("/en/weights/1/adopt/", *[bureau] * TIMES) == [302] * TIMES
        assert times_done("weights.adopt") == 1

    def test_two_weights_adopted_at_once(self, bureau: Person) -> None:
        apart(lambda: [_weights(version) for version in (1, 2)])
        answers = apart(
            *[
                lambda version=version: (
                    inside(bureau).post(f"/en/weights/{version}/adopt/").status_code
                )
                for version in (1, 2) * 3
            ]
        )
        assert answers == [302] * TIMES
        assert LearnedWeights.objects.filter(state="adopted").count() == 1
        assert times_done("weights.adopt") == times_done("weights.revoke") + 1

    def test_a_concept_added_twice(self, bureau: Person) -> None:
        answers = at_once("/en/concepts/add/", *[bureau] * TIMES, en="heron", nl="reiger")
        assert sorted(answers) == [200] * (TIMES - 1) + [302]
        assert CoalitionConcept.objects.count() == times_done("concept.add") == 1


class TestAccounts:
    def test_an_address_proven_by_two(self) -> None:
        people = made(lambda: [builders.person() for _ in range(2)])
        asked = made(lambda: [_asked(person) for person in people])

        def confirm(person: Person, number: int) -> int:
            key = signing.dumps(number, salt="katalysator.site.accounts.address")
            return inside(person).post(f"/en/account/email/{key}/").status_code

        answers = apart(
            *[lambda pair=pair: confirm(*pair) for pair in zip(people, asked, strict=True)] * 3
        )
        assert answers == [302] * TIMES
        assert times_done("person.confirm-address") == 1
        assert Person.objects.filter(email="nieuw@voorbeeld.example").count() == 1

    def test_somebody_admitted_twice(self) -> None:
        assert sorted(apart(*[_admitted] * TIMES)) == [False] * (TIMES - 1) + [True]
        assert Person.objects.count() == times_done("person.admit") == 1

    def test_a_database_claimed_for_both(self) -> None:
        claimed = apart(
            *[lambda is_example=bool(turn % 2): _claimed(is_example) for turn in range(TIMES)]
        )
        assert sorted(claimed) == [False] * 3 + [True] * 3
        assert Purpose.objects.count() == 1


def _weights(version: int) -> LearnedWeights:
    loss = {"before": 0.5, "after": 0.4, "gain": 0.1, "low": 0.05, "high": 0.2, "needs": 12}
    return LearnedWeights.objects.create(
        version=version, counts={"meaning": 1.0}, pairs=60, useful=20, worth={"log-loss": loss}
    )


def _asked(person: Person) -> int:
    return verbs.ask_address(person, "nieuw@voorbeeld.example", by=person).pk


def _admitted() -> bool:
    try:
        verbs.admit("nieuw@voorbeeld.example", by=builders.HOUSE)
    except Conflict:
        return False
    return True


def _claimed(is_example: bool) -> bool:
    try:
        claim(is_example=is_example)
    except Conflict:
        return False
    return True
