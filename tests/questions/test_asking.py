"""Anybody asks: with an account in one step, without one by a link in a mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from katalysator.admission.models import Application
from katalysator.coalition import verbs as people
from katalysator.coalition.models import Person
from katalysator.core.actors import ASKER
from katalysator.core.links import key_of
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.questions import tasks, verbs
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question, Reply
from tests import builders
from tests.attack.steps import inside
from tests.questions.steps import the_question, the_reply

pytestmark = pytest.mark.django_db

ASK = "/en/questions/ask/"
TYPED = {
    "title": "Hoe zien wij of een dijk verzakt?",
    "text": "Wij meten nu een keer per jaar met de hand.",
    "area": "klimaat",
    "in_public": "on",
    "email": "Iemand@elders.example",
}


def ask(client: Client | None = None, **other: Any) -> Question:
    answer = (client or Client()).post(ASK, TYPED | other)
    assert answer.status_code == 302
    return Question.objects.latest("pk")


def errors(**other: Any) -> Any:
    answer = Client().post(ASK, TYPED | other)
    assert answer.status_code == 422
    return answer.context["form"].errors


def own(question: Question, deed: str = "") -> str:
    return f"/en/questions/own/{key_of(question)}/" + (f"{deed}/" if deed else "")


class TestWithAnAccount:
    def test_one_step_is_enough_and_everybody_reads_it_where_the_asker_agrees(self) -> None:
        person = builders.person()
        made = ask(inside(person))
        assert (made.asker, made.email, made.state) == (person, "", "waiting")
        assert (made.text_language, made.area_id, made.is_public) == ("nl", "klimaat", True)
        page = Client().get(made.get_absolute_url()).content.decode()
        assert TYPED["title"] in page
        assert person.email not in page

    def test_what_is_to_stay_private_is_seen_by_the_asker_and_the_bureau_only(self) -> None:
        person = builders.person()
        made = ask(inside(person), in_public="")
        page = made.get_absolute_url()
        assert Client().get(page).status_code == 404
        assert inside(builders.person()).get(page).status_code == 404
        for sees in (person, builders.person(is_coordinator=True)):
            assert inside(sees).get(page).status_code == 200

    def test_no_address_is_asked_for(self) -> None:
        page = inside(builders.person()).get(ASK).content.decode()
        assert 'name="email"' not in page
        assert 'name="email"' in Client().get(ASK).content.decode()


class TestWithoutAnAccount:
    def test_nobody_reads_it_before_the_link_is_followed_and_pressed(self) -> None:
        made = ask()
        bureau = inside(builders.person(is_coordinator=True))
        assert (made.email, made.state, made.visibility) == (
            "iemand@elders.example",
            "asked",
            "offered",
        )
        assert bureau.get(f"/en/questions/{made.pk}/").status_code == 404
        assert Client().get(own(made)).status_code == 200
        assert the_question().state == "asked", "programs follow links too"
        assert Client().post(own(made, "confirm")).status_code == 302
        assert bureau.get(f"/en/questions/{made.pk}/").status_code == 200
        assert Client().get(f"/en/questions/{made.pk}/").status_code == 404, "not looked at yet"

    def test_the_letter_has_the_link_that_works(self) -> None:
        made = ask()
        tasks.begin(made.pk)
        (letter,) = mail.outbox
        assert letter.to == ["iemand@elders.example"]
        (link,) = re.findall(r"http://localhost:8000(/en/questions/own/\S+)", str(letter.body))
        assert Client().get(link).context["question"] == made

    def test_neither_trail_nor_pages_hold_the_address(self) -> None:
        made = ask()
        Client().post(own(made, "confirm"))
        assert "email" in Event.objects.get(verb="question.ask").personal
        assert "elders.example" not in str(list(Event.objects.values()))
        assert TYPED["title"] not in str(list(Event.objects.values()))
        bureau = inside(builders.person(is_coordinator=True))
        for page in (f"/en/questions/{made.pk}/", "/en/bureau/questions/", "/en/bureau/"):
            assert "elders.example" not in bureau.get(page).content.decode()
        assert "elders.example" not in Client().get(own(made)).content.decode()

    @pytest.mark.parametrize("forged", ["x", "1:abc:def", "MQ:1tZ:AAAA", "%00", "..%2f"])
    def test_a_forged_link_leads_nowhere(self, forged: str) -> None:
        ask()
        for answer in (
            Client().get(f"/en/questions/own/{forged}/"),
            Client().post(f"/en/questions/own/{forged}/confirm/"),
        ):
            assert answer.status_code == 404
        assert the_question().state == "asked"

    def test_a_link_to_something_else_is_no_link_to_a_question(self) -> None:
        made = ask()
        key = key_of(Application(pk=made.pk))
        assert Client().get(f"/en/questions/own/{key}/").status_code == 404

    def test_a_question_of_an_account_has_no_link(self) -> None:
        made = builders.question()
        assert Client().get(own(made)).status_code == 404

    def test_a_form_that_is_sent_over_and_over_is_refused(self) -> None:
        for number in range(20):
            ask(email=f"iemand-{number}@elders.example")
        assert Client().post(ASK, TYPED).status_code == 429

    def test_nobody_fills_the_mailbox_of_another(self) -> None:
        for number in range(5):
            ask(title=f"Vraag {number}?")
        assert Client().post(ASK, TYPED).status_code == 429
        assert Question.objects.count() == 5


class TestBadInput:
    @pytest.mark.parametrize(
        ("other", "at"),
        [
            ({"title": ""}, "title"),
            ({"title": "\u200b"}, "title"),
            ({"title": "<script>alert(1)</script>"}, "title"),
            ({"title": "x" * 161}, "title"),
            ({"text": "x" * 4_001}, "text"),
            ({"text": "x" * 900_000}, "text"),
            ({"area": "nergens"}, "area"),
            ({"block": "nothing"}, "block"),
            ({"email": "geen adres"}, "email"),
            ({"email": ""}, "email"),
        ],
    )
    def test_it_is_told_at_its_question_and_nothing_is_kept(
        self, other: dict[str, str], at: str
    ) -> None:
        assert list(errors(**other)) == [at]
        assert not Question.objects.exists()

    def test_markup_is_taken_out_and_what_stays_is_shown_as_text(self) -> None:
        made = ask(
            inside(builders.person()),
            title="Is <b>5 < 6</b> & waar?",
            text="<img src=x onerror=1>ja",
        )
        assert (made.title, made.text) == ("Is 5 < 6 & waar?", "ja")
        page = Client().get(made.get_absolute_url()).content.decode()
        assert "Is 5 &lt; 6 &amp; waar?" in page

    @pytest.mark.parametrize(
        ("other", "at"),
        [({"area": "nergens"}, "area"), ({"block": "nothing"}, "block"), ({"title": ""}, "title")],
    )
    def test_the_verb_refuses_it_too(self, other: dict[str, Any], at: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            builders.question(**other)
        assert refused.value.where[0] == at

    def test_who_has_no_account_says_where_the_answer_goes(self) -> None:
        with pytest.raises(InvalidInput):
            verbs.ask(builders.question_content(), by=ASKER, language="nl")


class TestWhatIsThereAlready:
    def test_it_is_shown_first_and_the_question_is_sent_by_a_second_press(self) -> None:
        known = builders.question("answered", title="Wie meet of een dijk verzakt?")
        tasks.read_new_questions()
        client = inside(builders.person())
        answer = client.post(ASK, TYPED)
        page = answer.content.decode()
        assert known.get_absolute_url() in page
        assert 'name="looked" value="on"' in page
        assert Question.objects.count() == 1
        ask(client, looked="on")
        assert Question.objects.count() == 2

    @pytest.mark.parametrize("hidden", ["private", "unanswered", "answered in private"])
    def test_what_not_everybody_reads_is_not_shown(self, hidden: str) -> None:
        made = builders.question(
            "waiting" if hidden == "unanswered" else "with",
            title="Wie meet of een dijk verzakt?",
            in_public=hidden != "private",
        )
        if hidden != "unanswered":
            builders.reply(made, in_public=False)
        tasks.read_new_questions()
        assert ask().title == TYPED["title"]


class TestTheAskersDeeds:
    def test_thanking_closes_it(self) -> None:
        asked = builders.question("answered")
        client = inside(asked.asker)
        client.post(f"/en/questions/{asked.pk}/thank/")
        assert the_question().state == "closed"

    def test_asking_more_brings_it_back_to_who_answered(self) -> None:
        asked = builders.question("answered")
        before = asked.routing
        typed = {"text": "En hoe vaak komt zo'n satelliet over?"}
        inside(asked.asker).post(f"/en/questions/{asked.pk}/ask-more/", typed)
        now = the_question()
        assert now.state == "with"
        assert now.routing.organisation == before.organisation
        assert now.routing != before
        assert now.replies.last().kind == "more"

    def test_asking_more_of_the_bureau_brings_it_back_to_the_bureau(self) -> None:
        asked = builders.reply(builders.question()).question
        verbs.follow_up(asked, by=asked.asker, text="En dan?")
        assert the_question().state == "waiting"

    def test_more_may_be_said_while_it_is_open_and_changes_nothing_else(self) -> None:
        asked = builders.question("with")
        verbs.follow_up(asked, by=asked.asker, text="Het is een oude dijk.")
        now = the_question()
        assert (now.state, now.routing, now.replies.count()) == ("with", asked.routing, 1)

    def test_this_is_not_an_answer_brings_it_to_the_bureau_and_the_clock_runs_on(self) -> None:
        asked = builders.question("answered")
        verbs.reopen(asked, by=asked.asker, text="Dit gaat over een brug.")
        now = the_question()
        assert (now.state, now.routing, now.answered_at) == ("waiting", None, None)

    def test_nothing_is_said_without_words(self) -> None:
        asked = builders.question("answered")
        answer = inside(asked.asker).post(f"/en/questions/{asked.pk}/reopen/", {"text": " "})
        assert answer.status_code == 422
        assert the_question().state == "answered"

    def test_what_was_withdrawn_nobody_answers_any_more(self) -> None:
        asked = builders.question("with")
        has_it = builders.person(asked.routing.organisation)
        verbs.withdraw(asked, by=asked.asker)
        assert Question.objects.public().count() == 0
        with pytest.raises(Conflict, match="Withdrawn"):
            handling.answer(asked, by=has_it, text="Met radar.")

    @pytest.mark.parametrize("deed", ["thank", "reopen", "ask-more", "withdraw", "hide"])
    def test_nobody_else_does_these(self, deed: str) -> None:
        asked = builders.question("answered")
        other, has_it = builders.person(), builders.person(asked.routing.organisation)
        for client in (Client(), inside(other), inside(has_it)):
            answer = client.post(f"/en/questions/{asked.pk}/{deed}/", {"text": "Gekaapt"})
            assert answer.status_code == 403
        assert (the_question().state, Reply.objects.count()) == ("answered", 1)

    def test_which_answer_helped_is_marked_and_taken_back(self) -> None:
        reply = builders.reply()
        client = inside(reply.question.asker)
        page = f"/en/questions/{reply.question_id}/replies/{reply.pk}/mark/"
        client.post(page, {"helped": "yes"})
        assert the_reply().helped
        client.post(page, {"helped": "no"})
        assert not the_reply().helped
        with pytest.raises(NotAllowed):
            verbs.mark(reply, by=builders.person())

    def test_a_stranger_does_all_this_by_the_link(self) -> None:
        made = ask()
        client = Client()
        client.post(own(made, "confirm"))
        made.refresh_from_db()
        reply = builders.reply(handling.route(made, to(), by=builders.HOUSE), in_public=False)
        assert reply.text in client.get(own(made)).content.decode()
        client.post(f"{own(made)}replies/{reply.pk}/mark/", {"helped": "yes"})
        assert the_reply().helped
        client.post(own(made, "ask-more"), {"text": "En dan?"})
        made.refresh_from_db()
        assert made.state == "with"
        client.post(own(made, "withdraw"))
        made.refresh_from_db()
        assert made.state == "withdrawn"

    def test_a_link_opens_one_question_and_no_reply_of_another(self) -> None:
        made, reply = ask(), builders.reply()
        answer = Client().post(f"{own(made)}replies/{reply.pk}/mark/", {"helped": "yes"})
        assert answer.status_code == 404
        assert not the_reply().helped


class TestWhatEverybodySees:
    def test_the_bureau_shows_what_a_stranger_agreed_to_after_looking_at_it(self) -> None:
        made = ask(text="Vraag het aan Jan de Vries.")
        Client().post(own(made, "confirm"))
        bureau = inside(builders.person(is_coordinator=True))
        page = f"/en/questions/{made.pk}/"
        assert Client().get(page).status_code == 404
        bureau.post(f"{page}show/")
        assert Client().get(page).status_code == 200
        bureau.post(f"{page}hide/")
        assert Client().get(page).status_code == 404
        bureau.post(f"{page}show/")
        assert Client().get(page).status_code == 200, "a deed that can be undone"

    def test_who_asked_takes_it_from_view_for_good(self) -> None:
        asked = builders.question("answered")
        verbs.hide(asked, by=asked.asker)
        assert Client().get(asked.get_absolute_url()).status_code == 404
        with pytest.raises(Conflict):
            verbs.show(asked, by=builders.person(is_coordinator=True))

    def test_what_was_meant_to_be_private_is_never_shown(self) -> None:
        asked = builders.question(in_public=False)
        with pytest.raises(Conflict):
            verbs.show(asked, by=builders.person(is_coordinator=True))

    def test_more_of_who_asked_is_public_with_the_next_answer_in_public(self) -> None:
        asked = builders.question("with")
        verbs.follow_up(asked, by=asked.asker, text="Het is een oude dijk.")
        seen = Client().get(asked.get_absolute_url()).content.decode()
        assert "oude dijk" not in seen
        builders.reply(asked)
        seen = Client().get(asked.get_absolute_url()).content.decode()
        assert "oude dijk" in seen


class TestForgetting:
    def test_what_was_never_confirmed_is_thrown_away(self) -> None:
        made = ask()
        _run(timezone.now() + tasks.UNPROVEN_KEPT - timedelta(minutes=1))
        assert Question.objects.filter(pk=made.pk).exists()
        _run(timezone.now() + tasks.UNPROVEN_KEPT + timedelta(minutes=1))
        assert not Question.objects.exists()

    @pytest.mark.parametrize("in_public", [True, False])
    def test_a_strangers_address_is_forgotten_when_it_is_over(self, in_public: bool) -> None:
        made = ask()
        Client().post(own(made, "confirm"))
        made.refresh_from_db()
        reply = builders.reply(handling.route(made, to(), by=builders.HOUSE), in_public=in_public)
        verbs.thank(reply.question, by=ASKER)
        _run(timezone.now() + tasks.OVER_KEPT + timedelta(minutes=1))
        assert Client().get(own(made)).status_code == 404
        if in_public:
            left = the_question()
            assert left.email == ""
            assert bytes(left.salt) != bytes(made.salt)
            assert Client().get(left.get_absolute_url()).status_code == 200
        else:
            assert not Question.objects.exists()

    def test_what_is_of_an_account_stays(self) -> None:
        asked = builders.question("answered", in_public=False)
        verbs.thank(asked, by=asked.asker)
        _run(timezone.now() + tasks.OVER_KEPT * 2)
        assert Question.objects.filter(pk=asked.pk).exists()

    def test_erasing_who_asked_or_answered_leaves_all_sound(self) -> None:
        reply = builders.reply()
        asked, author = reply.question, reply.author
        for person in (asked.asker, author):
            people.erase(Person.objects.get(pk=person.pk), by=builders.HOUSE)
        left = the_question()
        assert (left.asker, left.replies.get().author) == (None, None)
        assert Client().get(left.get_absolute_url()).status_code == 200
        tasks.tell_asker(reply.pk)
        assert not mail.outbox


def to() -> Receiver:
    return Receiver(organisation=builders.organisation())


def _run(moment: Any) -> None:
    tasks.forget_old(int(moment.timestamp()))
