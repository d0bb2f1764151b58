"""Weights learned from grades: refused where too little was said, used only after a yes, revocable."""

from typing import Any

import numpy as np
import pytest
from django.db.models import F
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.engine.matching import Part, Scores, chance
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.current import adopted_counts
from katalysator.grades.learning import FEWEST_PAIRS, answers, teach
from katalysator.grades.models import Grade, LearnedWeights
from katalysator.grades.tasks import learn_from_grades
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.models import Match
from katalysator.matches.tasks import rescore_market
from katalysator.matches.weights import weighed
from tests import builders
from tests.grades.steps import BACKEND, SUBJECTS, browser, met
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker() -> Person:
    return builders.person(is_coordinator=True)


@pytest.fixture
def board(broker: Person) -> None:
    """Eleven subjects; every need was graded with seven offers, its own is useful."""
    for subject in SUBJECTS:
        for kind, begins in ((Kind.NEED, "Wij zoeken hulp bij"), (Kind.OFFER, "Wij bieden")):
            title = f"{begins} {subject}"
            builders.listing(builders.organisation(), kind, title=title, text=f"{title}.")
    match_all()
    needs, offers = (
        list(Listing.objects.filter(kind=kind).order_by("pk")) for kind in ("need", "offer")
    )
    Grade.objects.bulk_create(
        _grade(need, offers[(row + step) % len(offers)], 3 if step == 0 else 0, broker)
        for row, need in enumerate(needs)
        for step in range(7)
    )


def _grade(need: Listing, offer: Listing, value: int, by: Person | None, **more: Any) -> Grade:
    given: dict[str, Any] = {"side": "bureau", "chosen": "score", "score": 0.5, "quick": 0.5}
    return Grade(
        need=need, offer=offer, market=need.market, value=value, person=by, parts={}, **given | more
    )


def adopted(counts: dict[str, float], version: int = 1) -> LearnedWeights:
    row = LearnedWeights.objects.create(
        version=version, counts=counts, pairs=60, useful=20, worth={}
    )
    return verbs.decide(row, "adopt", by=builders.HOUSE)


def waiting(task: str) -> int:
    return len(ProcrastinateJob.objects.filter(status="todo", task_name=task))


