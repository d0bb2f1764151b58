"""Who gets a question and who answers it: the bureau, who may know, and the clock."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import CLOCK
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, NotAllowed
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions import tasks, verbs as asking
from katalysator.questions.handling import verbs
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question, Reply, Routing
from tests import builders
from tests.attack.steps import inside
from tests.core.apart import apart, clear
from tests.questions.steps import the_question, the_reply

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True, language="en")


def to(**fields: Any) -> Receiver:
    return Receiver(organisation=builders.organisation(**fields))


def group(*members: Person) -> WorkingGroup:
    made = WorkingGroup.objects.create(slug="dijken", name="Werkgroep dijken", state="active")
    for person in members:
        of = person.memberships.get().organisation
        GroupMembership.objects.create(group=made, person=person, organisation=of, state="inside")
    return made


def page(question: Question, deed: str = "") -> str:
    return f"/en/questions/{question.pk}/" + (f"{deed}/" if deed else "")


class TestRouting:
    def test_the_bureau_sends_it_on_with_one_click(self, bureau: Person) -> None:
        asked, who = builders.question(), builders.organisation()
        typed = {"route-receiver": f"organisation-{who.pk}", "route-seen": "0"}
        inside(bureau).post(page(asked, "route"), typed)
        now = the_question()
        assert (now.state, now.routing.organisation, now.routing.sender) == ("with", who, bureau)

    @pytest.mark.parametrize("name", ["Voorbeeldlab", "voorbeeldlab water", "LAB WATER"])
    def test_by_its_name_too(self, bureau: Person, name: str) -> None:
        asked, who = builders.question(), builders.organisation(name="Voorbeeldlab Water")
        inside(bureau).post(page(asked, "route"), {"route-name": name, "route-seen": "0"})
        assert the_question().routing.organisation == who

    def test_to_a_working_group_too(self, bureau: Person) -> None:
        member = builders.person(builders.organisation())
        asked, who = builders.question(in_public=False), group(member)
        inside(bureau).post(page(asked, "route"), {"route-name": "dijken", "route-seen": "0"})
        assert the_question().routing.group == who
        answer = inside(member).post(page(asked, "answer"), {"text": "Met radar.", "seen": "0"})
        assert answer.status_code == 302
        assert the_reply().group == who

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("", "Choose who gets it"),
            ("Nergens", "is called “Nergens”"),
            ("Voorbeeldlab", "Several fit: Voorbeeldlab A and Voorbeeldlab B."),
            ("Voorbeeldgids", "is called “Voorbeeldgids”"),
        ],
    )
    def test_a_name_that_is_of_nobody_or_of_several_is_told_so(
        self, bureau: Person, name: str, told: str
    ) -> None:
        asked = builders.question()
        for each in ("A", "B"):
            builders.organisation(name=f"Voorbeeldlab {each}")
        builders.organisation(name="Voorbeeldgids", state="listed")
        answer = inside(bureau).post(page(asked, "route"), {"route-name": name})
        assert answer.status_code == 422
        assert told in answer.content.decode()

    def test_never_twice_to_who_said_no(self, bureau: Person) -> None:
        asked = builders.question("with")
        who = asked.routing.organisation
        verbs.pass_on(asked, by=builders.person(who), reason="Wij meten alleen bruggen.")
        with pytest.raises(Conflict, match="not for them"):
            verbs.route(asked, Receiver(organisation=who), by=bureau)
        with pytest.raises(IntegrityError, match="never_again"), transaction.atomic():
            Routing.objects.create(question=asked, organisation=who)

    def test_not_to_who_has_it_and_not_to_who_takes_part_no_longer(self, bureau: Person) -> None:
        asked = builders.question("with")
        for receiver in (Receiver(organisation=asked.routing.organisation), to(state="left")):
            with pytest.raises(Conflict):
                verbs.route(asked, receiver, by=bureau)

    def test_from_one_to_another_whose_turn_is_over_then(self, bureau: Person) -> None:
        asked, other = builders.question("with"), to()
        first = asked.routing
        verbs.route(asked, other, by=bureau)
        first.refresh_from_db()
        assert (first.outcome, the_question().routing.organisation) == (
            "moved",
            other.organisation,
        )

    def test_only_the_bureau_and_the_house_send_it_on(self) -> None:
        asked = builders.question("with")
        for by in (builders.person(asked.routing.organisation), asked.asker):
            with pytest.raises(NotAllowed):
                verbs.route(asked, to(), by=by)

    def test_who_sends_it_on_after_somebody_else_is_told_so(self, bureau: Person) -> None:
        asked = builders.question("with")
        other = builders.organisation()
        typed = {"route-receiver": f"organisation-{other.pk}", "route-seen": "0"}
        answer = inside(bureau).post(page(asked, "route"), typed, follow=True)
        assert "while you were looking" in answer.content.decode()
        assert the_question().routing == asked.routing


class TestAnswering:
    def test_who_has_it_answers_and_the_asker_gets_a_letter(self) -> None:
        asked = builders.question("with")
        who = asked.routing.organisation
        typed = {"text": "Met **radar**.", "in_public": "on", "seen": "0"}
        inside(builders.person(who)).post(page(asked, "answer"), typed)
        reply = the_reply()
        assert (reply.organisation, reply.question.state) == (who, "answered")
        assert reply.question.routing.outcome == "answered"
        assert "<strong>radar</strong>" in Client().get(page(asked)).content.decode()
        tasks.tell_asker(reply.pk)
        assert mail.outbox[0].to == [asked.asker.email]
        assert "Met **radar**." in mail.outbox[0].body

    def test_in_private_only_those_in_it_read_the_answer(self, bureau: Person) -> None:
        asked = builders.question("with")
        colleague = builders.person(asked.routing.organisation)
        reply = builders.reply(asked, in_public=False)
        for sees in (asked.asker, bureau, colleague):
            assert reply.text in inside(sees).get(page(asked)).content.decode()
        for client in (Client(), inside(builders.person(builders.organisation()))):
            assert reply.text not in client.get(page(asked)).content.decode()

    def test_what_was_to_stay_private_is_never_answered_in_public(self, bureau: Person) -> None:
        asked = builders.question(in_public=False)
        with pytest.raises(InvalidInput):
            verbs.answer(asked, by=bureau, text="Met radar.", in_public=True)
        inside(bureau).post(page(asked, "answer"), {"text": "Met radar.", "in_public": "on"})
        assert not the_reply().is_public
        assert Client().get(page(asked)).status_code == 404

    def test_the_bureau_answers_and_who_had_it_may_still(self, bureau: Person) -> None:
        asked = builders.question("with")
        who = asked.routing.organisation
        verbs.answer(asked, by=bureau, text="Vast met radar.", in_public=True)
        assert asked.routings.get().outcome == "over"
        verbs.answer(asked, by=builders.person(who), text="Zeker met radar.")
        asked.refresh_from_db()
        assert (asked.replies.count(), asked.routing.organisation) == (2, who)
        assert asked.routings.get().outcome == "answered"

    def test_others_do_not_answer(self) -> None:
        asked = builders.question("with")
        other = builders.person(builders.organisation())
        answer = inside(other).post(page(asked, "answer"), {"text": "Koop bij ons!"})
        assert answer.status_code == 403
        assert Client().post(page(asked, "answer"), {"text": "x"}).status_code == 302
        assert not Reply.objects.exists()

    @pytest.mark.parametrize("ended", ["thank", "withdraw", "decline"])
    def test_after_the_end_nothing_is_answered(self, ended: str, bureau: Person) -> None:
        asked = builders.question("answered" if ended == "thank" else "with")
        who = builders.person(asked.routing.organisation)
        if ended == "decline":
            verbs.decline(asked, by=bureau, reason="Hier gaan wij niet over.")
        else:
            getattr(asking, ended)(asked, by=asked.asker)
        answer = inside(who).post(page(asked, "answer"), {"text": "Te laat", "seen": "99999999"})
        assert answer.status_code == 422
        assert "is not possible while the state is" in answer.content.decode()
        assert not Reply.objects.filter(text="Te laat").exists()

    @pytest.mark.parametrize("text", ["", " \u200b", "<script></script>", "x" * 8_001])
    def test_an_answer_says_something_and_not_a_book(self, text: str) -> None:
        asked = builders.question("with")
        client = inside(builders.person(asked.routing.organisation))
        assert client.post(page(asked, "answer"), {"text": text}).status_code == 422
        assert not Reply.objects.exists()

    def test_who_answers_after_somebody_else_reads_that_first_and_keeps_the_text(self) -> None:
        asked = builders.question("with")
        first, second = (builders.person(asked.routing.organisation) for _ in range(2))
        inside(first).post(page(asked, "answer"), {"text": "Met radar.", "seen": "0"})
        client = inside(second)
        answer = client.post(page(asked, "answer"), {"text": "Met de hand.", "seen": "0"})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Somebody wrote something while you were writing." in shown
        assert "Met radar." in shown
        assert "Met de hand." in shown
        seen = answer.context["answer"]["seen"].value()
        client.post(page(asked, "answer"), {"text": "Met de hand.", "seen": seen})
        assert Reply.objects.count() == 2


class TestPassingOn:
    def test_the_reason_goes_to_the_bureau_and_they_see_it_no_more(self, bureau: Person) -> None:
        asked = builders.question("with", in_public=False)
        client = inside(builders.person(asked.routing.organisation))
        client.post(page(asked, "pass-on"), {"refuse-reason": "Wij meten alleen bruggen."})
        assert the_question().state == "waiting"
        assert client.get(page(asked)).status_code == 404
        tasks.tell_bureau(asked.pk)
        assert mail.outbox[0].to == [bureau.email]
        assert "Wij meten alleen bruggen." in mail.outbox[0].body

    def test_without_a_reason_it_stays(self) -> None:
        asked = builders.question("with")
        client = inside(builders.person(asked.routing.organisation))
        assert client.post(page(asked, "pass-on"), {"refuse-reason": ""}).status_code == 422
        assert the_question().state == "with"

    @pytest.mark.parametrize("deed", ["answer", "pass-on"])
    def test_a_colleague_who_comes_after_is_told_so(self, deed: str) -> None:
        asked = builders.question("with", in_public=False)
        who = asked.routing.organisation
        verbs.pass_on(asked, by=builders.person(who), reason="Niet voor ons.")
        typed = {"text": "Met radar.", "refuse-reason": "Ook niet voor mij."}
        answer = inside(builders.person(who)).post(page(asked, deed), typed, follow=True)
        assert "A colleague said that this question is not for you." in answer.content.decode()
        assert not Reply.objects.exists()

    def test_who_does_not_have_it_passes_nothing_on(self, bureau: Person) -> None:
        asked = builders.question("with")
        for by in (bureau, asked.asker, builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                verbs.pass_on(asked, by=by, reason="Weg ermee.")


class TestDeclining:
    def test_the_asker_gets_the_reason(self, bureau: Person) -> None:
        asked = builders.question()
        inside(bureau).post(page(asked, "decline"), {"decline-reason": "Wij geven geen advies."})
        tasks.tell_declined(asked.pk)
        assert mail.outbox[0].to == [asked.asker.email]
        assert "Wij geven geen advies." in mail.outbox[0].body
        assert Client().get(page(asked)).status_code == 404
        assert "Wij geven geen advies." in inside(asked.asker).get(page(asked)).content.decode()


class TestTheClock:
    @pytest.mark.parametrize(
        ("days", "state"),
        [(3, "with"), (4, "with"), (5, "with"), (6, "waiting")],  # Mon, Tue and Wed are three
    )
    def test_after_three_working_days_it_comes_back(
        self, days: int, state: str, bureau: Person
    ) -> None:
        asked = builders.question("with")
        Routing.objects.update(routed_at=FRIDAY)
        tasks.watch(int((FRIDAY + timedelta(days=days)).timestamp()))
        assert the_question().state == state
        tasks.tell_bureau(asked.pk)
        assert ["did not answer in time" in each.body for each in mail.outbox] == [True] * (
            state == "waiting"
        )

    def test_who_was_late_may_still_answer_and_may_get_it_again(self, bureau: Person) -> None:
        asked = builders.question("with")
        who = asked.routing.organisation
        verbs.come_back(asked, by=CLOCK)
        verbs.route(asked, Receiver(organisation=who), by=bureau)
        verbs.come_back(asked, by=CLOCK)
        verbs.answer(asked, by=builders.person(who), text="Met radar.")
        assert the_question().state == "answered"

    def test_what_was_answered_and_rests_is_closed(self) -> None:
        asked = builders.question("answered")
        now = timezone.now()
        tasks.watch(int((now + tasks.REST - timedelta(hours=1)).timestamp()))
        assert the_question().state == "answered"
        tasks.watch(int((now + tasks.REST + timedelta(hours=1)).timestamp()))
        assert the_question().state == "closed"
        assert audit.history(asked).filter(verb="question.settle", system="clock").exists()


class TestSharing:
    def test_a_public_answer_becomes_a_draft_of_who_gave_it_and_each_leads_to_the_other(
        self, bureau: Person
    ) -> None:
        reply = builders.reply()
        asked = reply.question
        answer = inside(bureau).post(f"{page(asked)}replies/{reply.pk}/share/")
        item = KnowledgeItem.objects.get()
        assert answer["Location"] == item.get_absolute_url()
        assert (item.organisation, item.state, item.title) == (
            reply.organisation,
            "draft",
            asked.title,
        )
        assert reply.text in item.text
        assert asked.asker.email not in item.text
        assert item.get_absolute_url() in inside(bureau).get(page(asked)).content.decode()
        assert item.get_absolute_url() not in Client().get(page(asked)).content.decode()

    def test_who_answered_may_and_others_not(self) -> None:
        reply = builders.reply()
        for by in (reply.question.asker, builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                verbs.share(reply, by=by)
        verbs.share(reply, by=builders.person(reply.organisation))
        with pytest.raises(Conflict, match="already"):
            verbs.share(reply, by=builders.person(reply.organisation))

    def test_what_is_private_or_of_the_bureau_is_not_shared(self, bureau: Person) -> None:
        private = builders.reply(in_public=False)
        of_bureau = verbs.answer(builders.question(), by=bureau, text="Met radar.", in_public=True)
        for reply in (private, of_bureau):
            with pytest.raises(Conflict, match="in public"):
                verbs.share(reply, by=bureau)


class TestMerging:
    @pytest.mark.parametrize("has", ["kept", "gone"])
    def test_where_one_has_it_and_the_other_refused_the_one_that_stays_has_it(
        self, has: str, bureau: Person
    ) -> None:
        both = {"kept": builders.organisation(), "gone": builders.organisation()}
        refused = both["gone" if has == "kept" else "kept"]
        asked: Any = verbs.route(builders.question(), Receiver(organisation=refused), by=bureau)
        asked = verbs.pass_on(asked, by=builders.person(refused), reason="Niet voor ons.")
        asked = verbs.route(asked, Receiver(organisation=both[has]), by=bureau)
        merge(both["kept"], both["gone"], by=bureau)
        asked.refresh_from_db()
        assert (asked.state, asked.routing.organisation) == ("with", both["kept"])
        assert asked.routings.count() == 1


class TestAtTheSameMoment:
    @pytest.fixture(autouse=True)
    def committed(self) -> Iterator[None]:
        """What threads commit is for all to see, and is taken away afterwards."""
        yield
        apart(_take_away)
        clear()

    def test_two_who_send_it_on_one_is_told_that_the_other_was_first(self) -> None:
        asked, bureau = made(builders.question), made(partial(builders.person, is_coordinator=True))
        receivers = [made(to), made(to)]
        sent = (partial(verbs.route, asked, each, by=bureau, seen=0) for each in receivers)
        assert at_once(*sent) == ["", "routed-meanwhile"]
        assert asked.routings.filter(outcome="").count() == 1

    def test_two_who_answer_one_is_told_to_read_the_other_first(self) -> None:
        asked, people = self._with_two()
        answers = (partial(verbs.answer, asked, by=by, text="Radar.", seen=0) for by in people)
        assert at_once(*answers) == ["", "answered-meanwhile"]
        assert Reply.objects.count() == 1

    def test_one_who_answers_and_one_who_passes_on_end_in_one_state(self) -> None:
        asked, (one, other) = self._with_two()
        told = at_once(
            partial(verbs.answer, asked, by=one, text="Met radar."),
            partial(verbs.pass_on, asked, by=other, reason="Niet voor ons."),
        )
        now = the_question()
        assert (now.state, now.replies.count()) in [("answered", 1), ("waiting", 0)]
        assert told == ["", "not-your-question"]

    def test_an_answer_while_it_is_withdrawn_is_one_of_both(self) -> None:
        asked, (by, _other) = self._with_two()
        told = at_once(
            partial(verbs.answer, asked, by=by, text="Met radar."),
            partial(asking.withdraw, asked, by=asked.asker),
        )
        assert told == ["", "workflow-refused"]
        assert the_question().state in ("answered", "withdrawn")

    def _with_two(self) -> tuple[Any, list[Person]]:
        """A question, and two people of who has it."""
        asked = made(partial(builders.question, "with"))
        return asked, [made(partial(builders.person, asked.routing.organisation)) for _ in range(2)]


def _take_away() -> None:
    Question.objects.update(state="closed", answered_at=timezone.now(), routing=None)
    for kind in (Question, Organisation, Person):
        kind.objects.all().delete()


def made(what: Callable[[], Any]) -> Any:
    """A record that is committed."""
    return apart(what)[0]


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do them at the same moment; the codes of what they were told, nothing for what was done."""

    def tried(deed: Callable[[], object]) -> str:
        try:
            deed()
        except KatalysatorError as error:
            return error.code
        return ""

    return sorted(apart(*(partial(tried, deed) for deed in deeds)))
