"""Regions that must get some in a round by own order: what they get, what that costs, and what is refused."""

from typing import Any

import pytest

from katalysator.faults import InvalidInput
from katalysator.listings.models import Listing
from katalysator.rounds.matching import told
from katalysator.rounds.models import MatchingRound
from tests.attack.steps import inside
from tests.rounds.markets import RoundTable, coordinator, made
from tests.rounds.own_orders import SCORES, asking, closed, figures, said

pytestmark = pytest.mark.django_db


def _in_regions(table: RoundTable) -> None:
    """X lies in Groningen, Y in Noord-Holland."""
    for name, region in {"X": "NL11", "Y": "NL32"}.items():
        Listing.objects.filter(pk=table.offers[name].pk).update(regions=[region])


def test_a_region_gets_its_least_number_though_a_need_would_rather_be_elsewhere() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    _in_regions(table)
    found = asking(by, per_offer=2, least_in={"Groningen": 1})
    assert found.least_in == {"NL11": 1}
    for name, order in {"a": "YX", "b": "YX", "X": "ab", "Y": "ab"}.items():
        said(table, found, name, order)
    found = closed(found, by)
    assert table.pairs(found) in ({"aX", "bY"}, {"aY", "bX"})
    (region,) = figures(found).regions
    assert (region.region, region.least, region.needs, region.short) == ("NL11", 1, 1, 0)
    assert figures(found).kept is None
    assert not any(name.startswith("without") for name in figures(found).outcomes)
    assert "fills a region" in told.certificate(figures(found))
    page = inside(by).get(found.get_absolute_url()).content.decode()
    assert "Needs that come there" in page
    assert "Groningen: 1" in page


def test_what_a_region_can_never_get_is_told_and_nobody_is_sent_where_they_do_not_want_to_be() -> (
    None
):
    by, table = coordinator(), RoundTable.of(SCORES)
    _in_regions(table)
    found = asking(by, per_offer=2, least_in={"NL11": 2})
    for name, order in {"a": "Y", "b": "YX", "X": "ab", "Y": "ab"}.items():
        said(table, found, name, order)
    found = closed(found, by)
    assert table.pairs(found) == {"aY", "bX"}
    assert [(each.needs, each.short) for each in figures(found).regions] == [(1, 1)]


def test_what_the_least_number_of_a_region_costs_is_told_of_many() -> None:
    by = coordinator()
    table = RoundTable.of({f"{need}{offer}": 0.8 for need in "abcdefghijkl" for offer in "XY"})
    _in_regions(table)
    found = asking(by, per_offer=20, least_in={"NL11": 11})
    for name in "abcdefghijkl":
        said(table, found, name, "YX")
    for name in "XY":
        said(table, found, name, "abcdefghijkl")
    found = closed(found, by)
    assert figures(found).kept == 11
    assert figures(found).outcomes["without-region-NL11"].needs == 12
    (effect,) = told.effects(figures(found))
    assert (effect.limit, effect.pairs) == ("the least number of Groningen", 0)
    api = inside(by).get(f"/api/v1/rounds/{found.pk}").json()
    assert api["settings"]["leastIn"] == {"NL11": 11}
    assert api["figures"]["regions"] == [{"region": "NL11", "least": 11, "needs": 11, "short": 0}]


def test_a_form_names_regions_a_line_each() -> None:
    by = coordinator()
    typed = {"name": "Ronde", "market": "expertise", "method": "own", "least": "50"}
    typed |= {"per_need": "1", "per_offer": "3", "kept": "0"}
    client = inside(by)
    answer = client.post("/en/rounds/new/", typed | {"least_in": "Groningen\n"})
    assert "is not a region with a number" in answer.content.decode()
    client.post("/en/rounds/new/", typed | {"least_in": "Groningen: 5\r\nNL12: 3\r\n"})
    found = MatchingRound.objects.get()
    assert found.least_in == {"NL11": 5, "NL12": 3}
    assert "Groningen: 5\nFriesland" in client.get(f"/en/rounds/{found.pk}/edit/").content.decode()


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"method": "best", "least_in": {"NL11": 1}}, "least-in-order"),
        ({"method": "own", "least_in": {"NL1": 1, "NL11": 1}}, "regions-apart"),
        ({"method": "own", "least_in": {"NL11": 0}}, "least-in-range"),
        ({"method": "own", "least_in": {f"Nergens {n}": 1 for n in range(13)}}, "least-in-range"),
        ({"method": "own", "least_in": {"Nergensland": 1}}, "region-unknown"),
    ],
)
def test_least_numbers_that_make_no_sense_are_refused_at_their_field(
    settings: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        made(coordinator(), **settings)
    assert refused.value.code == code
