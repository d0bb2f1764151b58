"""`katalysator serve` and `demo`: neither serves the database of the other."""

import importlib
import os

import pytest

from katalysator.cli.root import cli
from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Purpose
from katalysator.core.purpose import settle
from katalysator.faults import Conflict
from tests import builders
from tests.cli.conftest import running

pytestmark = pytest.mark.django_db

run = running(cli)


@pytest.fixture(autouse=True)
def said_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both commands say which they are in the environment of what they start."""
    monkeypatch.setenv("KATALYSATOR_DEMO", "no")


def test_the_example_is_not_served_as_a_coalitions_own() -> None:
    settle(is_example=True)
    done = run("serve", "--port", 0)
    assert done.exit_code == 1
    assert "holds the example, whose passwords everybody knows" in done.output
    assert "Run `katalysator demo`" in done.output


def test_the_example_is_not_loaded_into_a_coalitions_own() -> None:
    settle(is_example=False)
    done = run("demo", "--load-only")
    assert done.exit_code == 1
    assert "is of a coalition of its own" in done.output
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("what", [builders.organisation, builders.person])
def test_whoever_is_there_before_the_example_makes_it_a_coalitions_own(what: type) -> None:
    what()
    assert run("demo", "--load-only").exit_code == 1
    assert not Person.objects.filter(email="bureau@voorbeeld.example").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("register", "lab", "Voorbeeldlab"),
        ("admit", "lid@voorbeeld.example", "--password", "een-lang-woord"),
    ],
)
def test_who_lets_people_in_says_what_the_database_is_for(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 0
    assert not Purpose.objects.get().is_example


def test_people_are_let_into_the_example_which_stays_it() -> None:
    settle(is_example=True)
    run("admit", "lid@voorbeeld.example", "--password", "een-lang-woord")
    assert Purpose.objects.get().is_example


def test_a_web_server_of_ones_own_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    settle(is_example=True)
    with pytest.raises(Conflict, match="is not served"):
        importlib.import_module("katalysator.site.wsgi")


def test_whoever_says_that_all_is_an_example_does_not_make_it_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KATALYSATOR_DEMO", "yes")
    settle(is_example=True)
    assert run("serve", "--port", 0).exit_code == 1
    assert os.environ["KATALYSATOR_DEMO"] == "no"
