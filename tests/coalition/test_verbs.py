"""Letting organisations and people in: what is refused, and the event that each deed leaves."""

from typing import Any

import pytest

from katalysator.coalition import verbs
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.errors import Conflict
from katalysator.core.models import Event
from katalysator.faults import InvalidInput
from tests import builders

pytestmark = pytest.mark.django_db


def unsaved(**fields: Any) -> Organisation:
    given = {"slug": "voorbeeldlab", "name": "Voorbeeldlab", "kind": "company", "region": "NL31"}
    return Organisation(**(given | fields))


class TestRegistering:
    def test_an_organisation_is_written_down_with_its_areas_and_its_event(self) -> None:
        bureau = builders.person(is_coordinator=True)
        made = verbs.register(unsaved(), by=bureau, areas=["zorg", "agro"], reason="joined")
        assert sorted(made.areas.values_list("slug", flat=True)) == ["agro", "zorg"]
        event = Event.objects.get(verb="organisation.register")
        assert (event.actor, event.subject_id, event.reason) == (bureau.pk, str(made.pk), "joined")
        assert event.after == {"slug": "voorbeeldlab"}
        assert audit.verify().holds

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
            verbs.register(unsaved(**fields), by=None)
        assert refused.value.where == (place,)
        assert not Organisation.objects.exists()
        assert not Event.objects.exists()

    def test_the_sentence_survives_a_percent_sign(self) -> None:
        with pytest.raises(InvalidInput, match="100%"):
            verbs.register(unsaved(kind="100%"), by=None)

    def test_a_second_one_of_the_same_name_in_the_register_is_refused(self) -> None:
        verbs.register(unsaved(kvk="12345678"), by=None)
        with pytest.raises(InvalidInput):
            verbs.register(unsaved(slug="ander", kvk="12345678"), by=None)
        with pytest.raises(InvalidInput, match="slug"):
            verbs.register(unsaved(), by=None)
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
        assert "lid@" not in str([event.before, event.after, event.reason])

    def test_the_bureau_is_let_in_by_the_house(self) -> None:
        made = verbs.admit(
            "bureau@voorbeeld.example", by=None, password="een-lang-woord", is_coordinator=True
        )
        assert made.is_coordinator
        assert made.check_password("een-lang-woord")
        assert Event.objects.get().after == {"coordinator": True, "organisation": ""}
        assert not Membership.objects.exists()

    @pytest.mark.parametrize("email", ["lid@voorbeeld.example", " LID@voorbeeld.EXAMPLE "])
    def test_an_address_that_is_known_is_a_conflict(self, email: str) -> None:
        verbs.admit("lid@voorbeeld.example", by=None)
        with pytest.raises(Conflict, match="account for") as refused:
            verbs.admit(email, by=None)
        assert refused.value.code == "known"
        assert (Person.objects.count(), Event.objects.count()) == (1, 1)

    @pytest.mark.parametrize("email", ["", "lid", "100%@", "<b>@voorbeeld.example"])
    def test_what_is_no_address_is_refused(self, email: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            verbs.admit(email, by=None)
        assert str(refused.value)
        assert not Person.objects.exists()
        assert not Event.objects.exists()
