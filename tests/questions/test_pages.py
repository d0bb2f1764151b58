"""Questions on their own pages, on those of others and in the API; how long answers take."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.core.actors import ASKER
from katalysator.groups.models import WorkingGroup
from katalysator.questions import tasks, verbs as asking
from katalysator.questions.handling import verbs
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question, Routing
from katalysator.questions.times import AnswerTimes, answer_times, receiver_times
from tests import builders
from tests.attack.steps import inside
from tests.questions.steps import the_question, the_reply

pytestmark = pytest.mark.django_db

LIST = "/en/questions/"


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


def titles(address: str, client: Client | None = None) -> list[str]:
    page = (client or Client()).get(address).context["page"]
    return [each.title for each in page]


class TestTheList:
    def test_it_has_what_everybody_may_read_the_newest_first(self) -> None:
        for title in ("Eerste?", "Tweede?"):
            builders.question(title=title)
        builders.question(title="Privé?", in_public=False)
        assert titles(LIST) == ["Tweede?", "Eerste?"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("area=zorg", ["In de zorg?"]),
            ("block=data", ["Over data?"]),
            ("state=answered", ["Beantwoord?"]),
            ("state=open", ["Over data?", "In de zorg?"]),
            ("q=beantwoord", ["Beantwoord?"]),
            ("area=nergens", ["Beantwoord?", "Over data?", "In de zorg?"]),
        ],
    )
    def test_it_narrows_down(self, asked: str, found: list[str]) -> None:
        builders.question(title="In de zorg?", area="zorg")
        builders.question(title="Over data?", block="data")
        builders.question("answered", title="Beantwoord?")
        tasks.read_new_questions()
        assert titles(f"{LIST}?{asked}") == found

    def test_an_empty_one_says_what_to_do(self) -> None:
        page = Client().get(LIST).content.decode()
        assert "No question like this was asked in public" in page
        assert "/en/questions/ask/" in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_costs_the_same_for_any_number(
        self, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(rows):
            builders.question("answered", area="zorg")
        Client().get(LIST + "ask/")
        with django_assert_num_queries(5):
            Client().get(LIST)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_so_does_the_queue_of_the_bureau(
        self, rows: int, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(rows):
            builders.question("answered", area="zorg")
        client = inside(bureau)
        with django_assert_num_queries(6):
            client.get("/en/bureau/questions/")


class TestTheQueue:
    def test_what_waits_for_the_bureau_stands_first_the_oldest_first(self, bureau: Person) -> None:
        for state in ("answered", "with", "waiting", "waiting"):
            builders.question(state, title=f"{state} {Question.objects.count()}")
        expected = ["waiting 2", "waiting 3", "with 1", "answered 0"]
        client = inside(bureau)
        assert titles("/en/bureau/questions/", client) == expected
        assert titles("/en/bureau/questions/?state=with", client) == ["with 1"]

    def test_the_page_of_the_bureau_counts_them(self, bureau: Person) -> None:
        builders.question(title="Wie weet dit?")
        builders.question("with")
        page = inside(bureau).get("/en/bureau/").content.decode()
        assert "Wie weet dit?" in page
        assert "1 is with who may know." in page

    def test_the_bureau_sees_proposals_and_history_and_others_not(self, bureau: Person) -> None:
        asked = builders.question("with")
        page = inside(bureau).get(asked.get_absolute_url()).content.decode()
        assert "Who may know" in page
        assert "Sent to who may know" in page
        has_it = builders.person(asked.routing.organisation)
        for client in (Client(), inside(has_it), inside(asked.asker)):
            assert "History" not in client.get(asked.get_absolute_url()).content.decode()


class TestOnPagesOfOthers:
    def test_the_account_shows_what_to_answer_and_what_was_asked(self) -> None:
        asked = builders.question("with", title="Verzakt de dijk?", in_public=False)
        has_it = builders.person(asked.routing.organisation)
        page = inside(has_it).get("/en/account/").content.decode()
        assert "Questions for you" in page
        assert "Verzakt de dijk?" in page
        page = inside(asked.asker).get("/en/account/").content.decode()
        assert "What you asked" in page
        builders.reply(asked)
        assert "Questions for you" not in inside(has_it).get("/en/account/").content.decode()

    def test_a_corner_shows_what_was_asked_about_it(self) -> None:
        builders.question(title="Hoe meet je zorg?", area="zorg", block="data")
        builders.question(title="Iets anders?", area="energie")
        builders.question(title="Geheim?", area="zorg", in_public=False)
        for page in ("/en/areas/zorg/", "/en/blocks/data/", "/en/areas/zorg/data/"):
            told = Client().get(page).content.decode()
            assert "Hoe meet je zorg?" in told
            assert "Iets anders?" not in told
            assert "Geheim?" not in told

    def test_an_organisation_shows_what_it_answered_in_public(self) -> None:
        reply = builders.reply(builders.question("with", title="Verzakt de dijk?"))
        other = builders.question("with", title="Geheim?", in_public=False)
        Routing.objects.filter(question=other).update(organisation=reply.organisation)
        builders.reply(Question.objects.get(pk=other.pk))
        page = Client().get(reply.organisation.get_absolute_url()).content.decode()
        assert "What it answered" in page
        assert "Verzakt de dijk?" in page
        assert "Geheim?" not in page

    def test_a_page_that_is_kept_shows_a_new_answer_at_once(self) -> None:
        asked = builders.question("with", title="Verzakt de dijk?")
        who = asked.routing.organisation
        assert "What it answered" not in Client().get(who.get_absolute_url()).content.decode()
        builders.reply(asked)
        assert "What it answered" in Client().get(who.get_absolute_url()).content.decode()

    def test_everybody_finds_the_way_to_ask_on_every_page(self) -> None:
        for page in ("/en/", "/en/about/", "/en/organisations/"):
            assert 'href="/en/questions/ask/"' in Client().get(page).content.decode()


class TestTimes:
    @pytest.mark.parametrize(
        ("days", "median", "nine"),
        [([3], 3, 3), ([0, 1], 0.5, 1), ([1] * 9 + [30], 1, 1), ([1] * 8 + [30, 30], 1, 30)],
    )
    def test_half_and_nine_in_ten(self, days: list[int], median: float, nine: int) -> None:
        times = AnswerTimes.of(days)
        assert times == AnswerTimes(len(days), median, nine)

    def test_without_answers_nothing_is_said(self) -> None:
        builders.question()
        assert answer_times() is None
        assert "Half of the answers" not in Client().get(LIST).content.decode()

    def test_they_are_counted_from_the_first_answer_that_stays(self) -> None:
        asked = builders.question("answered")
        Question.objects.update(asked_at=timezone.now() - timedelta(days=14))
        assert answer_times() == AnswerTimes(1, 10, 10)
        asking.reopen(asked, by=asked.asker, text="Dit is geen antwoord.")
        assert answer_times() is None

    def test_what_is_long_ago_does_not_count(self) -> None:
        builders.question("answered")
        Question.objects.update(answered_at=timezone.now() - timedelta(days=200))
        assert answer_times() is None

    def test_each_receiver_has_its_own_for_the_bureau(self, bureau: Person) -> None:
        who = builders.organisation(name="Voorbeeldlab")
        for number in range(3):
            sent = verbs.route(builders.question(), Receiver(organisation=who), by=bureau)
            if number == 0:
                builders.reply(sent)
            if number == 1:
                verbs.pass_on(sent, by=builders.person(who), reason="Niet voor ons.")
        (found,) = receiver_times()
        assert (found.who, found.got, found.refused, found.late) == (who, 3, 1, 0)
        assert found.times == AnswerTimes(1, 0, 0)
        assert "Voorbeeldlab" in inside(bureau).get("/en/bureau/questions/").content.decode()


class TestTheApi:
    def test_one_question_with_its_answers_in_public(self) -> None:
        asked = builders.question("with", area="klimaat")
        reply = builders.reply(asked)
        verbs.answer(asked, by=builders.person(reply.organisation), text="Onder ons.")
        told: Any = Client().get(f"/api/v1/questions/{asked.pk}").json()
        assert (told["title"], told["state"], told["area"]) == (asked.title, "answered", "klimaat")
        assert told["receiver"] == reply.organisation.name
        assert [each["text"] for each in told["answers"]] == [reply.text]
        assert asked.asker.email not in str(told)

    def test_a_list_with_the_filters_of_the_page(self) -> None:
        builders.question(title="In de zorg?", area="zorg")
        builders.question(title="Geheim?", in_public=False)
        told: Any = Client().get("/api/v1/questions?area=zorg").json()
        assert [each["title"] for each in told["items"]] == ["In de zorg?"]
        assert Client().get("/api/v1/questions?state=nowhere").status_code == 400

    def test_what_is_private_is_there_for_whom_it_involves_only(self, bureau: Person) -> None:
        asked = builders.question(in_public=False)
        outsider = builders.person(builders.organisation())
        for client in (Client(), inside(outsider)):
            assert client.get(f"/api/v1/questions/{asked.pk}").status_code == 404
            assert client.get("/api/v1/questions/own").json()["items"] == []
        for person in (bureau, asked.asker):
            client = inside(person)
            answer = client.get(f"/api/v1/questions/{asked.pk}")
            assert answer.status_code == 200
            assert asked.asker.email not in answer.content.decode()
            assert client.get("/api/v1/questions").json()["items"] == []
            (own,) = client.get("/api/v1/questions/own").json()["items"]
            assert own["id"] == asked.pk

    def test_answer_times(self) -> None:
        told: Any = Client().get("/api/v1/answer-times").json()
        assert told == {"count": 0, "median": None, "nineInTen": None}
        builders.question("answered")
        told = Client().get("/api/v1/answer-times").json()
        assert told == {"count": 1, "median": 0.0, "nineInTen": 0}


def test_a_group_that_answered_is_named() -> None:
    group = WorkingGroup.objects.create(slug="dijken", name="Werkgroep dijken", state="active")
    sent = verbs.route(builders.question(), Receiver(group=group), by=builders.HOUSE)
    verbs.answer(sent, by=builders.HOUSE, text="Met radar.", in_public=True)
    assert the_reply().given_for == group
    assert "Werkgroep dijken" in Client().get(sent.get_absolute_url()).content.decode()


class TestSearch:
    def test_what_everybody_may_read_is_found_with_its_words_marked(self) -> None:
        asked = builders.question(title="Hoe ruikt een <i>stroopwafel</i>?", area="retail")
        builders.question(title="Waar koop ik een stroopwafel?", in_public=False)
        builders.question(title="Een stroopwafel van een vreemde?", by=None)
        Question.objects.filter(title__contains="vreemde").update(visibility="offered")
        tasks.read_new_questions()
        page = Client().get("/en/search/?q=stroopwafel").content.decode()
        assert "Hoe ruikt een <mark>stroopwafel</mark>?" in page
        assert "Waar koop ik" not in page
        assert "vreemde" not in page
        told: Any = Client().get("/api/v1/search?q=stroopwafel&kind=question").json()
        assert (told["counts"]["question"], told["items"][0]["question"]["id"]) == (1, asked.pk)

    def test_a_page_that_is_kept_for_all_shows_nobody_more(self, bureau: Person) -> None:
        asked = builders.question(title="Waar koop ik een stroopwafel?", in_public=False)
        tasks.read_new_questions()
        for client in (inside(bureau), inside(asked.asker), Client()):
            assert "Waar koop ik" not in client.get("/en/search/?q=stroopwafel").content.decode()

    def test_before_it_is_confirmed_it_is_not_even_read(self) -> None:
        content = builders.question_content()
        asking.ask(content, by=ASKER, language="nl", email="vraag@elders.example")
        tasks.read_new_questions()
        assert the_question().reading is None
