"""The API reads what the pages read: the same listings, matches and counts, for the same people.

That it keeps to the Dutch API Design Rules is in `test_api_rules.py`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import exp
from typing import Any

import jsonschema
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.core.translated import Translated
from katalysator.listings import verbs
from katalysator.listings.market import markets
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import LISTING, OPEN
from tests import builders
from tests.matches.steps import FAR, NEED, OFFER, match_all

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"
Get = Callable[..., Any]


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld-eigenaar", name="Voorbeeld Eigenaar")


@pytest.fixture
def get(client: Client) -> Get:
    """Ask as a stranger, in English; gives the content of a good answer."""

    def ask(address: str, *, by: Client = client, language: str = "en", **query: Any) -> Any:
        response = by.get(f"{ROOT}{address}", query, headers={"accept-language": language})
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def logged_in(*organisations: Organisation, **fields: Any) -> Client:
    client = Client()
    client.force_login(builders.person(*organisations, **fields))
    return client


def ids(page: Any) -> list[int]:
    return [item["id"] for item in page["items"]]


def test_a_listing_says_all_that_its_page_says(get: Get, owner: Organisation) -> None:
    made = builders.listing(
        owner,
        Kind.OFFER,
        "capital",
        title="Kapitaal voor zaaifase",
        skills=("due diligence",),
        start=date(2027, 1, 1),
        end=date(2027, 12, 31),
        ticket_min=Decimal(50_000),
        ticket_max=Decimal("250000.50"),
        capacity=3,
    )
    found = get(f"/listings/{made.pk}")
    assert found["publishedAt"].endswith("Z")
    expected = {
        "id": made.pk, "kind": "offer", "market": "capital", "block": "growth", "language": "nl",
        "title": "Kapitaal voor zaaifase", "text": made.text, "areas": ["zorg"], "areasRequired": False,
        "organisation": {"slug": "voorbeeld-eigenaar", "name": "Voorbeeld Eigenaar"},
        "regions": ["NL31"], "regionRequired": False, "skills": ["due diligence"],
        "start": "2027-01-01", "end": "2027-12-31", "capacity": 3, "minCapacity": 1,
        "visibility": "everyone",
        "state": "published", "publishedAt": found["publishedAt"], "bestMatch": None,
        "terms": {
            "stage": ["pre-seed"],
            "instrument": ["equity"],
            "ticket": {"min": "50000.00", "max": "250000.50"},
        },
        "deeds": [],
        "links": {
            "self": f"http://testserver/api/v1/listings/{made.pk}",
            "page": f"http://testserver/en/listings/{made.pk}/",
        },
    }  # fmt: skip
    assert found == expected
    (listed,) = get("/listings")["items"]
    apart = {"terms", "deeds"}
    assert listed == {name: value for name, value in expected.items() if name not in apart}


def test_nobody_learns_who_wrote_it(get: Get, owner: Organisation) -> None:
    author = builders.person(owner, email="schrijver@voorbeeld.example")
    made = verbs.post(
        owner, by=author, kind=Kind.NEED, market_slug="expertise", content=builders.content()
    )
    verbs.move(made, "publish", by=author)
    for address in (f"/listings/{made.pk}", "/listings", "/organisations/voorbeeld-eigenaar"):
        assert "schrijver" not in str(get(address, by=logged_in(is_coordinator=True)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["need", "offer"]),
        ({"kind": "offer"}, ["offer"]),
        ({"market": "teaching"}, ["offer"]),
        ({"area": "agro"}, ["offer"]),
        ({"block": "research"}, ["need"]),
        ({"region": "NL42"}, ["offer"]),
        ({"hub": "zuid"}, ["offer"]),
        ({"q": "scan"}, ["need"]),
        ({"show": "gaps"}, ["need"]),
        ({"show": "matches"}, []),
        ({"sort": "newest"}, ["offer", "need"]),
        ({"kind": "need", "area": "agro"}, []),
        ({"kind": "", "market": "", "q": ""}, ["need", "offer"]),
    ],
)
def test_filters_narrow_as_on_the_page(
    get: Get, owner: Organisation, query: dict[str, str], found: list[str]
) -> None:
    Hub.objects.create(slug="zuid", name="Zuid", regions=["NL41", "NL42"])
    builders.listing(owner, title="Longscans", text="Scans lezen")
    builders.listing(
        owner,
        Kind.OFFER,
        "teaching",
        title="Melkvee",
        text="Les",
        areas=("agro",),
        regions=("NL42",),
    )
    kinds = [item["kind"] for item in get("/listings", **({"sort": "title"} | query))["items"]]
    assert sorted(kinds) == sorted(found)
    if query.get("sort"):
        assert kinds == found


def test_pages_follow_on_and_keep_the_filters(get: Get, owner: Organisation) -> None:
    made = [builders.listing(owner, title=f"Vraag {n}").pk for n in range(3)]
    first = get("/listings", sort="title", pageSize=2)
    assert (first["total"], first["page"], first["pageSize"], ids(first)) == (3, 1, 2, made[:2])
    assert first["links"]["previous"] is None
    last = get(first["links"]["next"].removeprefix(f"http://testserver{ROOT}"))
    assert (last["page"], ids(last), last["links"]["next"]) == (2, made[2:], None)
    assert get(last["links"]["previous"].removeprefix(f"http://testserver{ROOT}")) == first


def test_matches_come_best_first_with_their_parts_and_reasons(
    get: Get, owner: Organisation
) -> None:
    need = builders.listing(owner, **NEED)
    near = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    builders.listing(builders.organisation(), Kind.OFFER, **FAR)
    match_all()
    found = get(f"/listings/{need.pk}/matches")
    best, worst = found["items"]
    assert best["listing"]["id"] == near.pk
    assert best["score"] > worst["score"]
    assert best["score"] == pytest.approx(1 / (1 + exp(-sum(best["parts"].values()))), abs=1e-5)
    assert best["strength"] in {"strong", "good"}
    assert best["reasons"]["fits"].split(";")[0].endswith("of use")
    assert (found["seen"], found["hidden"], found["isPending"]) == (2, {}, False)
    assert get(f"/listings/{need.pk}")["bestMatch"] == best["strength"]
    dutch = get(f"/listings/{need.pk}/matches", language="nl")
    assert dutch["items"][0]["reasons"]["fits"].split(";")[0].endswith("nuttig")
    assert len(get(f"/listings/{need.pk}/matches", limit=1)["items"]) == 1


def test_what_is_kept_out_is_counted_by_its_reason(get: Get, owner: Organisation) -> None:
    need = builders.listing(owner, **NEED, end=date(2027, 1, 31))
    builders.listing(builders.organisation(), Kind.OFFER, **OFFER, start=date(2027, 2, 1))
    builders.listing(owner, Kind.OFFER, **OFFER)
    match_all()
    found = get(f"/listings/{need.pk}/matches")
    assert (found["items"], found["seen"], found["hidden"]) == ([], 2, {"own": 1, "period": 1})


def test_matches_of_an_unread_listing_are_pending(get: Get, owner: Organisation) -> None:
    found = get(f"/listings/{builders.listing(owner).pk}/matches")
    assert found == {"items": [], "seen": 0, "hidden": {}, "isPending": True}


def test_a_listing_that_is_not_open_has_no_matches(get: Get, owner: Organisation) -> None:
    need = builders.listing(owner, **NEED)
    builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    match_all()
    verbs.move(need, "settle", by=builders.HOUSE)
    found = get(f"/listings/{need.pk}/matches")
    assert found == {"items": [], "seen": 0, "hidden": {}, "isPending": False}


def test_the_matrix_counts_cells_and_totals(get: Get, owner: Organisation) -> None:
    Hub.objects.create(slug="zuid", name="Zuid", regions=["NL41", "NL42"])
    builders.listing(owner, areas=("zorg", "agro"))
    builders.listing(owner, Kind.OFFER, areas=("zorg",), regions=("NL42",))
    counts = {"needs": 1, "offers": 0, "matches": 0, "possible": 0, "gaps": 1}
    both = counts | {"offers": 1}
    assert get("/matrix") == {
        "cells": [
            {"area": "agro", "block": "research"} | counts,
            {"area": "zorg", "block": "research"} | both,
        ],
        "totals": [{"block": "research"} | both],
    }
    only_offer = {"needs": 0, "offers": 1, "matches": 0, "possible": 0, "gaps": 0}
    for place in ({"region": "NL42"}, {"hub": "zuid"}):
        assert get("/matrix", **place)["totals"] == [{"block": "research"} | only_offer]


class TestVisibility:
    """Each sees what the pages show: nothing of a draft, a closed or a participants' listing leaks."""

    @pytest.fixture
    def made(self, owner: Organisation) -> dict[str, Listing]:
        made = {
            "public": builders.listing(owner, title="Zichtbaar"),
            "inside": builders.listing(owner, title="Geheim", visibility="participants"),
            "draft": builders.draft(owner, title="Geheim"),
            "closed": builders.listing(owner, title="Geheim"),
        }
        verbs.move(made["closed"], "close", by=builders.HOUSE)
        return made

    @pytest.fixture
    def clients(self, owner: Organisation) -> dict[str, Client]:
        return {
            "stranger": Client(),
            "nobody's": logged_in(),
            "directory only": logged_in(builders.organisation(is_participant=False)),
            "other": logged_in(builders.organisation()),
            "member": logged_in(owner),
            "coordinator": logged_in(is_coordinator=True),
        }

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("stranger", {"public"}),
            ("nobody's", {"public"}),
            ("directory only", {"public"}),
            ("other", {"public", "inside"}),
            ("member", {"public", "inside", "draft", "closed"}),
            ("coordinator", {"public", "inside", "draft", "closed"}),
        ],
    )
    def test_listings(
        self,
        get: Get,
        made: dict[str, Listing],
        clients: dict[str, Client],
        who: str,
        seen: set[str],
    ) -> None:
        client = clients[who]
        page = get("/listings?state=any", by=client)
        assert {*ids(page)} == {made[name].pk for name in seen}
        assert page["total"] == len(seen)
        assert ("Geheim" in str(page)) is (len(seen) > 1)
        for name, listing in made.items():
            for address in (f"/listings/{listing.pk}", f"/listings/{listing.pk}/matches"):
                response = client.get(f"{ROOT}{address}")
                assert response.status_code == (200 if name in seen else 404), (name, address)
                assert name in seen or b"Geheim" not in response.content

    @pytest.mark.parametrize(("who", "needs"), [("stranger", 1), ("nobody's", 1), ("other", 2)])
    def test_the_matrix(
        self, get: Get, made: dict[str, Listing], clients: dict[str, Client], who: str, needs: int
    ) -> None:
        assert get("/matrix", by=clients[who])["totals"][0]["needs"] == needs

    @pytest.mark.parametrize("is_inside", [False, True])
    def test_a_match_with_a_participants_listing(
        self, get: Get, owner: Organisation, clients: dict[str, Client], is_inside: bool
    ) -> None:
        need = builders.listing(owner, **NEED)
        hidden = builders.listing(
            builders.organisation(), Kind.OFFER, **OFFER, visibility="participants"
        )
        match_all()
        client = clients["other" if is_inside else "stranger"]
        found = get(f"/listings/{need.pk}/matches", by=client)
        assert [item["listing"]["id"] for item in found["items"]] == [hidden.pk] * is_inside
        assert found["seen"] == int(is_inside)
        assert bool(get(f"/listings/{need.pk}", by=client)["bestMatch"]) is is_inside
        assert bool(get("/listings", by=client, show="matches")["total"]) is is_inside


