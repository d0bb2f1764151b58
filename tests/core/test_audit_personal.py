"""Personal data in the trail: salted digests, that say nothing once the person is erased."""

import pytest
from django.db import connection

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = "lid@voorbeeld.example"


@pytest.fixture
def person() -> Person:
    return builders.person(email=ADDRESS)


def write(person: Person, **personal: str) -> Event:
    return audit.record("test", person, by=builders.HOUSE, personal=personal)


def test_an_event_holds_the_name_of_the_field_and_a_digest(person: Person) -> None:
    event = write(person, email=ADDRESS)
    assert event.personal.keys() == {"email"}
    assert len(bytes.fromhex(event.personal["email"])) == 32
    assert ADDRESS not in _table()
    assert not audit.verify().broken


def test_who_has_the_salt_can_tell_whether_it_was_this_value(person: Person) -> None:
    event = write(person, email=ADDRESS)
    kept = Person.objects.get(pk=person.pk)
    assert audit.sealed(kept, {"email": ADDRESS}) == event.personal
    assert audit.sealed(kept, {"email": "ander@voorbeeld.example"}) != event.personal


def test_every_person_has_a_salt_of_their_own(person: Person) -> None:
    other = builders.person()
    assert bytes(person.salt) != bytes(other.salt)
    assert audit.sealed(person, {"email": ADDRESS}) != audit.sealed(other, {"email": ADDRESS})


def test_one_value_in_two_fields_gives_two_digests(person: Person) -> None:
    sealed = audit.sealed(person, {"email": ADDRESS, "name": ADDRESS})
    assert sealed["email"] != sealed["name"]


def test_the_salt_goes_with_the_row_however_it_goes(person: Person) -> None:
    event, salt = write(person, email=ADDRESS), bytes(person.salt)
    Person.objects.filter(pk=person.pk).delete()
    again = builders.person(email=ADDRESS)
    assert bytes(again.salt) != salt
    assert audit.sealed(again, {"email": ADDRESS}) != event.personal
    assert not audit.verify().broken


def test_a_subject_without_a_salt_has_no_personal_data() -> None:
    owner = builders.organisation()
    with pytest.raises(TypeError, match=r"coalition\.Organisation has no salt"):
        audit.record("test", owner, by=builders.HOUSE, personal={"email": ADDRESS})
    assert not Event.objects.exists()


def _table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(event::text, ' ') FROM core_event AS event")
        return str(cursor.fetchone()[0])
