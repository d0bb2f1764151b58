"""Each person chooses which letters come and when, and stops them with one click from the letter itself."""

import re
from email.message import EmailMessage

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from katalysator.admission.tasks import ASKS, WAITING, tell_bureau, tell_managers
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.tasks import STILL_CORRECT, ask_to_confirm
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import InvalidInput, NotAllowed
from katalysator.notices import verbs
from katalysator.notices.choices import pace_of
from katalysator.notices.kinds import SUMMARY, Pace, kinds, letter_kind
from katalysator.notices.models import LetterChoice, ReturnedMail, WaitingLetter
from tests import builders
from tests.attack.steps import inside
from tests.notices.post_office import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Organisation:
    return builders.organisation(slug="lab", name="Voorbeeldlab")


@pytest.fixture
def manager(lab: Organisation) -> Person:
    made = builders.person(lab, email="beheer@voorbeeldlab.example", language="en")
    made.memberships.update(role="manager")
    return made


def ask(lab: Organisation) -> list[EmailMessage]:
    """Send the yearly letter, by a real mail server; what came."""
    with post_office() as office:
        ask_to_confirm(lab.pk)
    return office.letters


def stop_link(letter: EmailMessage) -> str:
    (link,) = re.findall(r"<http://localhost:8000(/\S+)>", letter["List-Unsubscribe"])
    return str(link)


class TestWriting:
    def test_a_letter_says_how_to_stop_such_letters(
        self, lab: Organisation, manager: Person
    ) -> None:
        (letter,) = ask(lab)
        assert letter["To"] == manager.email
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        text = letter.get_content()
        assert f"http://localhost:8000{stop_link(letter)}" in text
        assert "http://localhost:8000/en/organisations/lab/" in text
        assert "Whether the page of your organisation is still correct" in text

    @pytest.mark.parametrize("pace", [Pace.NEVER, Pace.DIGEST])
    def test_who_chose_otherwise_gets_no_letter_now(
        self, lab: Organisation, manager: Person, pace: Pace
    ) -> None:
        verbs.choose_letters(manager, STILL_CORRECT, pace, by=manager)
        assert ask(lab) == []
        waiting = list(WaitingLetter.objects.values_list("person_id", "kind", "link"))
        link = "http://localhost:8000/en/organisations/lab/"
        assert waiting == ([(manager.pk, "still-correct", link)] if pace is Pace.DIGEST else [])

    def test_other_letters_still_come(self, lab: Organisation, manager: Person) -> None:
        verbs.choose_letters(manager, STILL_CORRECT, Pace.NEVER, by=manager)
        joining = builders.joining(lab)
        joining.state = "waiting"
        joining.save()
        tell_managers(joining.pk)
        assert [each.to for each in mail.outbox] == [[manager.email]]

    def test_each_of_the_bureau_gets_its_own_link(self) -> None:
        people = [builders.person(is_coordinator=True) for _ in range(2)]
        tell_bureau(builders.application().pk)
        links = {each.to[0]: each.extra_headers["List-Unsubscribe"] for each in mail.outbox}
        assert set(links) == {each.email for each in people}
        assert len(set(links.values())) == 2

    @pytest.mark.parametrize("how", ["closed", "returned"])
    def test_who_gets_no_mail_gets_none(self, lab: Organisation, manager: Person, how: str) -> None:
        if how == "closed":
            Person.objects.filter(pk=manager.pk).update(is_active=False)
        else:
            ReturnedMail.objects.create(person=manager, stopped=True, why="5.1.1")
        assert ask(lab) == []

    def test_an_answer_to_who_has_no_account_has_no_such_link(self) -> None:
        from katalysator.admission.tasks import tell_applicant

        tell_applicant(builders.application(state="sent").pk)
        assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


