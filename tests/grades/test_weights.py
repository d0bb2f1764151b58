"""Weights that somebody may adopt: they count from a yes on, until a no. Where little was graded, none are learned."""

import numpy as np
import pytest
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.engine.matching import Part, Scores, chance
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.current import adopted_counts
from katalysator.grades.models import Grade, LearnedWeights
from katalysator.grades.tasks import learn_from_grades
from katalysator.listings.models import Kind
from katalysator.matches.candidates import candidates
from katalysator.matches.models import Match
from katalysator.matches.tasks import rescore_market
from katalysator.matches.weights import weighed
from tests import builders
from tests.grades.steps import BACKEND, browser, given_by, met, waiting
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker() -> Person:
    return builders.person(is_coordinator=True)


def adopted(counts: dict[str, float], version: int = 1) -> LearnedWeights:
    row = LearnedWeights.objects.create(
        version=version, counts=counts, pairs=60, useful=20, worth={}
    )
    return verbs.decide(row, "adopt", by=builders.HOUSE)


class TestTooLittle:
    def test_pairs_that_all_say_the_same_teach_nothing(self, broker: Person) -> None:
        needs, offers = (
            [builders.listing(builders.organisation(), kind) for _ in range(8)] for kind in Kind
        )
        match_all()
        Grade.objects.bulk_create(
            given_by(broker, need, offer, 3 if need == needs[0] or offer == offers[0] else 0)
            for need in needs
            for offer in offers
        )
        with pytest.raises(Conflict, match="Nothing can be learned"):
            verbs.learn(by=broker)

    @pytest.mark.parametrize("who", ["gone", "no coordinator any more", "too few"])
    def test_or_nothing_where_that_cannot_be(self, broker: Person, who: str) -> None:
        if who == "no coordinator any more":
            Person.objects.update(is_coordinator=False)
        learn_from_grades(person_id=0 if who == "gone" else broker.pk)
        assert LearnedWeights.objects.count() == 0


class TestCounting:
    def test_each_part_counts_as_often_as_adopted_and_the_start_once(self) -> None:
        rows = np.zeros(1, np.intp)
        parts = {part: np.array([1.0]) for part in Part}
        assert weighed(Scores(rows, rows, parts)).odds == len(Part)
        adopted({"meaning": 2.0, "words": 0.5, "start": 9.0})
        found = weighed(Scores(rows, rows, parts)).parts
        assert {part: float(each[0]) for part, each in found.items() if each[0] != 1.0} == {
            Part.MEANING: 2.0,
            Part.WORDS: 0.5,
        }

    def test_adopting_and_revoking_change_scores_here_and_there(self) -> None:
        two = met()
        before = Match.objects.get()
        row = adopted({"meaning": 2.0})
        rescore_market("expertise")
        after = Match.objects.get()
        assert after.parts["meaning"] == pytest.approx(2 * before.parts["meaning"], abs=1e-5)
        assert after.parts["words"] == before.parts["words"]
        odds = sum(before.parts.values()) + before.parts["meaning"]
        assert after.score == pytest.approx(float(chance(np.array(odds))), abs=1e-5)
        found = candidates(two.need, seen_by=None)
        assert found is not None
        assert found.items[0].score == pytest.approx(after.score)
        two.need.refresh_from_db()
        assert two.need.best == pytest.approx(after.score)
        verbs.decide(row, "revoke", by=builders.HOUSE)
        rescore_market("expertise")
        assert Match.objects.get().score == pytest.approx(before.score)


class TestDeciding:
    @pytest.fixture
    def two(self) -> list[LearnedWeights]:
        return [
            LearnedWeights.objects.create(
                version=version, counts={"meaning": version}, pairs=60, useful=20, worth={}
            )
            for version in (1, 2)
        ]

    def states(self) -> list[str]:
        return list(LearnedWeights.objects.order_by("version").values_list("state", flat=True))

    def test_one_takes_the_place_of_the_other(
        self, two: list[LearnedWeights], broker: Person
    ) -> None:
        verbs.decide(two[0], "adopt", by=broker)
        assert adopted_counts() == {Part.MEANING: 1.0}
        verbs.decide(two[1], "adopt", by=broker)
        assert self.states() == ["laid-aside", "adopted"]
        assert adopted_counts() == {Part.MEANING: 2.0}
        verbs.decide(two[1], "revoke", by=broker)
        assert self.states() == ["laid-aside", "laid-aside"]
        assert adopted_counts() == {}
        verbs.decide(two[0], "adopt", by=broker)
        assert self.states() == ["adopted", "laid-aside"]

    def test_the_trail_tells_who_decided(self, two: list[LearnedWeights], broker: Person) -> None:
        verbs.decide(two[0], "adopt", by=broker, reason="beter")
        verbs.decide(two[1], "adopt", by=broker)
        told = Event.objects.filter(chain="grades").order_by("pk")
        assert [(event.verb, event.after["version"]) for event in told] == [
            ("weights.adopt", 1),
            ("weights.revoke", 1),
            ("weights.adopt", 2),
        ]
        assert {event.actor for event in told} == {broker.pk}
        assert not audit.verify().broken

    def test_every_market_is_scored_again_once(
        self, two: list[LearnedWeights], broker: Person
    ) -> None:
        for row in two:
            verbs.decide(row, "adopt", by=broker)
        assert waiting("matches.rescore_market") == 12

    def test_what_is_not_possible_is_refused(
        self, two: list[LearnedWeights], broker: Person
    ) -> None:
        with pytest.raises(Conflict):
            verbs.decide(two[0], "revoke", by=broker)
        verbs.decide(two[0], "adopt", by=broker)
        with pytest.raises(Conflict):
            verbs.decide(two[0], "adopt", by=broker)

    def test_only_the_bureau_decides(self, two: list[LearnedWeights]) -> None:
        with pytest.raises(NotAllowed):
            verbs.decide(two[0], "adopt", by=builders.person(builders.organisation()))
        assert self.states() == ["proposed", "proposed"]


class TestThePage:
    def test_too_few_grades_say_so_at_once(self, broker: Person) -> None:
        page = browser(broker).post("/en/weights/learn/", follow=True).content.decode()
        assert "Too few pairs were graded to learn from: 0 of at least 60." in page
        assert waiting("grades.learn") == 0
        assert "Nothing was learned yet" in page

    def test_a_yes_needs_its_token(self, broker: Person) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(broker, BACKEND)
        adopted({"meaning": 2.0})
        assert client.post("/en/weights/1/revoke/").status_code == 403
        assert adopted_counts() == {Part.MEANING: 2.0}
