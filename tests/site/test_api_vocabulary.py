"""The API tells the words of the coalition: markets and terms, areas, hubs, organisations."""

from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub
from katalysator.core.translated import Translated
from katalysator.listings.market import markets
from tests import builders
from tests.site.asking import Get

pytestmark = pytest.mark.django_db


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
    assert list(teaching) == ["level", "work_language", "delivery", "days_a_week", *always]
    assert [name for name in teaching if teaching[name]["hard"]] == [
        "level",
        "work_language",
        "days_a_week",
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
    needed = {term["name"] for term in found[market]["terms"] if term["required"]}
    assert needed <= set(stated) <= set(shapes)
    for name, value in stated.items():
        jsonschema.validate(value, shapes[name])


def test_organisations_are_found_and_described(get: Get) -> None:
    made = builders.organisation(
        slug="voorbeeld-lab", name="Voorbeeldlab", kind="institute", city="Ede", region="NL22",
        other_names=["VBL"], kvk="90000001", about=Translated(nl="Een lab.", en="A lab."), blocks=["research"], source="a page",
        contact="info@lab.example", is_founding=True, joined_on=date(2019, 10, 8),
    )  # fmt: skip
    made.areas.set(Area.objects.filter(slug="agro"))
    builders.organisation(name="Voorbeeldgids", state="listed")
    found = get("/organisations/voorbeeld-lab")
    assert found == {
        "slug": "voorbeeld-lab", "name": "Voorbeeldlab", "otherNames": ["VBL"], "kind": "institute", "city": "Ede",
        "region": "NL22", "kvk": "90000001", "ror": "", "website": "", "about": "A lab.",
        "blocks": ["research"], "areas": ["agro"], "contact": "info@lab.example", "state": "active", "isParticipant": True,
        "isFounding": True, "joinedOn": "2019-10-08", "confirmedAt": None, "isExample": False,
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
        {"q": "LAB"}, {"q": "vbl"}, {"kind": "institute"}, {"area": "agro"}, {"region": "NL22"}, {"part": "yes"},
    ):  # fmt: skip
        assert get("/organisations", **query)["items"] == [found], query
