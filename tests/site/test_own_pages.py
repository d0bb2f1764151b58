"""One's own page and account: what waits, all that is held of me, handing over, and leaving for good."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.people import verbs
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.core.personal_data import held_of, told_of
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings.models import Kind, Listing
from katalysator.notices.models import LetterChoice, ReturnedMail
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

OF_SESSIONS = {"account.EmailAddress", "account.EmailConfirmation"}
"""Tables of allauth that we leave empty."""


@pytest.fixture
def lab() -> Organisation:
    return builders.organisation(slug="lab", name="Voorbeeldlab")


@pytest.fixture
def manager(lab: Organisation) -> Person:
    return speaker(lab, "manager")


def speaker(lab: Organisation, role: str = "member") -> Person:
    made = builders.person(lab)
    made.memberships.update(role=role)
    return made


def confirmed(person: Person) -> Client:
    client = inside(person)
    client.post("/en/account/confirm/", {"password": builders.PASSWORD})
    return client


def mine(person: Person) -> str:
    answer = inside(person).get("/en/account/")
    assert answer.status_code == 200
    return answer.content.decode()


class TestMine:
    def test_what_waits_for_a_member_stands_first(self, lab: Organisation) -> None:
        member = speaker(lab)
        builders.draft(lab)
        page = mine(member)
        waits, rest = page.split('id="waits-title"')[1].split("</section>", 1)
        assert "1 draft to finish" in waits
        assert "Is the page of Voorbeeldlab still correct?" in waits
        assert "ask to join" not in waits
        assert "My listings" in rest

    def test_what_waits_for_a_manager(self, lab: Organisation, manager: Person) -> None:
        for state, count in (("waiting", 2), ("asked", 1)):
            for _ in range(count):
                joining = builders.joining(lab)
                joining.state = state
                joining.save()
        assert "2 people ask to join Voorbeeldlab" in mine(manager)
        assert "asks to join" not in mine(speaker(lab)), "a member lets nobody in"

    def test_what_waits_for_a_coordinator(self, lab: Organisation) -> None:
        builders.application()
        bureau = builders.person(is_coordinator=True)
        assert "1 application waits" in mine(bureau)
        assert 'href="/en/bureau/"' in mine(bureau)
        assert "application waits" not in mine(speaker(lab))

    def test_nothing_waits_is_said(self) -> None:
        assert "Nothing waits for you." in mine(builders.person())

    def test_logging_in_leads_here(self) -> None:
        person = builders.person()
        typed = {"login": person.email, "password": builders.PASSWORD}
        assert Client().post("/en/account/login/", typed)["Location"] == "/en/account/"

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_asks_as_many_questions_however_much_there_is(
        self, lab: Organisation, manager: Person, count: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(count):
            builders.listing(lab, Kind.NEED)
            builders.joining(lab)
        client = inside(manager)
        client.get("/en/account/")
        with django_assert_num_queries(QUERIES):
            client.get("/en/account/")


QUERIES = 30


class TestLanguage:
    def test_letters_and_the_page_follow(self) -> None:
        person = builders.person(language="nl")
        page = inside(person).post("/nl/account/settings/language/", {"language": "en"})
        assert page["Location"] == "/en/account/settings/"
        person.refresh_from_db()
        assert person.language == "en"

    def test_one_that_we_do_not_write_is_refused(self) -> None:
        person = builders.person()
        with pytest.raises(InvalidInput):
            verbs.choose_language(person, "tlh", by=person)
        answer = inside(person).post("/en/account/settings/language/", {"language": "tlh"})
        assert answer.status_code == 422


class TestAllThatIsHeld:
    def test_every_table_about_people_is_told_of(self) -> None:
        """A new table with a person in it must say what it holds: in `personal_data.py` of its room."""
        about = {
            model
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.related_model is Person and model._meta.label not in OF_SESSIONS
        }
        assert about - told_of() == set()

    def test_it_is_one_file_with_all_of_mine_and_nothing_of_others(
        self, lab: Organisation, manager: Person
    ) -> None:
        other = speaker(lab)
        builders.draft(lab)
        LetterChoice.objects.create(person=manager, kind="summary", pace="daily")
        LetterChoice.objects.create(person=other, kind="summary", pace="never")
        verbs.choose_language(manager, "en", by=manager)
        answer = confirmed(manager).get("/en/account/data/")
        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        held = json.loads(answer.content)
        assert held["account"]["email"] == manager.email
        assert held["organisations"][0]["organisation__slug"] == "lab"
        assert held["letters"]["choices"] == [{"kind": "summary", "pace": "daily"}]
        assert held["trail"][-1]["verb"] == "person.choose-language"
        text = answer.content.decode()
        assert other.email not in text
        assert manager.password not in text

    def test_it_is_of_no_more_than_oneself(self) -> None:
        assert set(held_of(builders.person())) >= {"account", "letters", "listings", "trail"}


class TestHandingOver:
    def test_a_colleague_gets_the_role_and_the_listings(
        self, lab: Organisation, manager: Person
    ) -> None:
        heir, elsewhere = speaker(lab), builders.organisation()
        own, other = builders.draft(lab), builders.draft(elsewhere)
        for each in (own, other):
            each.author = manager
            each.save()
        page = f"/en/organisations/lab/people/{manager.memberships.get().pk}/hand-over/"
        assert heir.email in inside(manager).get(page).content.decode()
        answer = inside(manager).post(page, {"heir": heir.memberships.get().pk})
        assert answer["Location"] == "/en/account/"
        assert not Membership.objects.filter(person=manager).exists()
        assert heir.memberships.get().role == "manager"
        own.refresh_from_db()
        other.refresh_from_db()
        assert (own.author, other.author) == (heir, manager)
        event = Event.objects.get(verb="person.hand-over")
        assert event.after == {"to": heir.pk}
        assert not audit.verify().broken

    def test_a_manager_does_it_for_who_left_already(
        self, lab: Organisation, manager: Person
    ) -> None:
        gone = speaker(lab)
        verbs.hand_over(gone.memberships.get(), manager.memberships.get(), by=manager)
        assert list(Membership.objects.filter(organisation=lab)) == [manager.memberships.get()]

    def test_a_member_hands_over_its_own_only(self, lab: Organisation, manager: Person) -> None:
        member, other = speaker(lab), speaker(lab)
        with pytest.raises(NotAllowed):
            verbs.hand_over(other.memberships.get(), member.memberships.get(), by=member)
        page = f"/en/organisations/lab/people/{other.memberships.get().pk}/hand-over/"
        assert inside(member).get(page).status_code == 403

    def test_the_heir_is_a_colleague(self, lab: Organisation, manager: Person) -> None:
        stranger = speaker(builders.organisation())
        for heir in (stranger.memberships.get(), manager.memberships.get()):
            with pytest.raises(Conflict):
                verbs.hand_over(manager.memberships.get(), heir, by=manager)
        page = f"/en/organisations/lab/people/{manager.memberships.get().pk}/hand-over/"
        answer = inside(manager).post(page, {"heir": stranger.memberships.get().pk})
        assert answer.status_code == 422


class TestDeletingOnesAccount:
    def closed(self, person: Person) -> Any:
        return confirmed(person).post("/en/account/close/", {"sure": "on"}, follow=True)

    def test_all_of_the_person_goes_and_the_trail_stays_sound(
        self, lab: Organisation, manager: Person
    ) -> None:
        member = speaker(lab)
        listing = builders.draft(lab)
        listing.author = member
        listing.save()
        verbs.choose_language(member, "en", by=member)
        LetterChoice.objects.create(person=member, kind="summary", pace="daily")
        ReturnedMail.objects.create(person=member, why="5.1.1")
        answer = self.closed(member)
        assert "Your account is gone" in answer.content.decode()
        assert not Person.objects.filter(pk=member.pk).exists()
        assert not LetterChoice.objects.exists()
        assert Listing.objects.get(pk=listing.pk).author is None
        assert not audit.verify().broken
        assert member.email not in str(list(Event.objects.values()))

    def test_who_alone_manages_colleagues_hands_over_first(
        self, lab: Organisation, manager: Person
    ) -> None:
        speaker(lab)
        page = confirmed(manager).get("/en/account/close/").content.decode()
        assert "Hand them over to a colleague first" in page
        assert "Nobody else manages Voorbeeldlab" in self.closed(manager).content.decode() or (
            Person.objects.filter(pk=manager.pk).exists()
        )
        with pytest.raises(Conflict, match="Nobody else manages"):
            verbs.close_account(manager, by=manager)

    def test_who_is_alone_is_warned_and_may_go(self, lab: Organisation, manager: Person) -> None:
        page = confirmed(manager).get("/en/account/close/").content.decode()
        assert "Nobody speaks for these after you" in page
        self.closed(manager)
        assert not Person.objects.filter(pk=manager.pk).exists()

    def test_the_last_coordinator_stays(self) -> None:
        bureau = builders.person(is_coordinator=True)
        assert "Nobody else runs this coalition" in self.closed(bureau).content.decode()
        builders.person(is_coordinator=True)
        self.closed(bureau)
        assert not Person.objects.filter(pk=bureau.pk).exists()

    @pytest.mark.parametrize("typed", [{}, {"sure": ""}])
    def test_who_is_not_sure_stays(self, typed: dict[str, str]) -> None:
        person = builders.person()
        confirmed(person).post("/en/account/close/", typed)
        assert Person.objects.filter(pk=person.pk).exists()

    def test_nobody_deletes_another(self) -> None:
        person, other = builders.person(), builders.person()
        for delete in (verbs.close_account, coalition.erase):
            with pytest.raises(NotAllowed):
                delete(person, by=other)
