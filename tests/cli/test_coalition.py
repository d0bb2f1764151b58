"""`katalysator register`, `admit` and `erase`: done by whoever has the command line."""

import pytest

from katalysator.cli.root import cli
from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Event
from tests import builders
from tests.cli.conftest import running

pytestmark = pytest.mark.django_db

ADDRESS = "lid@voorbeeld.example"


run = running(cli)


def test_an_organisation_is_registered_as_a_participant() -> None:
    done = run("register", "lab", "Voorbeeldlab", "--region", "Utrecht")
    assert (done.exit_code, done.output) == (0, "Voorbeeldlab is registered.\n")
    made = Organisation.objects.get()
    assert (made.slug, made.region, made.is_participant) == ("lab", "NL31", True)
    assert Event.objects.get().system == "operator"


def test_a_person_is_let_in_for_an_organisation() -> None:
    owner = builders.organisation()
    done = run("admit", ADDRESS, "--organisation", owner.slug, answer="een-lang-woord\n" * 2)
    assert done.exit_code == 0
    assert done.output.endswith(f"{ADDRESS} can log in.\n")
    assert Person.objects.get().check_password("een-lang-woord")
    assert Event.objects.get().system == "operator"


@pytest.mark.parametrize("password", ["", "kort", "password1234"])
def test_nobody_is_let_in_with_a_password_that_is_none(password: str) -> None:
    done = run("admit", ADDRESS, "--password", password)
    assert (done.exit_code, Person.objects.count()) == (2, 0)
    assert "password" in done.output


def test_nobody_is_let_in_for_an_organisation_that_is_not_there() -> None:
    done = run("admit", ADDRESS, "--organisation", "atlantis", "--password", "een-lang-woord")
    assert done.exit_code == 2
    assert "There is no organisation “atlantis”" in done.output
    assert not Person.objects.exists()


def test_a_person_is_forgotten_after_asking() -> None:
    builders.person(email=ADDRESS)
    assert run("erase", ADDRESS, answer="n\n").exit_code == 1
    assert Person.objects.exists()
    done = run("erase", "Lid@Voorbeeld.example", "--reason", "asked", answer="y\n")
    assert done.exit_code == 0
    assert "is forgotten" in done.output
    assert not Person.objects.exists()
    event = Event.objects.get()
    assert (event.verb, event.system, event.reason) == ("person.erase", "operator", "asked")


def test_who_is_not_known_is_not_forgotten() -> None:
    done = run("erase", ADDRESS, "--yes")
    assert done.exit_code == 2
    assert f"Nobody has the address “{ADDRESS}”" in done.output
    assert not Event.objects.exists()
