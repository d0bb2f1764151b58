"""Programs name who stands for an area, a block or a hub, and tell who is shown: as the pages let the bureau do."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.groups.models import (
    Steward,
)
from tests import builders
from tests.programs import Program

pytestmark = pytest.mark.django_db


class TestStewards:
    """The bureau names chairs and contact points; they say themselves whether their address is shown, and stop."""

    @pytest.fixture
    def bureau(self) -> Program:
        return Program(builders.person(is_coordinator=True))

    @pytest.fixture
    def owner(self) -> Organisation:
        return builders.organisation(slug="zicht", contact="info@zicht.example")

    @pytest.fixture
    def person(self, owner: Organisation) -> Person:
        made = builders.person(owner, email="zelf@zicht.example")
        made.memberships.update(name="V. Voorbeeld", function="Beelden")
        return made

    def test_somebody_is_named_shown_and_stopped(
        self, bureau: Program, owner: Organisation, person: Person
    ) -> None:
        said = {"duty": "chair", "organisation": "zicht", "email": person.email, "area": "zorg"}
        made = bureau("POST", "/stewards", said)
        assert made.status_code == 201, made.content
        told = {
            "duty": "chair", "area": "zorg", "block": None, "hub": None, "organisation": "zicht",
            "name": "V. Voorbeeld", "function": "Beelden", "address": "",
        }  # fmt: skip
        assert made.json() == told | {"id": made.json()["id"], "deeds": ["stop"]}
        shown = Client().get("/api/v1/stewards").json()["items"]
        assert shown == [told | {"id": made.json()["id"], "deeds": []}]
        again = bureau("POST", "/stewards", said)
        assert (again.status_code, "There is a chair already" in again.json()["detail"]) == (
            409,
            True,
        )
        me, where = Program(person), f"/stewards/{made.json()['id']}"
        assert bureau("PUT", f"{where}/address", {"shows": True}).status_code == 403
        mine = me("PUT", f"{where}/address", {"shows": True}).json()
        assert (mine["address"], mine["deeds"]) == (person.email, ["stop", "show-address"])
        assert me("PUT", f"{where}/address", {"shows": False}).json()["address"] == ""
        assert me("DELETE", where).status_code == 204
        assert not Steward.objects.exists()

    def test_an_organisation_is_named_with_its_own_address(
        self, bureau: Program, owner: Organisation
    ) -> None:
        made = bureau(
            "POST", "/stewards", {"duty": "contact", "organisation": "zicht", "block": "data"}
        )
        assert (made.json()["name"], made.json()["address"]) == ("", "info@zicht.example")

    @pytest.mark.parametrize(
        ("said", "status", "detail"),
        [
            ({}, 422, "area: Choose an area, a building block, both, or a hub."),
            ({"area": "nergens"}, 422, "area: There is none of the name “nergens”."),
            ({"block": "nergens"}, 422, "block: There is none of the name “nergens”."),
            ({"hub": "nergens"}, 422, "hub: There is none of the name “nergens”."),
            ({"area": "zorg", "organisation": "x"}, 422, "organisation: There is no organisation"),
            ({"area": "zorg", "email": "x@x.example"}, 422, "email: Nobody of this organisation"),
            (
                {"area": "zorg", "email": "stil@zicht.example"},
                422,
                "organisation: This person does",
            ),
            ({"area": "zorg", "duty": "king"}, 400, "duty: "),
        ],
    )
    def test_what_is_wrong_is_said_where(
        self, bureau: Program, person: Person, owner: Organisation, said: dict[str, str],
        status: int, detail: str,
    ) -> None:  # fmt: skip
        builders.person(owner, email="stil@zicht.example")
        answer = bureau("POST", "/stewards", {"duty": "contact", "organisation": "zicht"} | said)
        assert (answer.status_code, answer.json()["detail"][: len(detail)]) == (status, detail)
        assert not Steward.objects.exists()

    def test_who_is_not_the_bureau_learns_nothing_of_who_is_there(self, person: Person) -> None:
        outsider = Program(builders.person(builders.organisation()))
        for email in (person.email, "niemand@zicht.example"):
            said = {"duty": "contact", "organisation": "zicht", "email": email, "area": "zorg"}
            answer = outsider("POST", "/stewards", said)
            assert (answer.status_code, answer.json()["detail"]) == (
                403,
                "Only the coordinator may do this.",
            )

    def test_who_wants_to_be_found_no_longer_is_shown_to_the_bureau_alone(
        self, bureau: Program, person: Person
    ) -> None:
        said = {"duty": "contact", "organisation": "zicht", "email": person.email, "area": "zorg"}
        number = bureau("POST", "/stewards", said).json()["id"]
        Program(person)("PUT", f"/stewards/{number}/address", {"shows": True})
        person.memberships.update(name="")
        outsider = Program(builders.person(builders.organisation()))
        assert outsider("GET", "/stewards").json()["items"] == []
        assert outsider("DELETE", f"/stewards/{number}").status_code == 404
        assert person.email not in Client().get("/api/v1/stewards").content.decode()
        assert [each["id"] for each in bureau("GET", "/stewards").json()["items"]] == [number]
        assert bureau("DELETE", f"/stewards/{number}").status_code == 204

    def test_the_list_costs_as_much_for_many_as_for_one(
        self, bureau: Program, owner: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for block in ("data", "talent", "trust"):
            said = {"duty": "contact", "organisation": "zicht", "block": block, "area": "zorg"}
            assert bureau("POST", "/stewards", said).status_code == 201
        with django_assert_num_queries(2):
            assert Client().get("/api/v1/stewards").json()["total"] == 3
