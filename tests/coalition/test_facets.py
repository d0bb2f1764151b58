"""A list of organisations tells how it divides; each part is a link to just that part; a map shows where."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Area
from katalysator.coalition.tasks import ask_stale, ask_to_confirm
from tests import builders

pytestmark = pytest.mark.django_db

LIST = "/en/organisations/"


@pytest.fixture(autouse=True)
def organisations() -> None:
    for kind, region, areas in (
        ("hbo", "NL31", ["zorg", "agro"]),
        ("hbo", "NL310", ["zorg"]),
        ("mbo", "NL22", []),
        ("mbo", "NL", ["agro"]),
    ):
        made = builders.organisation(kind=kind, region=region)
        made.areas.set(Area.objects.filter(slug__in=areas))


def division(**asked: str) -> Any:
    return Client().get(LIST, asked).context["division"]


def counts(**asked: str) -> dict[str, dict[str, int]]:
    return {
        facet.label: {share.value: share.count for share in facet.shares}
        for facet in division(**asked).facets
    }


def test_every_part_is_counted_once() -> None:
    assert counts() == {
        "Kind": {"hbo": 2, "mbo": 2},
        "Area": {"agro": 2, "zorg": 2},
        "Region": {"NL31": 2, "NL22": 1},
    }


def test_what_is_narrowed_by_divides_no_more() -> None:
    assert counts(kind="hbo") == {"Area": {"zorg": 2, "agro": 1}}
    assert counts(area="agro", kind="mbo") == {}


@pytest.mark.parametrize("asked", [{}, {"kind": "hbo"}, {"area": "agro"}, {"q": "voorbeeld"}])
def test_each_number_is_the_length_of_its_list(asked: dict[str, str]) -> None:
    for facet in division(**asked).facets:
        for share in facet.shares:
            page = Client().get(LIST + share.url).context["page"]
            assert page.paginator.count == share.count, share


def test_the_map_has_a_circle_for_each_province_within_its_frame() -> None:
    circles = division().circles
    assert [each.share.value for each in circles] == ["NL31", "NL22"]
    assert circles[0].radius > circles[1].radius
    assert circles[0].x < circles[1].x, "Utrecht lies west of Gelderland"
    assert all(0 < each.x < 250 and 0 < each.y < 310 for each in circles)


def test_a_page_tells_search_engines_what_it_is_about() -> None:
    builders.organisation(
        slug="lab", name="Lab </script><b>&", kind="institute", ror="04dkp9463", kvk="12345678", city="Ede"
    )  # fmt: skip
    text = Client().get(f"{LIST}lab/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    data = json.loads(block)
    assert data["@type"] == "ResearchOrganization"
    assert data["name"] == "Lab </script><b>&"
    assert data["sameAs"] == "https://ror.org/04dkp9463"
    assert data["address"]["addressLocality"] == "Ede"


def test_managers_are_asked_once_a_year_whether_all_is_correct(mailoutbox: list[Any]) -> None:
    stale = builders.organisation()
    manager = builders.person(stale)
    manager.memberships.update(role="manager")
    builders.person(stale)
    ask_stale()
    ask_to_confirm(stale.pk)
    assert [letter.to for letter in mailoutbox] == [[manager.email]]
    assert f"/nl/organisations/{stale.slug}/" in mailoutbox[0].body
