"""The API reads what the pages read: the same listings, matches and counts, for the same people.

That it keeps to the Dutch API Design Rules is in `test_api_rules.py`.
"""

from datetime import date
from decimal import Decimal
from math import exp

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import LISTING, OPEN
from tests import builders
from tests.matches.steps import FAR, NEED, OFFER, match_all
from tests.site.asking import ROOT, Get, ids, logged_in

pytestmark = pytest.mark.django_db


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
        "owner": {"kind": "organisation", "name": "Voorbeeld Eigenaar", "function": ""},
        "regions": ["NL31"], "regionRequired": False, "skills": ["due diligence"],
        "start": "2027-01-01", "end": "2027-12-31", "capacity": 3, "minCapacity": 1,
        "visibility": "everyone",
        "state": "published", "publishedAt": found["publishedAt"], "bestMatch": None,
        "standsUntil": str(made.stands_until),
        "terms": {
            "stage": ["pre-seed"],
            "instrument": ["equity"],
            "ticket": {"min": "50000.00", "max": "250000.50"},
        },
        "subjects": [], "deeds": [],
        "links": {
            "self": f"http://testserver/api/v1/listings/{made.pk}",
            "page": f"http://testserver/en/listings/{made.pk}/",
        },
    }  # fmt: skip
    assert found == expected
    (listed,) = get("/listings")["items"]
    apart = {"terms", "subjects", "deeds"}
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


def test_a_listing_says_what_the_asker_may_do_with_it(get: Get, owner: Organisation) -> None:
    made = builders.listing(owner)
    address = f"/listings/{made.pk}"
    other = logged_in(builders.organisation())
    assert get(address)["deeds"] == get(address, by=other)["deeds"] == []
    for client in (logged_in(owner), logged_in(is_coordinator=True)):
        assert get(address, by=client)["deeds"] == ["settle", "renew", "close", "withdraw"]
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
        for number in (13, 3):  # both halves of the market are read for whoever asks first
            self.ask(get, django_assert_num_queries, number, f"/listings/{need.pk}/matches")

    def test_organisations(
        self, get: Get, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        for _ in range(count):
            builders.organisation().areas.set(Area.objects.all()[:2])
        self.ask(get, django_assert_num_queries, 5, "/organisations")


def test_a_visitor_who_logged_in_costs_one_question_more(
    get: Get, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Their session, with who they are and whom they speak for."""
    builders.listing(owner)
    client = logged_in(owner)
    with django_assert_num_queries(6):
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
