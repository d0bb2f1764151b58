"""What AI-on-Demand can harvest: its field names, what anybody may see, a page at a time."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.activities import verbs
from katalysator.activities.aiod import event_aiod
from katalysator.coalition.aiod import organisation_aiod
from katalysator.coalition.models import Area, Organisation
from katalysator.core.translated import Translated
from katalysator.knowledge.aiod import educational_resource_aiod, publication_aiod
from tests import builders
from tests.attack.world import SEEN, make

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/aiod"
PAGE = "https://coalitie.voorbeeld.example/en/x/"
TAGS = {"application_area", "industrial_sector", "research_area", "scientific_domain"}
RESOURCE = {
    "platform", "platform_resource_identifier", "name", "date_published", "same_as", "description", "alternate_name",
    "keyword", "relevant_link", *TAGS,
}  # fmt: skip
FIELDS = {
    "organisations": {*RESOURCE, "type", "date_founded", "legal_name", "ai_relevance"},
    "events": {
        *RESOURCE, "start_date", "end_date", "schedule", "registration_link", "location", "status", "mode", "performer",
    },
    "publications": {
        *RESOURCE, "permanent_identifier", "isbn", "issn", "license", "version", "is_accessible_for_free", "type",
    },
    "educational-resources": {
        *RESOURCE, "type", "pace", "time_required", "access_mode", "educational_level", "in_language", "location",
        "prerequisite", "target_audience",
    },
}  # fmt: skip
"""The names of the fields in the metadata model of AIOD, of what our records say."""


def asked(kind: str, client: Client | None = None, **query: Any) -> dict[str, Any]:
    answer = (client or Client()).get(f"{ROOT}/{kind}", query)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def one_of_each() -> Organisation:
    owner = builders.organisation(
        name="Voorbeeldlab", slug="voorbeeldlab", kind="institute", ror="04pp8hn57", website="https://lab.example/",
        other_names=["VL"], blocks=["data"], about=Translated(nl="Wij maken modellen.", en="We make models."),
    )  # fmt: skip
    owner.areas.set(Area.objects.filter(slug="energie"))
    builders.activity(owner)
    builders.item(owner, kind="publication", identifier="doi:10.1000/182", licence="CC-BY-4.0")
    builders.item(owner, kind="course")
    return owner


class TestShape:
    @pytest.mark.parametrize("kind", FIELDS)
    def test_records_have_the_fields_of_the_model(self, kind: str) -> None:
        one_of_each()
        found = asked(kind)
        assert (found["total"], len(found["items"])) == (1, 1)
        assert set(found["items"][0]) == FIELDS[kind]

    def test_an_organisation(self) -> None:
        made = organisation_aiod(one_of_each(), page=PAGE, areas={"energie": "Energy"})
        assert made["platform"] == "coalitie.voorbeeld.example"
        assert made["platform_resource_identifier"] == "voorbeeldlab"
        assert (made["name"], made["alternate_name"]) == ("Voorbeeldlab", ["VL"])
        assert made["description"] == {"plain": "We make models."}
        assert (made["type"], made["industrial_sector"], made["keyword"]) == (
            "Research Institution", ["Energy"], ["data"],
        )  # fmt: skip
        assert made["same_as"] == "https://ror.org/04pp8hn57"
        assert made["relevant_link"] == [PAGE, "https://lab.example/", "https://ror.org/04pp8hn57"]

    def test_a_kind_that_the_model_does_not_have_is_null(self) -> None:
        made = organisation_aiod(builders.organisation(kind="municipality"), page=PAGE, areas={})
        assert (made["type"], made["description"], made["same_as"]) == (None, None, PAGE)

    def test_an_event(self) -> None:
        start, end = datetime(2027, 9, 1, 12, tzinfo=UTC), datetime(2027, 9, 1, 14, tzinfo=UTC)
        made = builders.activity(
            starts_at=start, ends_at=end, mode="both", link="https://geheim.example", areas=("zorg",), blocks=("data",)
        )  # fmt: skip
        found = event_aiod(made, page=PAGE, areas={"zorg": "Health"})
        assert (found["start_date"], found["end_date"]) == (
            "2027-09-01T12:00:00Z",
            "2027-09-01T14:00:00Z",
        )
        assert (found["mode"], found["status"], found["registration_link"]) == (
            "hybrid",
            "scheduled",
            PAGE,
        )
        assert found["location"] == [
            {"address": {"address": "Domplein 1, Utrecht", "region": "Utrecht", "country": "NLD"}}
        ]
        assert (found["keyword"], found["industrial_sector"]) == (["workshop", "data"], ["Health"])
        assert "geheim" not in json.dumps(found)
        off = event_aiod(verbs.cancel(made, by=builders.HOUSE), page=PAGE, areas={})
        assert (off["status"], off["registration_link"]) == ("cancelled", None)

    def test_what_is_online_has_no_place(self) -> None:
        made = builders.activity(mode="online", place="", region="")
        found = event_aiod(made, page=PAGE, areas={})
        assert (found["mode"], found["location"]) == ("online", [])

    def test_publications_and_what_is_taught_with(self) -> None:
        item = builders.item(
            kind="publication",
            identifier="doi:10.1000/182",
            licence="CC-BY-4.0",
            text="Zo **delen** wij.",
        )
        found = publication_aiod(item, page=PAGE, areas={"zorg": "Health"})
        assert found["permanent_identifier"] == "https://doi.org/10.1000/182"
        assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["description"] == {"plain": "Zo delen wij."}
        assert found["date_published"].endswith("Z")
        book = builders.item(kind="publication", identifier="isbn:9783161484100")
        found = publication_aiod(book, page=PAGE, areas={})
        assert (found["isbn"], found["permanent_identifier"], found["license"]) == (
            "9783161484100",
            None,
            None,
        )
        taught = educational_resource_aiod(
            builders.item(kind="course", language="en"), page=PAGE, areas={}
        )
        assert taught["in_language"] == ["eng"]


class TestWhoSeesWhat:
    @pytest.mark.parametrize("role", ["stranger", "member", "coordinator"])
    def test_everybody_gets_what_a_stranger_may_see(self, role: str) -> None:
        world = make()
        for client in (world.client(role), *([world.program(role)] if role != "stranger" else [])):
            text = "".join(json.dumps(asked(kind, client)) for kind in FIELDS)
            told = {each for each in world_secrets() if f"{each}geheim" in text}
            assert told <= SEEN["stranger"]
            assert "@" not in text

    def test_what_is_of_participants_alone_and_of_the_directory_is_not_there(self) -> None:
        owner = builders.organisation(name="Voorbeeldlab")
        builders.organisation(name="Alleen bekend", state="listed")
        builders.activity(owner, visibility="participants")
        builders.activity(owner, "draft")
        builders.item(owner, kind="publication", visibility="participants")
        builders.item(owner, "draft", kind="course")
        assert [each["name"] for each in asked("organisations")["items"]] == ["Voorbeeldlab"]
        assert [asked(kind)["total"] for kind in FIELDS] == [1, 0, 0, 0]


class TestPages:
    def test_a_page_at_a_time(self) -> None:
        made = [builders.activity().uid for _number in range(3)]
        pages = [asked("events", page=number, pageSize=2) for number in (1, 2)]
        found = [each["platform_resource_identifier"] for page in pages for each in page["items"]]
        assert found == list(map(str, made))
        assert pages[0]["links"]["next"]
        assert pages[1]["links"]["next"] is None
        assert Client().get(f"{ROOT}/events", {"page": 3, "pageSize": 2}).status_code == 404
        assert Client().get(f"{ROOT}/events", {"pageSize": 1_000}).status_code == 400

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_words_are_the_same_in_each_language(self, language: str) -> None:
        one_of_each()
        answer = Client().get(f"{ROOT}/organisations", headers={"accept-language": language})
        found = answer.json()["items"][0]
        assert found["description"] == {"plain": "We make models."}
        assert found["industrial_sector"] == [Area.objects.get(slug="energie").name["en"]]

    @pytest.mark.parametrize("kind", FIELDS)
    def test_queries_do_not_grow(
        self, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _number in range(3):
            owner = builders.organisation()
            owner.areas.set(Area.objects.all()[:2])
            builders.activity(owner)
            for each in ("publication", "course"):
                builders.item(owner, kind=each)
        with django_assert_max_num_queries(4):
            assert len(asked(kind)["items"]) == 3


def world_secrets() -> set[str]:
    """The names of all secrets of the world."""
    return set().union(*SEEN.values())
