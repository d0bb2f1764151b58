"""Letting organisations and people in: what is refused, and the event that each deed leaves."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from katalysator.coalition import verbs
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings.models import Kind
from katalysator.listings.verbs import post
from tests import builders

pytestmark = pytest.mark.django_db


def unsaved(**fields: Any) -> Organisation:
    given = {"slug": "voorbeeldlab", "name": "Voorbeeldlab", "kind": "company", "region": "NL31"}
    return Organisation(**(given | fields))


def written() -> str:
    """All that stands in the audit trail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(event::text, ' '), '') FROM core_event AS event")
        return str(cursor.fetchone()[0])


def holding(words: str) -> set[str]:
    """The tables in which these words stand; sessions are looked into."""
    found = (
        {"django_session"}
        if words in str([each.get_decoded() for each in Session.objects.all()])
        else set()
    )
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{words}%"]
            )
            found |= {table} if cursor.fetchone()[0] else set()
    return found


class TestRegistering:
    def test_an_organisation_is_written_down_with_its_areas_and_its_event(self) -> None:
        bureau = builders.person(is_coordinator=True)
        made = verbs.register(unsaved(), by=bureau, areas=["zorg", "agro"], reason="joined")
        assert sorted(made.areas.values_list("slug", flat=True)) == ["agro", "zorg"]
        event = Event.objects.get(verb="organisation.register")
        assert (event.actor, event.subject_id, event.reason) == (bureau.pk, str(made.pk), "joined")
        assert event.after == {"slug": "voorbeeldlab"}
        assert not audit.verify().broken

    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ({"name": ""}, "name"),
            ({"slug": "a b"}, "slug"),
            ({"kind": "church"}, "kind"),
            ({"website": "voorbeeld"}, "website"),
            ({"name": "x" * 161}, "name"),
            ({"blocks": ["atlantis"]}, "blocks"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_place(
        self, fields: dict[str, Any], place: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            verbs.register(unsaved(**fields), by=builders.HOUSE)
        assert refused.value.where == (place,)
        assert not Organisation.objects.exists()
        assert not Event.objects.exists()

    def test_the_sentence_survives_a_percent_sign(self) -> None:
        with pytest.raises(InvalidInput, match="100%"):
            verbs.register(unsaved(kind="100%"), by=builders.HOUSE)

    def test_only_the_coordinator_registers(self) -> None:
        member = builders.person(builders.organisation())
        with pytest.raises(NotAllowed, match="Only the coordinator may do this"):
            verbs.register(unsaved(), by=member)
        assert not Organisation.objects.filter(slug="voorbeeldlab").exists()
        assert not Event.objects.exists()

    def test_a_second_one_of_the_same_name_in_the_register_is_refused(self) -> None:
        verbs.register(unsaved(kvk="12345678"), by=builders.HOUSE)
        with pytest.raises(InvalidInput):
            verbs.register(unsaved(slug="ander", kvk="12345678"), by=builders.HOUSE)
        with pytest.raises(InvalidInput, match="slug"):
            verbs.register(unsaved(), by=builders.HOUSE)
        assert Organisation.objects.count() == 1


class TestAdmitting:
    def test_a_person_comes_in_with_a_membership_and_the_trail_keeps_no_address(self) -> None:
        bureau, owner = builders.person(is_coordinator=True), builders.organisation()
        made = verbs.admit("Lid@Voorbeeld.example", by=bureau, organisation=owner)
        assert made.email == "lid@voorbeeld.example"
        assert list(made.organisations.all()) == [owner]
        assert not made.has_usable_password()
        event = Event.objects.get(verb="person.admit")
        assert (event.actor, event.subject_id) == (bureau.pk, str(made.pk))
        assert event.after == {"coordinator": False, "organisation": owner.slug}
        assert event.personal == audit.sealed(made, {"email": "lid@voorbeeld.example"})
        assert "lid@" not in written()

    def test_the_bureau_is_let_in_by_the_house(self) -> None:
        made = verbs.admit(
            "bureau@voorbeeld.example",
            by=builders.HOUSE,
            password="een-lang-woord",
            is_coordinator=True,
        )
        assert made.is_coordinator
        assert made.check_password("een-lang-woord")
        assert Event.objects.get().after == {"coordinator": True, "organisation": ""}
        assert not Membership.objects.exists()

    @pytest.mark.parametrize("email", ["lid@voorbeeld.example", " LID@voorbeeld.EXAMPLE "])
    def test_an_address_that_is_known_is_a_conflict(self, email: str) -> None:
        verbs.admit("lid@voorbeeld.example", by=builders.HOUSE)
        with pytest.raises(Conflict, match="account for") as refused:
            verbs.admit(email, by=builders.HOUSE)
        assert refused.value.code == "known"
        assert (Person.objects.count(), Event.objects.count()) == (1, 1)

    @pytest.mark.parametrize("email", ["", "lid", "100%@", "<b>@voorbeeld.example"])
    def test_what_is_no_address_is_refused(self, email: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            verbs.admit(email, by=builders.HOUSE)
        assert str(refused.value)
        assert not Person.objects.exists()
        assert not Event.objects.exists()

    def test_only_the_coordinator_lets_in_and_nobody_else_learns_who_is_known(self) -> None:
        member = builders.person(email="lid@voorbeeld.example")
        for email in ("lid@voorbeeld.example", "nieuw@voorbeeld.example"):
            with pytest.raises(NotAllowed):
                verbs.admit(email, by=member)
        assert list(Person.objects.all()) == [member]


class TestErasing:
    @pytest.fixture
    def bureau(self) -> Person:
        return builders.person(is_coordinator=True, email="bureau@voorbeeld.example")

    @pytest.fixture
    def member(self, bureau: Person) -> Person:
        owner = builders.organisation()
        return verbs.admit("lid@voorbeeld.example", by=bureau, organisation=owner)

    def test_the_person_is_gone_and_the_trail_says_who_did_it(
        self, member: Person, bureau: Person
    ) -> None:
        number = member.pk
        verbs.erase(member, by=bureau, reason="asked for it")
        assert list(Person.objects.all()) == [bureau]
        event = Event.objects.latest("pk")
        assert (event.verb, event.subject_id) == ("person.erase", str(number))
        assert (event.actor, event.reason) == (bureau.pk, "asked for it")
        assert (event.before, event.after, event.personal) == ({}, {}, {})

    def test_the_chain_still_holds_and_no_address_is_anywhere_in_it(
        self, member: Person, bureau: Person
    ) -> None:
        builders.draft(member.organisations.get())
        verbs.erase(member, by=bureau)
        assert not audit.verify().broken
        assert "person.admit" in written()
        assert "@" not in written()

    def test_no_table_holds_the_address_not_even_a_session(
        self, member: Person, bureau: Person
    ) -> None:
        member.set_password(builders.PASSWORD)
        member.save()
        EmailAddress.objects.create(user=member, email=member.email)
        mine, others = Client(), Client()
        mine.post("/en/account/login/", {"login": member.email, "password": builders.PASSWORD})
        others.post("/en/account/login/", {"login": bureau.email, "password": builders.PASSWORD})
        assert holding("lid@voorbeeld.example") == {
            "account_emailaddress",
            "coalition_person",
            "django_session",
        }
        verbs.erase(member, by=bureau)
        assert holding("lid@voorbeeld.example") == set()
        assert others.get("/en/account/").status_code == 200

    def test_what_the_trail_holds_of_the_address_says_nothing_any_more(
        self, member: Person, bureau: Person
    ) -> None:
        event = Event.objects.get(verb="person.admit")
        verbs.erase(member, by=bureau)
        again = verbs.admit("lid@voorbeeld.example", by=bureau)
        assert audit.sealed(again, {"email": "lid@voorbeeld.example"}) != event.personal

    def test_what_the_person_wrote_for_an_organisation_stays(
        self, member: Person, bureau: Person
    ) -> None:
        owner = member.organisations.get()
        listing = post(
            owner,
            by=member,
            kind=Kind.NEED,
            market_slug="expertise",
            content=builders.content(title="Blijft"),
        )
        verbs.erase(member, by=bureau)
        listing.refresh_from_db()
        assert (listing.title, listing.organisation, listing.author) == ("Blijft", owner, None)
        assert not owner.people.exists()

    def test_only_the_coordinator_erases(self, member: Person, bureau: Person) -> None:
        for person in (member, builders.person(member.organisations.get())):
            with pytest.raises(NotAllowed, match="Only the coordinator may do this"):
                verbs.erase(bureau, by=person)
        assert Person.objects.filter(pk=bureau.pk).exists()
        assert not Event.objects.filter(verb="person.erase").exists()

    def test_who_is_gone_already_is_a_conflict(self, member: Person, bureau: Person) -> None:
        opened = Person.objects.get(pk=member.pk)
        verbs.erase(member, by=bureau)
        with pytest.raises(Conflict, match="not here any more") as refused:
            verbs.erase(opened, by=bureau)
        assert refused.value.code == "gone"
        assert Event.objects.filter(verb="person.erase").count() == 1