def test_the_words_of_the_coalition_come_in_the_asked_language(get: Get) -> None:
    assert get("/areas")["items"][0] == {"slug": "zorg", "name": "Health and care"}
    dutch = get("/areas", language="nl-BE")["items"]
    assert dutch[0] == {"slug": "zorg", "name": "Gezondheid en zorg"}
    assert [item["slug"] for item in dutch] == [area.slug for area in Area.objects.all()]
    assert [item["slug"] for item in get("/blocks")["items"]] == Block.values
    utrecht = {"code": "NL31", "name": "Utrecht", "latitude": 52.075, "longitude": 5.2}
    regions = get("/regions")["items"]
    assert utrecht in regions
    assert len(regions) == 13


def test_hubs_name_their_regions_and_source(get: Get) -> None:
    Hub.objects.create(slug="zuid", name="Zuid", regions=["NL41"], source="a page")
    hub = {"slug": "zuid", "name": "Zuid", "regions": ["NL41"], "source": "a page"}
    assert get("/hubs") == {"items": [hub]}


def test_markets_describe_their_terms(get: Get) -> None:
    found = {item["slug"]: item for item in get("/markets")["items"]}
    assert list(found) == [market.slug for market in markets()]
    teaching = {term["name"]: term for term in found["teaching"]["terms"]}
    always = ["period", "capacity"]
    assert list(teaching) == ["level", "work_language", "delivery", *always]
    assert [name for name in teaching if teaching[name]["hard"]] == [
        "level",
        "work_language",
        *always,
    ]
    assert [name for name in teaching if teaching[name]["required"]] == [
        "level",
        "work_language",
        "delivery",
    ]
    assert teaching["work_language"] == {
        "name": "work_language", "label": "Working language", "hard": True, "required": True,
        "schema": {
            "type": "array", "items": {"type": "string", "enum": ["nl", "en"]}, "minItems": 1,
            "uniqueItems": True,
        },
        "choices": [{"value": "nl", "label": "Dutch"}, {"value": "en", "label": "English"}],
    }  # fmt: skip
    assert teaching["period"]["choices"] == []
    capital = {term["name"]: term["label"] for term in found["capital"]["terms"]}
    assert capital == {
        "stage": "Stage",
        "instrument": "Instrument",
        "ticket": "Amount",
        "period": "Period",
        "capacity": "How many",
    }


