"""Search in the API, and who finds what: what their pages show them, and nothing more."""

from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Organisation
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.search.indexing import make_findable
from tests import builders
from tests.site.asking import ROOT, Get, visitors

pytestmark = pytest.mark.django_db

SECRET = "Geheim beroerteproject"


def listings(answer: Any) -> set[int]:
    return {item["listing"]["id"] for item in answer["items"] if item["listing"]}


class TestAnswer:
    @pytest.fixture(autouse=True)
    def three(self) -> None:
        owner = builders.organisation(
            name="Voorbeeldziekenhuis", about={"nl": "Zorg na een beroerte.", "en": "Stroke care."}
        )
        builders.listing(owner, title="Beelden van een beroerte", text="Over hersenen.")
        builders.listing(owner, Kind.OFFER, title="Stroke triage", text="Software.", language="en")
        make_findable(Listing.objects.all())
        make_findable(Organisation.objects.all())

    def test_results_say_what_they_are_and_how_they_were_found(self, get: Get) -> None:
        answer = get("/search", q="beroerte")
        assert answer["counts"] == {
            "need": 1,
            "offer": 1,
            "knowledge": 0,
            "document": 0,
            "activity": 0,
            "question": 0,
            "organisation": 1,
            "person": 0,
        }
        assert answer["total"] == 3
        by_kind = {item["kind"]: item for item in answer["items"]}
        assert by_kind["need"]["foundBy"] == "words"
        assert by_kind["offer"]["foundBy"] == "concepts"
        assert by_kind["offer"]["concepts"] == ["stroke"]
        assert by_kind["need"]["listing"]["title"] == "Beelden van een beroerte"
        assert by_kind["organisation"]["organisation"]["name"] == "Voorbeeldziekenhuis"
        assert by_kind["organisation"]["listing"] is None

    def test_the_most_relevant_come_first(self, get: Get) -> None:
        relevance = [item["relevance"] for item in get("/search", q="beroerte")["items"]]
        assert relevance == sorted(relevance, reverse=True)

    def test_marks_are_places_in_the_text(self, get: Get) -> None:
        for item in get("/search", q="beroerte", language="nl")["items"]:
            pieces = [
                piece["text"][mark["start"] : mark["end"]].lower()
                for piece in (item["title"], item["excerpt"])
                for mark in piece["marks"]
            ]
            assert set(pieces) <= {"beroerte", "stroke"}
            assert pieces

    def test_one_kind_and_one_page(self, get: Get) -> None:
        answer = get("/search", q="beroerte", kind="offer")
        assert [item["kind"] for item in answer["items"]] == ["offer"]
        assert answer["counts"]["need"] == 1
        first = get("/search", q="beroerte", pageSize=1)
        assert (len(first["items"]), first["total"]) == (1, 3)
        assert "page=2" in first["links"]["next"]

    @pytest.mark.parametrize("words", ["", "...", "de het een"])
    def test_no_word_finds_nothing(self, get: Get, words: str) -> None:
        assert get("/search", q=words)["total"] == 0

    @pytest.mark.parametrize(
        ("asked", "said"),
        [("q=" + "x" * 201, "q: "), ("kind=wish", "kind: "), ("page=0", "page: Give 1 or more.")],
    )
    def test_what_cannot_be_read_is_refused(self, client: Client, asked: str, said: str) -> None:
        answer = client.get(f"{ROOT}/search?{asked}", headers={"accept-language": "en"})
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith(said)

    def test_a_page_beyond_the_last_is_not_there(self, client: Client) -> None:
        assert client.get(f"{ROOT}/search?q=beroerte&page=9").status_code == 404

    def test_the_same_question_has_the_same_answer(self, get: Get) -> None:
        assert get("/search", q="beroerte") == get("/search", q="beroerte")


class TestWhoFindsWhat:
    @pytest.fixture
    def made(self, owner: Organisation) -> dict[str, int]:
        """One that everybody sees, and each sort that not everybody does, read as in life."""
        made = {
            "public": builders.listing(owner, title="Zichtbaar beroerteproject"),
            "inside": builders.listing(owner, title=SECRET, visibility="participants"),
            "draft": builders.draft(owner, title=SECRET),
            **{
                name: builders.listing(owner, title=SECRET)
                for name in ("close", "withdraw", "expire")
            },
        }
        for verb in ("close", "withdraw", "expire"):
            verbs.move(made[verb], verb, by=builders.HOUSE)
        make_findable(Listing.objects.all())
        return {name: each.pk for name, each in made.items()}

    @pytest.mark.parametrize("words", ["beroerteproject", "stroke", "geheim"])
    @pytest.mark.parametrize(
        ("who", "inside"),
        [
            ("stranger", False),
            ("nobody's", False),
            ("directory only", False),
            ("other", True),
            ("member", True),
            ("coordinator", True),
        ],
    )
    def test_nothing_hidden_shows_or_counts(
        self,
        get: Get,
        owner: Organisation,
        made: dict[str, int],
        who: str,
        words: str,
        inside: bool,
    ) -> None:
        client = visitors(owner)[who]
        answer = get("/search", by=client, q=words)
        seen = {made["inside"]} if inside else set()
        if words != "geheim":
            seen |= {made["public"]}
        assert listings(answer) == seen
        assert answer["counts"]["need"] == len(seen)
        page = client.get(f"/en/search/?q={words}").content.decode()
        assert ("Geheim" in page.replace("<mark>", "").replace("</mark>", "")) is inside
        assert f"/listings/{made['draft']}/" not in page

    def test_a_hidden_listing_changes_nothing_in_what_a_stranger_finds(
        self, get: Get, owner: Organisation
    ) -> None:
        builders.listing(owner, title="Zichtbaar beroerteproject")
        make_findable(Listing.objects.all())
        before = get("/search", q="beroerteproject stroke")
        builders.listing(owner, title=SECRET, visibility="participants")
        builders.draft(owner, title=SECRET)
        make_findable(Listing.objects.all())
        assert get("/search", q="beroerteproject stroke") == before
