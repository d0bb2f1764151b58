"""Weights learned from a board that the bureau graded: proposed with their worth, refused where little was said."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db.models import F
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.engine.matching import Part
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.current import adopted_counts
from katalysator.grades.learning import FEWEST_PAIRS, answers, teach
from katalysator.grades.models import Grade, LearnedWeights
from katalysator.grades.tasks import learn_from_grades
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import Match
from tests import builders
from tests.grades.steps import SUBJECTS, browser, given_by, waiting
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def board(lasting: Callable[[], AbstractContextManager[object]]) -> Person:
    """Eleven subjects; every need was graded with seven offers by this broker, its own is useful."""
    with lasting():
        for subject in SUBJECTS:
            for kind, begins in ((Kind.NEED, "Wij zoeken hulp bij"), (Kind.OFFER, "Wij bieden")):
                title = f"{begins} {subject}"
                builders.listing(builders.organisation(), kind, title=title, text=f"{title}.")
        match_all()
        broker = builders.person(is_coordinator=True)
        needs, offers = (
            list(Listing.objects.filter(kind=kind).order_by("pk")) for kind in ("need", "offer")
        )
        Grade.objects.bulk_create(
            given_by(broker, need, offers[(row + step) % len(offers)], 3 if step == 0 else 0)
            for row, need in enumerate(needs)
            for step in range(7)
        )
    return broker


@pytest.fixture(autouse=True)
def broker(board: Person, db: None) -> Person:
    return Person.objects.get(pk=board.pk)


class TestLearning:
    def test_what_was_said_becomes_weights_with_their_worth_and_changes_nothing_yet(
        self, broker: Person
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

    def test_a_part_that_tells_the_useful_ones_comes_to_count_for_more(self) -> None:
        counts = teach(Grade.objects.all()).counts
        assert max(counts.values()) > 1.0

    def test_the_next_is_the_next_version(self, broker: Person) -> None:
        assert verbs.learn(by=broker).version == 1
        Grade.objects.earliest("pk").delete()
        assert verbs.learn(by=broker).version == 2

    def test_the_same_grades_make_no_other_version(self, broker: Person) -> None:
        verbs.learn(by=broker)
        with pytest.raises(Conflict, match="nothing that version 1 does not hold"):
            verbs.learn(by=broker)
        assert LearnedWeights.objects.count() == 1

    def test_sides_teach_as_the_bureau_does_and_several_are_one_pair(self, broker: Person) -> None:
        need, offer = (Listing.objects.filter(kind=kind).earliest("pk") for kind in Kind.values)
        given_by(builders.person(), need, offer, 0, side="need", chosen="card").save()
        found = answers(Grade.objects.all())
        assert len(found) == 77
        assert found[need.pk, offer.pk] == 1.5

    @pytest.mark.parametrize("reason", ["place", "size", "known"])
    def test_a_reason_that_says_nothing_of_texts_teaches_nothing(self, reason: str) -> None:
        one = Grade.objects.filter(value=0).earliest("pk")
        Grade.objects.filter(pk=one.pk).update(reason=reason)
        assert (one.need_id, one.offer_id) not in answers(Grade.objects.all())
        Grade.objects.filter(pk=one.pk).update(reason="subject")
        assert (one.need_id, one.offer_id) in answers(Grade.objects.all())

    def test_nor_does_what_was_said_of_other_texts(self) -> None:
        one = Grade.objects.earliest("pk")
        Grade.objects.filter(pk=one.pk).update(is_outdated=True)
        assert (one.need_id, one.offer_id) not in answers(Grade.objects.all())

    def test_too_few_pairs_are_refused(self, broker: Person) -> None:
        kept = Grade.objects.order_by("pk").values("pk")[: FEWEST_PAIRS - 1]
        Grade.objects.exclude(pk__in=kept).delete()
        with pytest.raises(Conflict, match="59 of at least 60"):
            verbs.learn(by=broker)
        assert LearnedWeights.objects.count() == 0

    def test_nearly_all_of_a_kind_are_refused(self, broker: Person) -> None:
        Grade.objects.filter(value=3).update(value=0)
        with pytest.raises(Conflict, match="Useful: 0, not useful: 77"):
            verbs.learn(by=broker)

    @pytest.mark.parametrize("who", ["member", "nobody"])
    def test_only_the_bureau_learns(self, who: str) -> None:
        person = builders.person(*[builders.organisation()] * (who == "member"))
        with pytest.raises(NotAllowed):
            verbs.learn(by=person)

    def test_the_job_does_it_in_the_name_of_who_asked(self, broker: Person) -> None:
        learn_from_grades(person_id=broker.pk)
        assert LearnedWeights.objects.get().made_by == broker


class TestThePage:
    @pytest.fixture
    def client(self, broker: Person) -> Client:
        return browser(broker)

    def test_learning_is_queued_once_and_shown_when_done(
        self, client: Client, broker: Person
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

    def test_it_says_what_before_is_whatever_is_used(self, client: Client, broker: Person) -> None:
        verbs.decide(verbs.learn(by=broker), "adopt", by=broker)
        page = client.get("/en/weights/").content.decode()
        assert "Before: with the weights that Katalysator comes with</caption>" in page
        assert "better than" in page
        assert "the weights that there are" not in page

    def test_learning_that_came_to_nothing_says_why_until_one_learns_again(
        self, client: Client, broker: Person
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

    def test_a_yes_and_a_no(self, client: Client, broker: Person) -> None:
        verbs.learn(by=broker)
        page = client.post("/en/weights/1/adopt/", follow=True).content.decode()
        assert "These weights are used now." in page
        assert "Matches are scored by the weights that Katalysator comes with" not in page
        page = client.post("/en/weights/1/revoke/", follow=True).content.decode()
        assert "The weights that we began with are used again." in page
        page = client.post("/en/weights/1/revoke/", follow=True).content.decode()
        assert "is not possible" in page
