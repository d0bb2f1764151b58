"""Feeds of the board and of knowledge: what anybody sees, in the order of the page, as RFC 4287 and JSON Feed 1.1 say."""

import json
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries as MaxQueries

from katalysator.core.feeds import MOST
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from tests import builders

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def offer(**fields: Any) -> Listing:
    return builders.listing(builders.organisation(), Kind.OFFER, **fields)


def atom(client: Client, asked: str = "", where: str = "/en/listings/") -> ET.Element:
    answer = client.get(f"{where}feed.atom{asked}")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def feed(client: Client, asked: str = "", where: str = "/en/listings/") -> dict[str, Any]:
    answer = client.get(f"{where}feed.json{asked}")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    told: dict[str, Any] = json.loads(answer.content)
    return told


def titles(client: Client, asked: str = "") -> list[str]:
    found = [each["title"] for each in feed(client, asked)["items"]]
    entries = atom(client, asked).findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title") for each in entries] == found
    return found


class TestForms:
    def test_atom_has_what_its_specification_asks_once_each(self, client: Client) -> None:
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            made = offer(
                title="Drone & veld", text="Een <b>regel</b>.\n\nNog een.", areas=("agro",)
            )
        root = atom(client, "?kind=offer")
        assert root.tag == f"{ATOM}feed"
        assert root.get(_LANG) == "en"
        assert [each.tag.removeprefix(ATOM) for each in root] == [
            "title",
            "link",
            "link",
            "id",
            "updated",
            "entry",
        ]
        assert root.findtext(f"{ATOM}title") == "Needs and offers · Kind: Offers"
        links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
        assert links == {
            "alternate": "http://localhost:8000/en/listings/?kind=offer",
            "self": "http://localhost:8000/en/listings/feed.atom?kind=offer",
        }
        assert root.findtext(f"{ATOM}id") == links["self"]
        assert root.findtext(f"{ATOM}updated") == "2026-03-02T12:00:00+00:00"
        (entry,) = root.findall(f"{ATOM}entry")
        assert entry.get(_LANG) == "nl"
        names = [each.tag.removeprefix(ATOM) for each in entry]
        assert names == [
            "title",
            "link",
            "published",
            "updated",
            "author",
            "id",
            "summary",
            "category",
            "category",
            "category",
        ]
        assert entry.findtext(f"{ATOM}id") == f"tag:localhost,2026-03-02:listing-{made.pk}"
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == made.organisation.name
        summary = entry.find(f"{ATOM}summary")
        assert summary is not None
        assert (summary.get("type"), summary.text) == (
            "html",
            "<p>Een regel.</p>\n\n<p>Nog een.</p>",
        )
        assert entry.findall(f"{ATOM}category")[0].get("term") == "Offer"

    def test_json_has_what_its_specification_asks(self, client: Client) -> None:
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            made = offer(title="Drone & veld", text="Een regel.")
        told = feed(client)
        (item,) = told.pop("items")
        assert told == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Needs and offers",
            "home_page_url": "http://localhost:8000/en/listings/",
            "feed_url": "http://localhost:8000/en/listings/feed.json",
            "language": "en",
        }
        tags = item.pop("tags")
        assert tags[0] == "Offer"
        assert item == {
            "id": f"tag:localhost,2026-03-02:listing-{made.pk}",
            "url": f"http://localhost:8000/en/listings/{made.pk}/",
            "title": "Drone & veld",
            "content_text": "Een regel.",
            "language": "nl",
            "date_published": "2026-03-02T12:00:00+00:00",
            "date_modified": "2026-03-02T12:00:00+00:00",
            "authors": [
                {
                    "name": made.organisation.name,
                    "url": f"http://localhost:8000/en/organisations/{made.organisation.slug}/",
                }
            ],
        }

    def test_an_entry_is_known_again_in_the_other_language(self, client: Client) -> None:
        offer()
        english, dutch = feed(client), feed(client, where="/nl/listings/")
        assert english["items"][0]["id"] == dutch["items"][0]["id"]
        assert english["items"][0]["url"] != dutch["items"][0]["url"]

    def test_a_feed_without_entries_is_valid_and_stays_the_same(self, client: Client) -> None:
        assert atom(client).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"
        assert feed(client)["items"] == []


