"""The home page looks at one place and one kind of number: all that is on it follows."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Hub
from katalysator.listings.models import Kind, Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.search import rematch
from tests import builders

pytestmark = pytest.mark.django_db

HERE, THERE = "NL31", "NL42"
PLACES: tuple[dict[str, str], ...] = (
    {},
    {"region": HERE},
    {"region": THERE},
    {"hub": "south"},
    {"region": HERE, "hub": "south"},
)


@pytest.fixture(scope="module", autouse=True)
def two_places(lasting: Callable[[], AbstractContextManager[object]]) -> None:
    """A need with its offer here, and two needs without one there."""
    with lasting():
        _fill_two_places()


def _fill_two_places() -> None:
    Hub.objects.create(slug="south", name="South", regions=[THERE, "NL41"])
    here, other = builders.organisation(region=HERE), builders.organisation(region=HERE)
    there = builders.organisation(region=THERE)
    builders.organisation(region=THERE, state="listed")
    builders.listing(here, title="Longscans beoordelen", regions=(HERE,))
    builders.listing(other, Kind.OFFER, title="Longscans beoordelen", regions=(HERE,))
    for title in ("Gewassen tellen met drones", "Ziekten in aardappelen zien"):
        builders.listing(
            there, title=title, text=title, areas=("agro",), block="data", regions=(THERE,)
        )
    for each in Listing.objects.all():
        rematch(each)
    allocate("expertise")


def home(client: Client, **asked: str) -> Any:
    return client.get("/en/", asked).context


def counted(client: Client, url: str) -> int:
    total: int = client.get(url).context["page"].paginator.count
    return total


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("what", ["organisations", "participants", "needs", "offers", "matches"])
def test_every_headline_number_links_to_the_list_that_counts_the_same(
    client: Client, place: dict[str, str], what: str
) -> None:
    counts = home(client, **place)["counts"]
    assert counted(client, counts[f"{what}_url"]) == counts[what]


def test_the_headline_counts_the_place(client: Client) -> None:
    def numbers(**place: str) -> list[int]:
        counts = home(client, **place)["counts"]
        return [counts[each] for each in ("organisations", "participants", "needs", "offers")]

    assert numbers(region=HERE) == [2, 2, 1, 1]
    assert numbers(region=THERE) == [2, 1, 2, 0]
    assert numbers(hub="south") == [2, 1, 2, 0]
    assert numbers(region=HERE, hub="south") == [0, 0, 0, 0]


def test_new_matches_are_those_of_the_place(client: Client) -> None:
    assert len(home(client)["recent_matches"]) == 1
    assert len(home(client, region=HERE)["recent_matches"]) == 1
    assert home(client, region=THERE)["recent_matches"] == []
    assert home(client, hub="south")["recent_matches"] == []


@pytest.mark.parametrize(
    ("show", "heat"), [("", 1), ("needs", 1), ("offers", 0), ("matches", 0), ("gaps", 1)]
)
def test_the_heat_is_that_of_the_number_shown(client: Client, show: str, heat: int) -> None:
    rows = home(client, region=THERE, show=show)["rows"][:-1]
    (cell,) = [cell for row in rows for cell in row.cells if not cell.is_empty]
    assert (cell.counts.needs, cell.counts.offers, cell.counts.gaps) == (2, 0, 2)
    assert cell.heat == heat


def test_an_empty_cell_says_so_in_a_word_whatever_is_shown(client: Client) -> None:
    page = client.get("/en/?show=gaps").content.decode()
    assert re.search(r'<span class="cell__word">empty</span>', page)
