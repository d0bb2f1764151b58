"""Sheets of people: new ones are invited, others get another role, and names are left where they are."""

import pytest
from django.db import connection

from katalysator.admission.models import Joining
from katalysator.coalition.models import Membership
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict
from tests import builders
from tests.attack.steps import inside
from tests.importing.steps import confirmed, counts, given, looked, reasons, taken, written

pytestmark = pytest.mark.django_db

HEADER = ("Naam", "E-mail", "Organisatie", "Rol", "Taal")
JAN = ("Jan Jansen", "Jan@Voorbeeld.example", "Voorbeeldlab", "beheerder", "Engels")
PIET = ("Piet", "piet@voorbeeld.example", "voorbeeldlab", "", "")


def test_new_addresses_are_invited_in_their_role_and_language() -> None:
    builders.organisation(name="Voorbeeldlab")
    assert counts(taken("people", written(HEADER, JAN, PIET))) == (2, 0, 0, 0)
    told = Joining.objects.order_by("email").values_list("email", "role", "language", "state")
    assert list(told) == [
        ("jan@voorbeeld.example", "manager", "en", "invited"),
        ("piet@voorbeeld.example", "member", "nl", "invited"),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'admission.tell_joining'"
        )
        assert cursor.fetchone() == (2,)


def test_the_trail_holds_no_address_and_no_name() -> None:
    builders.organisation(name="Voorbeeldlab")
    taken("people", written(HEADER, JAN))
    event = Event.objects.get(verb="joining.invite")
    assert set(event.personal) == {"email"}
    assert "jan" not in f"{event.before} {event.after} {event.personal}".lower()


def test_a_second_time_changes_nothing_and_another_role_does() -> None:
    owner = builders.organisation(name="Voorbeeldlab")
    member = builders.person(owner, email="piet@voorbeeld.example")
    Membership.objects.create(person=builders.person(), organisation=owner, role="manager")
    sheet = written(HEADER, JAN, PIET)
    assert counts(taken("people", sheet)) == (1, 0, 1, 0)
    assert counts(taken("people", sheet)) == (0, 0, 2, 0)
    other = written(HEADER, (*JAN[:3], "lid", ""), (*PIET[:3], "manager", ""))
    assert counts(taken("people", other)) == (0, 2, 0, 0)
    assert Joining.objects.get().role == "member"
    assert Membership.objects.get(person=member).role == "manager"
    assert audit.history(member).order_by("pk").last().verb == "person.give-role"  # type: ignore[union-attr]


def test_the_last_manager_stays_and_nothing_else_is_done() -> None:
    owner = builders.organisation(name="Voorbeeldlab")
    person = builders.person(email="piet@voorbeeld.example")
    Membership.objects.create(person=person, organisation=owner, role="manager")
    Membership.objects.create(person=builders.person(), organisation=owner)
    with pytest.raises(Conflict, match="Nobody else manages"):
        taken("people", written(HEADER, JAN, (*PIET[:3], "lid", "")))
    assert Joining.objects.count() == 0


def test_a_row_that_cannot_be_used_is_left_out_with_its_reason() -> None:
    builders.organisation(name="Voorbeeldlab")
    builders.organisation(name="Alleen bekend", state="listed")
    rows = [
        JAN,
        JAN,
        ("", "nergens", "Voorbeeldlab", "", ""),
        ("", "a@voorbeeld.example", "Atlantis", "", ""),
        ("", "b@voorbeeld.example", "Alleen bekend", "", ""),
    ]
    _rows, plan = looked("people", written(HEADER, *rows))
    said = " ".join(reasons(plan))
    assert counts(plan)[0] == 1
    assert "cannot be told from line 2" in said
    assert "“Atlantis” is not a participant" in said
    assert "“Alleen bekend” is not a participant" in said


def test_on_the_pages_and_withdrawn_again() -> None:
    builders.organisation(name="Voorbeeldlab")
    bureau = inside(builders.person(is_coordinator=True))
    done = confirmed(bureau, given(bureau, "people", written(HEADER, JAN, PIET)))
    assert "jan@voorbeeld.example · Voorbeeldlab" in done.content.decode()
    Joining.objects.filter(email="piet@voorbeeld.example").update(state="joined")
    bureau.post(f"{done.request['PATH_INFO']}undo/")
    assert sorted(Joining.objects.values_list("state", flat=True)) == ["joined", "withdrawn"]
