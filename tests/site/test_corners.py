"""Each area, block, cell and hub has a page: what there is, who is there, and what is missing."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Area, Hub
from katalysator.core import kept
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coalition() -> None:
    Hub.objects.create(slug="midden", name="Hub Midden", regions=["NL31"], source="een pagina")
    owner = builders.organisation(name="Voorbeeld in Utrecht", blocks=["data"])
    owner.areas.set(Area.objects.filter(slug="zorg"))
    builders.organisation(name="Voorbeeld elders", region="NL41")
    builders.listing(owner, title="Vraag in de zorg")
    builders.listing(owner, title="Vraag op het land", areas=("agro",), regions=("NL41",))
    builders.listing(owner, title="Vraag onder ons", visibility="participants")


@pytest.mark.parametrize(
    ("path", "there", "away"),
    [
        ("areas/zorg/", ["Vraag in de zorg", "Voorbeeld in Utrecht"], ["Vraag op het land", "Voorbeeld elders"]),
        ("areas/zorg/talent/", [], ["Vraag op het land", "Voorbeeld elders"]),
        ("areas/agro/", ["Vraag op het land"], ["Vraag in de zorg"]),
        ("blocks/data/", ["Voorbeeld in Utrecht"], ["Voorbeeld elders"]),
        ("hubs/midden/", ["Vraag in de zorg", "Voorbeeld in Utrecht", "een pagina"], ["Voorbeeld elders"]),
    ],
)  # fmt: skip
def test_a_page_tells_of_its_corner_and_of_nothing_else(
    path: str, there: list[str], away: list[str]
) -> None:
    page = Client().get(f"/en/{path}").content.decode()
    assert [each for each in there if each not in page] == []
    assert [each for each in away if each in page] == []
    assert "Vraag onder ons" not in page, "a stranger does not see what is for participants"


def test_a_participant_sees_more() -> None:
    client = inside(builders.person(builders.organisation()))
    assert "Vraag onder ons" in client.get("/en/areas/zorg/").content.decode()


@pytest.mark.parametrize(
    "path", ["areas/nergens/", "areas/zorg/nergens/", "blocks/nergens/", "hubs/nergens/"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(f"/en/{path}").status_code == 404


def test_the_matrix_leads_to_the_areas() -> None:
    assert 'href="/en/areas/zorg/"' in Client().get("/en/").content.decode()


def test_a_page_that_is_made_asks_as_often_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(4):
        builders.listing(builders.organisation(), title="Nog een")
    client = Client()
    client.get("/en/areas/agro/")
    with kept.anew(), django_assert_num_queries(34):
        client.get("/en/areas/zorg/")