class TestLearning:
    def test_what_was_said_becomes_weights_with_their_worth_and_changes_nothing_yet(
        self, board: None, broker: Person
    ) -> None:
        before = list(Match.objects.order_by("pk").values())
        made = verbs.learn(by=broker)
        assert (made.version, made.state, made.pairs, made.useful) == (1, "proposed", 77, 11)
        assert set(made.counts) == {str(part) for part in Part} - {"start", "judge"}
        assert set(made.worth) == {"log-loss", "ndcg", "first"}
        loss = made.worth["log-loss"]
        assert loss["needs"] == len(SUBJECTS)
        assert loss["gain"] == pytest.approx(loss["before"] - loss["after"])
        assert loss["low"] <= loss["gain"] <= loss["high"]
        assert adopted_counts() == {}
        assert list(Match.objects.order_by("pk").values()) == before

    def test_a_part_that_tells_the_useful_ones_comes_to_count_for_more(self, board: None) -> None:
        counts = teach(Grade.objects.all()).counts
        assert max(counts.values()) > 1.0

    def test_the_next_is_the_next_version(self, board: None, broker: Person) -> None:
        assert verbs.learn(by=broker).version == 1
        Grade.objects.earliest("pk").delete()
        assert verbs.learn(by=broker).version == 2

    def test_the_same_grades_make_no_other_version(self, board: None, broker: Person) -> None:
        verbs.learn(by=broker)
        with pytest.raises(Conflict, match="nothing that version 1 does not hold"):
            verbs.learn(by=broker)
        assert LearnedWeights.objects.count() == 1

    def test_sides_teach_as_the_bureau_does_and_several_are_one_pair(
        self, board: None, broker: Person
    ) -> None:
        need, offer = (Listing.objects.filter(kind=kind).earliest("pk") for kind in Kind.values)
        _grade(need, offer, 0, builders.person(), side="need", chosen="card").save()
        found = answers(Grade.objects.all())
        assert len(found) == 77
        assert found[need.pk, offer.pk] == 1.5

    @pytest.mark.parametrize("reason", ["place", "size", "known"])
    def test_a_reason_that_says_nothing_of_texts_teaches_nothing(
        self, board: None, reason: str
    ) -> None:
        one = Grade.objects.filter(value=0).earliest("pk")
        Grade.objects.filter(pk=one.pk).update(reason=reason)
        assert (one.need_id, one.offer_id) not in answers(Grade.objects.all())
        Grade.objects.filter(pk=one.pk).update(reason="subject")
        assert (one.need_id, one.offer_id) in answers(Grade.objects.all())

    def test_nor_does_what_was_said_of_other_texts(self, board: None) -> None:
        one = Grade.objects.earliest("pk")
        Grade.objects.filter(pk=one.pk).update(is_outdated=True)
        assert (one.need_id, one.offer_id) not in answers(Grade.objects.all())

    def test_too_few_pairs_are_refused(self, board: None, broker: Person) -> None:
        kept = Grade.objects.order_by("pk").values("pk")[: FEWEST_PAIRS - 1]
        Grade.objects.exclude(pk__in=kept).delete()
        with pytest.raises(Conflict, match="59 of at least 60"):
            verbs.learn(by=broker)
        assert LearnedWeights.objects.count() == 0

    def test_nearly_all_of_a_kind_are_refused(self, board: None, broker: Person) -> None:
        Grade.objects.filter(value=3).update(value=0)
        with pytest.raises(Conflict, match="Useful: 0, not useful: 77"):
            verbs.learn(by=broker)

    def test_pairs_that_all_say_the_same_teach_nothing(self, broker: Person) -> None:
        needs, offers = (
            [builders.listing(builders.organisation(), kind) for _ in range(8)] for kind in Kind
        )
        match_all()
        Grade.objects.bulk_create(
            _grade(need, offer, 3 if need == needs[0] or offer == offers[0] else 0, broker)
            for need in needs
            for offer in offers
        )
        with pytest.raises(Conflict, match="Nothing can be learned"):
            verbs.learn(by=broker)

    @pytest.mark.parametrize("who", ["member", "nobody"])
    def test_only_the_bureau_learns(self, board: None, who: str) -> None:
        person = builders.person(*[builders.organisation()] * (who == "member"))
        with pytest.raises(NotAllowed):
            verbs.learn(by=person)

    def test_the_job_does_it_in_the_name_of_who_asked(self, board: None, broker: Person) -> None:
        learn_from_grades(person_id=broker.pk)
        assert LearnedWeights.objects.get().made_by == broker

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
        assert waiting("matches.rescore_market") == 10

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
    @pytest.fixture
    def client(self, broker: Person) -> Client:
        return browser(broker)

    def test_too_few_grades_say_so_at_once(self, client: Client) -> None:
        page = client.post("/en/weights/learn/", follow=True).content.decode()
        assert "Too few pairs were graded to learn from: 0 of at least 60." in page
        assert waiting("grades.learn") == 0
        assert "Nothing was learned yet" in page

    def test_learning_is_queued_once_and_shown_when_done(
        self, client: Client, broker: Person, board: None
    ) -> None:
        for _ in range(2):
            client.post("/en/weights/learn/")
        assert waiting("grades.learn") == 1
        learn_from_grades(person_id=broker.pk)
        page = client.get("/en/weights/").content.decode()
        for said in (
            "Version 1",
            "Proposed",
            "77 pairs, of which 11 useful",
            "Log loss",
            "meaning",
        ):
            assert said in page

    def test_it_says_what_before_is_whatever_is_used(
        self, client: Client, broker: Person, board: None
    ) -> None:
        verbs.decide(verbs.learn(by=broker), "adopt", by=broker)
        page = client.get("/en/weights/").content.decode()
        assert "Before: with the weights that Katalysator comes with</caption>" in page
        assert "better than" in page
        assert "the weights that there are" not in page

    def test_learning_that_came_to_nothing_says_why_until_one_learns_again(
        self, client: Client, broker: Person, board: None
    ) -> None:
        Grade.objects.filter(value=3).update(value=0)
        learn_from_grades(person_id=broker.pk)
        assert "Useful: 0, not useful: 77" in client.get("/en/weights/").content.decode()
        assert "Nuttig: 0" in client.get("/nl/weights/").content.decode()
        Grade.objects.filter(need=F("offer") - 1).update(value=3)
        client.post("/en/weights/learn/")
        assert "Useful: 0" not in client.get("/en/weights/").content.decode()
        learn_from_grades(person_id=broker.pk)
        page = client.get("/en/weights/").content.decode()
        assert "Version 1" in page
        assert "Useful: 0" not in page

    def test_a_yes_and_a_no(self, client: Client, broker: Person, board: None) -> None:
        verbs.learn(by=broker)
        page = client.post("/en/weights/1/adopt/", follow=True).content.decode()
        assert "These weights are used now." in page
        assert "Matches are scored by the weights that Katalysator comes with" not in page
        page = client.post("/en/weights/1/revoke/", follow=True).content.decode()
        assert "The weights that we began with are used again." in page
        page = client.post("/en/weights/1/revoke/", follow=True).content.decode()
        assert "is not possible" in page

    def test_a_yes_needs_its_token(self, broker: Person) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(broker, BACKEND)
        adopted({"meaning": 2.0})
        assert client.post("/en/weights/1/revoke/").status_code == 403
        assert adopted_counts() == {Part.MEANING: 2.0}