def test_a_term_and_a_choice_of_one_name_keep_their_own_labels(get: Get) -> None:
    for language, term, choice in (
        ("en", "Personal data", "Personal"),
        ("nl", "Persoonsgegevens", "Herleidbaar tot personen"),
    ):
        found = {item["slug"]: item for item in get("/markets", language=language)["items"]}
        (personal,) = (each for each in found["data"]["terms"] if each["name"] == "personal")
        labels = {each["value"]: each["label"] for each in personal["choices"]}
        assert (personal["label"], labels["personal"]) == (term, choice)


@pytest.mark.parametrize("market", [each.slug for each in markets()])
def test_what_a_listing_states_is_what_its_market_describes(get: Get, market: str) -> None:
    ticket: dict[str, Any] = (
        {"ticket_max": Decimal(10)} if market in {"challenge", "capital"} else {}
    )
    made = builders.listing(builders.organisation(), market_slug=market, **ticket)
    stated = get(f"/listings/{made.pk}")["terms"]
    found = {item["slug"]: item for item in get("/markets")["items"]}
    shapes = {term["name"]: term["schema"] for term in found[market]["terms"]}
    assert set(shapes) - {"period", "capacity"} == set(stated)
    for name, value in stated.items():
        jsonschema.validate(value, shapes[name])


