"""The matrix read by what is missing: gaps in the cells, and the emptiest cells with a first step."""

import re

import pytest
from django.test import Client

from katalysator.coalition.models import Area, Organisation
from katalysator.listings.models import Kind
from tests import builders

pytestmark = pytest.mark.django_db


def shown(query: str = "") -> str:
    return Client().get(f"/en/{query}").content.decode()


def cells(page: str, area: str) -> list[str]:
    """What the cells of an area's row say, in the order of the blocks."""
    row = page.split(f'<a href="/en/areas/{area}/">', 1)[1].split("</tr>", 1)[0]
    return [_said(cell) for cell in row.split("<td")[1:]]


def _said(cell: str) -> str:
    words = re.sub(r"<svg.*?</svg>", "", cell, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", words.partition(">")[2]).split())


def missing(query: str = "") -> list[str]:
    """The rows of the table, the first one first."""
    table = shown(query).split('id="emptiest-title"', 1)[1].split("</section>", 1)[0]
    return [_said(row) for row in table.split("<tr>")[2:]]


def at_home(organisation: Organisation, *areas: str) -> None:
    organisation.areas.set(Area.objects.filter(slug__in=areas))


def listed(kind: Kind, area: str = "zorg", owner: Organisation | None = None) -> None:
    builders.listing(owner or builders.organisation(), kind, areas=(area,))


def test_each_cell_says_in_words_what_is_missing_in_it() -> None:
    listed(Kind.NEED, "zorg")
    listed(Kind.OFFER, "energie")
    gaps = "?show=gaps"
    need = next(each for each in cells(shown(gaps), "zorg") if "gap" in each)
    assert need == "1 1 gap no offers"
    assert "no needs" in cells(shown(gaps), "energie")
    assert set(cells(shown(gaps), "media")) == {"empty : no needs and no offers"}


def test_where_nothing_is_missing_a_screen_reader_hears_so() -> None:
    for kind in Kind:
        listed(kind)
    found = [each for each in cells(shown("?show=gaps"), "zorg") if not each.startswith("empty")]
    assert found in (["1 1 gap"], ["no gap"])


def test_the_emptiest_cells_come_first_with_what_lacks_and_a_first_step() -> None:
    Area.objects.exclude(slug__in=["zorg"]).delete()
    owner = builders.organisation(blocks=["talent", "research", "trust", "growth"])
    at_home(owner, "zorg")
    rows = missing()
    assert rows[0].startswith("Health and care · Data no needs no offers no participants")
    assert rows[0].endswith("See who could take part : Health and care · Data")
    assert rows[1].startswith(
        "Health and care · Talent no needs no offers 1 Post the first need or offer"
    )
    assert "In 5 of 5 cells" in shown()


def test_numbers_lead_to_what_they_count() -> None:
    Area.objects.exclude(slug="zorg").delete()
    owner = builders.organisation(blocks=["data"])
    at_home(owner, "zorg")
    page = shown()
    address = "/en/organisations/?area=zorg&amp;block=data&amp;part=yes"
    assert address in page
    found = Client().get(address.replace("&amp;", "&")).context["page"]
    assert [each.pk for each in found] == [owner.pk]


def test_who_does_not_take_part_and_is_elsewhere_does_not_count() -> None:
    Area.objects.exclude(slug="zorg").delete()
    here = builders.organisation(blocks=["data"], region="NL41")
    directory = builders.organisation(blocks=["data"], state="listed")
    for each in (here, directory):
        at_home(each, "zorg")
    data = [row for row in missing() if "· Data" in row]
    assert data[0].startswith("Health and care · Data no needs no offers 1 ")
    data = [row for row in missing("?region=NL31") if "· Data" in row]
    assert data[0].startswith("Health and care · Data no needs no offers no participants")


def test_participants_are_counted_once_in_each_of_their_cells() -> None:
    first = builders.organisation(blocks=["data", "trust"])
    second = builders.organisation(blocks=["data"])
    for each in (first, second):
        at_home(each, "zorg", "energie")
    assert Organisation.objects.all().by_cell() == {
        ("zorg", "data"): 2,
        ("zorg", "trust"): 1,
        ("energie", "data"): 2,
        ("energie", "trust"): 1,
    }
