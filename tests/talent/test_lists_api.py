"""Lists of people through the API: as blind as their page, under the same permission, and in the same log."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.core.models import Event
from katalysator.talent.models import Consultation
from tests import builders
from tests.attack.steps import inside
from tests.programs import Program
from tests.talent.lists import candidates, consultation
from tests.talent.profiles import consent, full_profile, used

pytestmark = pytest.mark.django_db

LISTS = "/api/v1/talent-lists"


def test_people_stand_in_no_order_without_names_and_without_figures() -> None:
    owner = builders.organisation()
    made = consultation(owner)
    client = inside(builders.person(owner))
    (told,) = client.get(LISTS).json()["items"]
    assert (told["id"], told["opening"], told["figuresAt"]) == (made.pk, "Analist gezocht", None)
    people = client.get(f"{LISTS}/{made.pk}/people").json()["items"]
    assert [each["key"] for each in people] == sorted(each["key"] for each in people)
    assert {each["perCent"] for each in people} == {None}
    assert set(people[0]) == {"key", "isHere", "has", "lacks", "perCent", "decision", "reason"}
    first = client.get(f"{LISTS}/{made.pk}/people?order=evidence").json()["items"][0]
    assert len(first["has"]) == max(len(each["has"]) for each in people)


def test_nobody_else_sees_a_list() -> None:
    made = consultation()
    for client in (
        Client(),
        inside(builders.person(builders.organisation())),
        inside(builders.person(is_coordinator=True)),
    ):
        assert client.get(LISTS).json()["items"] == []
        for address in ("", "/people"):
            assert client.get(f"{LISTS}/{made.pk}{address}").status_code == 404


def test_a_program_makes_a_list_and_asks_for_figures_and_both_are_written_down() -> None:
    taxonomy = used()
    owner = builders.organisation()
    program = Program(builders.person(owner))
    given = {
        "organisation": owner.slug,
        "purpose": "job",
        "opening": "Analist gezocht",
        "occupation": taxonomy.occupations.keys[0],
    }
    assert program("POST", "/talent-lists", given).status_code == 409  # nobody lets it look
    consent(owner, full_profile())
    answer = program("POST", "/talent-lists", given | {"occupation": "keizer"})
    assert answer.status_code == 422
    made = program("POST", "/talent-lists", given)
    assert made.status_code == 201
    number = made.json()["id"]
    assert program("POST", f"/talent-lists/{number}/figures").json()["figuresAt"]
    (person,) = program("GET", f"/talent-lists/{number}/people").json()["items"]
    assert person["perCent"] is not None
    assert Consultation.objects.get().viewer is not None
    verbs = Event.objects.filter(chain="talent-oversight").values_list("verb", flat=True)
    assert {"consultation.make", "consultation.show-scores"} <= set(verbs)


def test_nobody_makes_a_list_of_an_organisation_of_others() -> None:
    used()
    other = builders.organisation()
    given = {"organisation": other.slug, "purpose": "job", "opening": "x", "occupation": "x"}
    program = Program(builders.person(builders.organisation()))
    assert program("POST", "/talent-lists", given).status_code == 422
    assert not Consultation.objects.exists()


def test_who_was_erased_is_told_of_no_more() -> None:
    owner = builders.organisation()
    made = consultation(owner)
    gone = made.people.order_by("key")[0]
    made.people.filter(pk=gone.pk).update(person=None, has=[], lacks=[], reason="x")
    client = inside(builders.person(owner))
    found = client.get(f"{LISTS}/{made.pk}/people").json()["items"][0]
    assert (found["isHere"], found["has"], found["reason"]) == (False, [], "")


def test_the_people_of_a_list_cost_as_much_with_many_as_with_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner = builders.organisation()
    client = inside(builders.person(owner))
    for held in ([["sql"]], [["sql"], ["talking"], ["wounds"], []]):
        made = consultation(owner, people=candidates(*held))
        client.get(f"{LISTS}/{made.pk}/people")
        with django_assert_num_queries(4):
            client.get(f"{LISTS}/{made.pk}/people")


def test_lists_cost_as_much_with_many_as_with_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner = builders.organisation()
    client = inside(builders.person(owner))
    for number in range(3):
        consultation(owner)
        Consultation.objects.update(taxonomy="f" * 64)  # that is not here any more
        client.get(LISTS)
        with django_assert_num_queries(4):
            assert len(client.get(LISTS).json()["items"]) == number + 1