def test_a_listing_says_what_the_asker_may_do_with_it(get: Get, owner: Organisation) -> None:
    made = builders.listing(owner)
    address = f"/listings/{made.pk}"
    other = logged_in(builders.organisation())
    assert get(address)["deeds"] == get(address, by=other)["deeds"] == []
    for client in (logged_in(owner), logged_in(is_coordinator=True)):
        assert get(address, by=client)["deeds"] == ["settle", "close", "withdraw"]
    verbs.move(made, "settle", by=builders.HOUSE)
    assert get(address, by=logged_in(owner))["deeds"] == ["reopen", "close"]
    draft = builders.draft(owner, terms={}, text="")
    assert get(f"/listings/{draft.pk}", by=logged_in(owner))["deeds"] == ["publish"]


def test_listings_are_asked_for_by_any_state(get: Get, client: Client, owner: Organisation) -> None:
    made = {state: builders.listing(owner).pk for state in LISTING.states}
    for state, pk in made.items():
        Listing.objects.filter(pk=pk).update(state=state)
    bureau = logged_in(is_coordinator=True)
    for state, pk in made.items():
        asked = {"state": state} if state != OPEN else {}
        assert ids(get("/listings", by=bureau, **asked)) == [pk]
    assert len(ids(get("/listings", by=bureau, state="any"))) == len(made)
    assert client.get(f"{ROOT}/listings", {"state": "burnt"}).status_code == 400
    asked = get("/openapi.json")["paths"]["/listings"]["get"]["parameters"]
    (state,) = (each["schema"] for each in asked if each["name"] == "state")
    assert state["enum"] == ["", *(name for name in made if name != OPEN), "any"]


