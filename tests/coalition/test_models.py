"""Organisations, people and the map: what the database itself refuses, and how they are named."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from katalysator.coalition.models import Area, Hub, Membership, Organisation, Person
from katalysator.core.translated import Translated
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_trade_register_number_belongs_to_one_organisation() -> None:
    builders.organisation(kvk="12345678")
    with pytest.raises(IntegrityError, match="one_organisation_per_kvk"):
        builders.organisation(kvk="12345678")


def test_many_organisations_may_have_no_trade_register_number() -> None:
    builders.organisation(kvk="")
    assert builders.organisation(kvk="").pk


@pytest.mark.parametrize(
    "kvk", ["1234567", "1234567a", "        ", "１２３４５６７８", "123456789"]
)
def test_a_trade_register_number_has_eight_digits(kvk: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        builders.organisation(kvk=kvk)
    assert not Organisation.objects.exists()


def test_an_address_on_the_site_belongs_to_one_organisation() -> None:
    builders.organisation(slug="voorbeeld")
    with pytest.raises(IntegrityError, match="slug"):
        builders.organisation(slug="voorbeeld")


def test_a_person_speaks_for_an_organisation_once() -> None:
    owner = builders.organisation()
    person = builders.person(owner)
    with pytest.raises(IntegrityError, match="one_membership_each"):
        Membership.objects.create(person=person, organisation=owner, role=Membership.Role.MANAGER)


def test_a_person_may_speak_for_two_organisations() -> None:
    first, second = builders.organisation(), builders.organisation()
    person = builders.person(first, second)
    assert set(person.organisations.all()) == {first, second}


def test_an_organisation_is_not_a_participant_unless_it_is_said() -> None:
    made = Organisation.objects.create(slug="v", name="Voorbeeld", kind="company", region="NL31")
    assert not made.is_participant
    assert not made.is_example


@pytest.mark.parametrize(("language", "name"), [("nl", "Noord-Brabant"), ("en", "North Brabant")])
def test_a_region_is_named_in_the_language_of_the_reader(language: str, name: str) -> None:
    with translation.override(language):
        assert builders.organisation(region="NL41").region_label == name


def test_an_organisation_has_a_page_in_the_language_of_the_reader() -> None:
    made = builders.organisation(slug="voorbeeld-lab")
    assert made.get_absolute_url() == "/en/organisations/voorbeeld-lab/"
    assert str(made) == made.name


def test_what_an_organisation_says_of_itself_is_kept_in_both_languages() -> None:
    made = builders.organisation(about=Translated(nl="Wij bouwen.", en="We build."))
    made.refresh_from_db()
    assert made.about == Translated(nl="Wij bouwen.", en="We build.")


def test_the_areas_of_the_position_paper_are_there_in_their_own_order() -> None:
    areas = list(Area.objects.all())
    assert len(areas) == 17
    assert [area.slug for area in areas[:2]] == ["zorg", "mobiliteit"]
    assert [area.position for area in areas] == sorted(area.position for area in areas)
    assert all({"nl", "en"} <= set(area.name) for area in areas)
    assert str(areas[0]) == "Health and care"


def test_a_hub_keeps_its_regions_and_its_source() -> None:
    Hub.objects.create(
        slug="hub-b", name="Voorbeeldhub B", regions=["NL31", "NL22"], source="page 3"
    )
    Hub.objects.create(slug="hub-a", name="Voorbeeldhub A", regions=["NL11"])
    assert [str(hub) for hub in Hub.objects.all()] == ["Voorbeeldhub A", "Voorbeeldhub B"]
    assert Hub.objects.get(slug="hub-b").regions == ["NL31", "NL22"]


class TestMakingPeople:
    """One address is one person, however it is typed."""

    def test_the_address_is_kept_in_lower_case_without_spaces(self) -> None:
        assert builders.person(email=" Lid@Voorbeeld.Example ").email == "lid@voorbeeld.example"

    def test_the_same_address_in_other_letters_is_refused(self) -> None:
        builders.person(email="lid@voorbeeld.example")
        with pytest.raises(ValidationError, match="already exists"):
            builders.person(email="LID@VOORBEELD.EXAMPLE")
        assert Person.objects.count() == 1

    @pytest.mark.parametrize(
        "email", ["", "lid", "lid@", "a b@voorbeeld.example", f"{'a' * 250}@b.nl"]
    )
    def test_what_is_not_an_address_is_refused(self, email: str) -> None:
        with pytest.raises(ValidationError, match="email"):
            Person.objects.create_user(email)
        assert not Person.objects.exists()

    def test_a_person_is_found_by_the_address_in_any_case(self) -> None:
        made = builders.person(email="lid@voorbeeld.example")
        assert Person.objects.get_by_natural_key(" LID@voorbeeld.example") == made

    @pytest.mark.parametrize("typed", [None, "", "niemand@voorbeeld.example"])
    def test_an_unknown_address_finds_nobody(self, typed: str | None) -> None:
        builders.person()
        with pytest.raises(Person.DoesNotExist):
            Person.objects.get_by_natural_key(typed)

    def test_a_password_is_stored_as_a_hash(self) -> None:
        made = builders.person()
        assert builders.PASSWORD not in made.password
        assert made.check_password(builders.PASSWORD)

    def test_without_a_password_nobody_logs_in(self) -> None:
        made = Person.objects.create_user("lid@voorbeeld.example")
        assert not made.has_usable_password()

    @pytest.mark.parametrize("fields", [{"language": "de"}, {"language": ""}])
    def test_a_language_that_the_site_does_not_speak_is_refused(
        self, fields: dict[str, Any]
    ) -> None:
        with pytest.raises(ValidationError, match="language"):
            Person.objects.create_user("lid@voorbeeld.example", **fields)

    def test_a_new_person_has_no_rights(self) -> None:
        made = builders.person()
        assert not made.is_coordinator
        assert not made.memberships.exists()
        assert made.language == "nl"
        assert str(made) == made.email

    def test_a_membership_names_both_sides(self) -> None:
        owner = builders.organisation(name="Voorbeeldlab")
        person = builders.person(owner, email="lid@voorbeeld.example")
        membership = person.memberships.get()
        assert str(membership) == "lid@voorbeeld.example · Voorbeeldlab"
        assert membership.role == Membership.Role.MEMBER