class TestWhatIsInIt:
    def test_the_newest_first_and_by_the_filters_of_the_page(self, client: Client) -> None:
        for day, title in ((2, "Een"), (3, "Twee")):
            with time_machine.travel(f"2026-03-0{day} 12:00Z", tick=False):
                offer(title=title, areas=("agro",))
        offer(title="Zorg")
        assert titles(client, "?area=agro&page=2&kind=nothing") == ["Twee", "Een"]
        assert titles(client, "?sort=title") == ["Een", "Twee", "Zorg"]

    @pytest.mark.parametrize("asked", ["", "?state=any", "?state=draft", "?state=closed"])
    @pytest.mark.parametrize("who", ["stranger", "member", "coordinator"])
    def test_only_what_anybody_sees_also_for_who_sees_more(
        self, client: Client, who: str, asked: str
    ) -> None:
        owner = builders.organisation()
        builders.listing(owner, title="Voor iedereen")
        builders.listing(owner, title="Binnen", visibility="participants")
        builders.draft(owner, title="Concept")
        verbs.move(builders.listing(owner, title="Dicht"), "close", by=builders.HOUSE)
        builders.listing(builders.found_as(), Kind.OFFER, title="In eigen naam")
        if who != "stranger":
            client.force_login(builders.person(owner, is_coordinator=who == "coordinator"))
        assert titles(client, asked) == ["Voor iedereen"]

    def test_a_change_is_a_later_moment(self, client: Client) -> None:
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            made = offer()
        with time_machine.travel("2026-03-05 12:00Z", tick=False):
            verbs.edit(made, by=builders.HOUSE, content=builders.content(title="Anders"))
        (item,) = feed(client)["items"]
        assert item["date_published"][:10] == "2026-03-02"
        assert datetime.fromisoformat(item["date_modified"]).day == 5

    def test_what_a_text_may_hold_is_no_markup(self, client: Client) -> None:
        Listing.objects.filter(pk=offer().pk).update(
            title="<b>&\x01]]>", text="<script>x</script>\x02"
        )
        (entry,) = atom(client).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "<b>&]]>"
        assert "<script>" not in str(entry.findtext(f"{ATOM}summary"))

    def test_there_is_an_end_to_it_and_few_queries(
        self, client: Client, django_assert_max_num_queries: MaxQueries
    ) -> None:
        owner = builders.organisation()
        for number in range(MOST + 2):
            builders.listing(owner, title=f"Nummer {number}")
        client.get("/en/listings/feed.json?kind=offer")
        with django_assert_max_num_queries(10):
            assert len(feed(client)["items"]) == MOST


class TestAskingAgain:
    @pytest.mark.parametrize("form", ["atom", "json"])
    def test_who_has_it_gets_nothing_until_it_changes(self, client: Client, form: str) -> None:
        made = offer()
        first = client.get(f"/en/listings/feed.{form}")
        known = {"if-none-match": first["ETag"]}
        again = client.get(f"/en/listings/feed.{form}", headers=known)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        verbs.move(made, "close", by=builders.HOUSE)
        assert client.get(f"/en/listings/feed.{form}", headers=known).status_code == 200

    def test_anybody_may_keep_it_and_read_it_from_a_page(self, client: Client) -> None:
        client.force_login(builders.person(builders.organisation()))
        answer = client.get("/en/listings/feed.atom")
        assert answer["Cache-Control"] == "public, no-cache"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in answer.get("Vary", "")
        assert client.post("/en/listings/feed.atom").status_code == 405


def test_pages_name_their_feeds(client: Client) -> None:
    for page, address in (
        ("/en/listings/?kind=offer&page=1", "/en/listings/feed.atom?kind=offer"),
        ("/en/areas/zorg/data/", "/en/listings/feed.atom?area=zorg&amp;block=data"),
        ("/en/knowledge/?area=zorg", "/en/knowledge/feed.json?area=zorg"),
    ):
        text = client.get(page).content.decode()
        assert f'href="{address}"' in text
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_knowledge_has_a_feed_of_what_anybody_sees(client: Client) -> None:
    owner = builders.organisation()
    made = builders.item(owner, title="Wat wij leerden")
    builders.item(owner, title="Binnen", visibility="participants")
    builders.item(owner, "draft", title="Concept")
    (item,) = feed(client, where="/en/knowledge/")["items"]
    assert (item["title"], item["url"]) == (
        "Wat wij leerden",
        f"http://localhost:8000/en/knowledge/{made.pk}/",
    )
    (entry,) = atom(client, where="/en/knowledge/").findall(f"{ATOM}entry")
    assert str(entry.findtext(f"{ATOM}id")).endswith(f":knowledge-{made.pk}")