def test_organisations_are_found_and_described(get: Get) -> None:
    made = builders.organisation(
        slug="voorbeeld-lab", name="Voorbeeldlab", kind="knowledge", city="Ede", region="NL22",
        other_names=["VBL"], kvk="90000001", about=Translated(nl="Een lab.", en="A lab."), blocks=["research"], source="a page",
    )  # fmt: skip
    made.areas.set(Area.objects.filter(slug="agro"))
    builders.organisation(name="Voorbeeldgids", is_participant=False)
    found = get("/organisations/voorbeeld-lab")
    assert found == {
        "slug": "voorbeeld-lab", "name": "Voorbeeldlab", "otherNames": ["VBL"], "kind": "knowledge", "city": "Ede",
        "region": "NL22", "kvk": "90000001", "ror": "", "website": "", "about": "A lab.",
        "blocks": ["research"], "areas": ["agro"], "isParticipant": True, "isExample": False,
        "source": "a page",
        "links": {
            "self": "http://testserver/api/v1/organisations/voorbeeld-lab",
            "page": "http://testserver/en/organisations/voorbeeld-lab/",
        },
    }  # fmt: skip
    assert [item["name"] for item in get("/organisations")["items"]] == [
        "Voorbeeldlab",
        "Voorbeeldgids",
    ]
    for query in (
        {"q": "LAB"}, {"q": "vbl"}, {"kind": "knowledge"}, {"area": "agro"}, {"region": "NL22"}, {"part": "yes"},
    ):  # fmt: skip
        assert get("/organisations", **query)["items"] == [found], query


@pytest.mark.parametrize("count", [1, 3])
class TestQueries:
    """As many questions to the database for three rows as for one."""

    def ask(self, get: Get, queries: DjangoAssertNumQueries, number: int, address: str) -> None:
        with queries(number):
            get(address)

    def test_listings(
        self, get: Get, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        for _ in range(count):
            builders.listing(builders.organisation())
        self.ask(get, django_assert_num_queries, 4, "/listings")

    def test_matches(
        self, get: Get, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        need = builders.listing(builders.organisation(), **NEED)
        for _ in range(count):
            builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        match_all()
        self.ask(get, django_assert_num_queries, 6, f"/listings/{need.pk}/matches")

    def test_organisations(
        self, get: Get, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        for _ in range(count):
            builders.organisation().areas.set(Area.objects.all()[:2])
        self.ask(get, django_assert_num_queries, 5, "/organisations")


def test_a_visitor_who_logged_in_costs_three_questions_more(
    get: Get, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Their session, who they are, and whom they speak for."""
    builders.listing(owner)
    client = logged_in(owner)
    with django_assert_num_queries(7):
        get("/listings", by=client)


@pytest.mark.parametrize(
    ("best", "said"), [(0.1, None), (0.3, "possible"), (0.6, "good"), (0.9, "strong")]
)
def test_a_listing_says_how_good_its_best_match_is(
    get: Get, owner: Organisation, best: float, said: str | None
) -> None:
    need = builders.listing(owner)
    Listing.objects.filter(pk=need.pk).update(best=best, best_inside=best)
    assert get(f"/listings/{need.pk}")["bestMatch"] == said
    (row,) = get("/listings")["items"]
    assert row["bestMatch"] == said
