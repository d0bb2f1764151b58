"""All data in one list for everybody, and pages of the catalogues elsewhere for the bureau."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.dataspace.models import FoundDataset, HarvestSource
from tests import builders
from tests.dataspace.world import connector, dataset

pytestmark = pytest.mark.django_db

LIST = "/en/dataspace/elsewhere/"
SOURCES = "/en/dataspace/sources/"
COST = 3
COST_OF_API = 2
COST_OF_SOURCES = 3


def source(name: str = "Voorbeeldportaal", **fields: Any) -> HarvestSource:
    told = {"address": f"https://{name.lower()}.example/c", "state": "rests"}
    return HarvestSource.objects.create(name=name, **told | fields)


def found(of: HarvestSource, title: str, **fields: Any) -> FoundDataset:
    told = {"key": f"urn:{title}", "lives_at": f"https://elders.example/{title}"}
    return FoundDataset.objects.create(source=of, title=title, **told | fields)


def as_bureau() -> Client:
    client = Client()
    client.force_login(builders.person(is_coordinator=True))
    return client


def listed(query: str = "") -> list[tuple[str, str]]:
    """What programs are told: places and titles."""
    told: Any = Client().get(f"/api/v1/all-datasets?{query}").json()
    return [(each["place"], each["title"]) for each in told["items"]]


def test_ours_and_theirs_stand_in_one_list_each_saying_where_it_lives() -> None:
    row = dataset(connector(), title="Verkeer", theme="TRAN")
    dataset(row.connector, "urn:hidden", title="Verborgen", is_published=False)
    portal = source()
    found(portal, "Afval", publisher="Voorbeeldstad", theme="ENVI", licence="https://x.example/l")
    found(portal, "Weg", gone_at="2026-01-01T00:00Z")

    page = Client().get(LIST).content.decode()

    assert f'href="/dataspace/datasets/{row.pk}"' in page
    assert 'href="https://elders.example/Afval" rel="noopener nofollow"' in page
    assert "found in Voorbeeldportaal" in page
    assert "Verborgen" not in page
    assert listed() == [("elsewhere", "Afval"), ("here", "Verkeer")]


def test_a_word_a_theme_or_a_place_narrows_the_list() -> None:
    own = connector(name="Voorbeeldlab")
    dataset(own, title="Verkeer", theme="TRAN", keywords=["tellingen"], creator="Meetnet")
    portal = source()
    found(portal, "Afval 100%", text="Wat wordt opgehaald", theme="ENVI", publisher="Voorbeeldstad")

    assert listed("q=TELLING") == [("here", "Verkeer")]
    assert listed("q=voorbeeldlab verkeer") == [("here", "Verkeer")]
    assert listed("q=meetnet") == [("here", "Verkeer")]
    assert listed("q=opgehaald stad") == [("elsewhere", "Afval 100%")]
    assert listed("q=100%25") == [("elsewhere", "Afval 100%")]
    assert listed("q=verkeer opgehaald") == []
    assert listed("q=ver%00keer") == [("here", "Verkeer")]
    assert len(listed("q=%00")) == 2
    assert listed("theme=ENVI") == [("elsewhere", "Afval 100%")]
    assert listed("here=true") == [("here", "Verkeer")]
    for query, shown in ((f"where={portal.pk}", False), ("where=here", True), ("where=x", True)):
        page = Client().get(f"{LIST}?{query}").content.decode()
        assert (">Verkeer</a>" in page) is shown


def test_the_list_costs_the_same_however_long_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    own, portal = connector(), source()
    client = Client()
    dataset(own, title="Ours")
    client.get(LIST)
    with django_assert_num_queries(COST):
        client.get(LIST)
    for number in range(15):
        dataset(own, f"urn:{number}", title=f"Ours {number}")
        found(portal, f"Theirs {number}")
    with django_assert_num_queries(COST):
        answer = client.get(LIST)
    assert "31 results" in answer.content.decode()
    with django_assert_num_queries(COST_OF_API):
        client.get("/api/v1/all-datasets")


def test_what_was_found_has_an_index_of_its_words() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = FoundDataset.objects.about("verkeer").explain()
    assert plan.count("on found_by_its_words") == 4


def test_the_bureau_adds_a_catalogue_looks_at_it_and_takes_it_away() -> None:
    client = as_bureau()
    wrong = client.post(SOURCES, {"name": "X", "address": "ftp://x.example", "every": "day"})
    assert "This is no address that we can send to." in wrong.content.decode()
    client.post(SOURCES, {"name": "X", "address": "https://x.example/c", "every": "week"})
    row = HarvestSource.objects.get()
    assert (row.name, row.every, row.state) == ("X", "week", "waits")

    problem = {
        "code": "c",
        "message": "The answer there is %(status)s.",
        "parameters": {"status": "500"},
    }
    HarvestSource.objects.update(
        state="rests",
        problem=problem,
        report=dict.fromkeys(("new", "changed", "gone", "same", "left_out"), 3),
    )
    found(row, "Afval")
    page = client.get(f"{SOURCES}{row.pk}/").content.decode()
    assert "The answer there is 500." in page
    assert "3 new, 3 changed" in page
    assert "could not be read" in client.get(SOURCES).content.decode()
    assert "1 catalogue could not be read" in client.get("/en/bureau/").content.decode()

    client.post(f"{SOURCES}{row.pk}/read/")
    row.refresh_from_db()
    assert row.state == "waits"
    client.post(f"{SOURCES}{row.pk}/remove/")
    assert not HarvestSource.objects.exists()


def test_the_list_of_sources_costs_the_same_however_long_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_bureau()
    found(source(), "a")
    client.get(SOURCES)
    with django_assert_num_queries(COST_OF_SOURCES):
        client.get(SOURCES)
    for number in range(5):
        found(source(f"portal{number}"), "b")
    with django_assert_num_queries(COST_OF_SOURCES):
        client.get(SOURCES)


def test_others_do_not_see_the_sources() -> None:
    row = source()
    client = Client()
    client.force_login(builders.person())
    for address in (SOURCES, f"{SOURCES}{row.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{SOURCES}{row.pk}/remove/").status_code == 403