class TestStopping:
    def test_the_button_of_a_mail_program_stops_them(
        self, lab: Organisation, manager: Person
    ) -> None:
        """RFC 8058: a POST without cookies, of one field, that is answered without going elsewhere."""
        link = stop_link(ask(lab)[0])
        client = Client(enforce_csrf_checks=True)
        answer = client.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "You do not get these letters any more" in answer.content.decode()
        assert pace_of(STILL_CORRECT, manager) is Pace.NEVER
        assert ask(lab) == []

    def test_following_the_link_changes_nothing(self, lab: Organisation, manager: Person) -> None:
        link = stop_link(ask(lab)[0])
        for method in ("get", "head"):
            assert getattr(Client(), method)(link).status_code == 200
        assert not LetterChoice.objects.exists()

    @pytest.mark.parametrize("before", [Pace.AT_ONCE, Pace.DIGEST])
    def test_it_is_undone_to_what_it_was(
        self, lab: Organisation, manager: Person, before: Pace
    ) -> None:
        link = stop_link(ask(lab)[0])
        verbs.choose_letters(manager, STILL_CORRECT, before, by=manager)
        page = Client().post(link).content.decode()
        (undo,) = re.findall(r'name="pace" value="([\w-]+)"', page)
        answer = Client().post(link, {"pace": undo}).content.decode()
        assert "You get these letters again" in answer
        assert pace_of(STILL_CORRECT, manager) is before

    def test_pressing_it_twice_says_the_same(self, lab: Organisation, manager: Person) -> None:
        link = stop_link(ask(lab)[0])
        Client().post(link)
        assert "Get these letters again" in Client().post(link).content.decode()
        assert Event.objects.filter(verb="letters.choose").count() == 1

    def test_a_link_is_of_one_person_and_one_kind(self, lab: Organisation, manager: Person) -> None:
        other = builders.person(lab)
        other.memberships.update(role="manager")
        Client().post(stop_link(ask(lab)[0]))
        assert (
            pace_of(STILL_CORRECT, other) is Pace.AT_ONCE
            or pace_of(STILL_CORRECT, manager) is Pace.AT_ONCE
        )
        assert pace_of(ASKS, manager) is Pace.AT_ONCE

    @pytest.mark.parametrize("way", ["forged", "cut", "of the kind of another", "of nobody"])
    def test_a_forged_link_does_nothing(self, lab: Organisation, manager: Person, way: str) -> None:
        link = stop_link(ask(lab)[0])
        head, key = link.rstrip("/").rsplit("/", 1)
        forged = {
            "forged": "WzEsInN1bW1hcnkiXQ:1abc:" + "A" * 43,
            "cut": key[:-4],
            "of the kind of another": key.replace(key[:6], "WzIsInM"),
            "of nobody": key,
        }[way]
        if way == "of nobody":
            manager.delete()
        answer = Client().post(f"{head}/{forged}/")
        assert answer.status_code == 404
        assert "does not work any more" in answer.content.decode()
        assert not LetterChoice.objects.exists()

    def test_a_pace_that_there_is_not_is_refused(self, lab: Organisation, manager: Person) -> None:
        answer = Client().post(stop_link(ask(lab)[0]), {"pace": "hourly"})
        assert (answer.status_code, LetterChoice.objects.count()) == (422, 0)

    def test_the_trail_says_that_it_was_the_link(self, lab: Organisation, manager: Person) -> None:
        Client().post(stop_link(ask(lab)[0]))
        event = Event.objects.get(verb="letters.choose")
        assert (event.system, event.actor) == ("letter-link", None)
        assert event.after == {"pace": "never"}
        assert not audit.verify().broken


class TestChoosing:
    def test_all_letters_are_chosen_on_one_page(self, manager: Person) -> None:
        page = inside(manager).get("/en/account/letters/").content.decode()
        assert "A summary of what is new for you" in page
        assert "Somebody who asks to join your organisation" in page
        typed = {"summary": "daily", "still-correct": "digest", "asks-to-join": "never"}
        asked = inside(manager).get("/en/account/letters/").context["form"].asked
        usual = {name: kind.usual.value for name, kind in asked.items()}
        answer = inside(manager).post("/en/account/letters/", usual | typed)
        assert answer.status_code == 302
        chosen = dict(LetterChoice.objects.filter(person=manager).values_list("kind", "pace"))
        assert chosen == typed, "what nobody changed is not written down"

    def test_who_is_not_of_the_bureau_is_not_asked_about_its_letters(self, manager: Person) -> None:
        bureau = builders.person(is_coordinator=True)
        for person, is_asked in ((manager, False), (bureau, True)):
            form = inside(person).get("/en/account/letters/").context["form"]
            assert (WAITING.name in form.fields) == is_asked

    @pytest.mark.parametrize("typed", [{"summary": "at-once"}, {"summary": ""}, {}])
    def test_what_cannot_be_chosen_is_told_at_its_question(
        self, manager: Person, typed: dict[str, str]
    ) -> None:
        answer = inside(manager).post("/en/account/letters/", {**typed, "asks-to-join": "never"})
        assert answer.status_code == 422
        assert "summary" in answer.context["form"].errors
        assert not LetterChoice.objects.exists()

    def test_nobody_chooses_for_another(self, manager: Person) -> None:
        for other in (builders.person(), builders.person(is_coordinator=True)):
            with pytest.raises(NotAllowed):
                verbs.choose_letters(manager, SUMMARY, Pace.NEVER, by=other)

    def test_a_kind_has_its_own_paces(self, manager: Person) -> None:
        with pytest.raises(InvalidInput):
            verbs.choose_letters(manager, ASKS, Pace.DAILY, by=manager)

    def test_what_waits_goes_with_its_kind(self, lab: Organisation, manager: Person) -> None:
        verbs.choose_letters(manager, STILL_CORRECT, Pace.DIGEST, by=manager)
        ask(lab)
        verbs.choose_letters(manager, STILL_CORRECT, Pace.NEVER, by=manager)
        assert not WaitingLetter.objects.exists()

    def test_the_page_asks_few_questions(
        self, manager: Person, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        client = inside(manager)
        client.get("/en/account/letters/")
        with django_assert_num_queries(2):  # type: ignore[operator]  # session and person; choices
            client.get("/en/account/letters/")


class TestKinds:
    def test_a_name_is_taken_once(self) -> None:
        with pytest.raises(ValueError, match="still-correct"):
            letter_kind("still-correct", "Again")

    def test_the_summary_stands_first_and_has_no_pace_of_letters(self) -> None:
        found = list(kinds())
        assert found[0] is SUMMARY
        assert len(found) == len({each.name for each in found})
        assert all(Pace.NEVER in each.paces for each in found)

    @pytest.mark.parametrize(
        "fields", [{"kind": "x", "pace": "hourly"}, {"kind": "summary", "pace": "daily"}]
    )
    def test_the_database_holds_one_known_choice_of_a_kind(
        self, manager: Person, fields: dict[str, str]
    ) -> None:
        LetterChoice.objects.create(person=manager, kind="summary", pace="never")
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterChoice.objects.create(person=manager, **fields)
