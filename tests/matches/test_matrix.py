"""The coalition in one picture: counts by area and block. Who sees what: `test_visibility.py`."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import given, strategies as st
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Hub
from katalysator.coalition.verbs import admit
from katalysator.engine.matching.explanation import GOOD, POSSIBLE
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.matrix import Counts, counted
from katalysator.matches.place import Place
from tests import builders
from tests.examples import examples
from tests.matches.steps import NEED, OFFER, match_all

pytestmark = pytest.mark.django_db

CODES = st.sampled_from(["NL", "NL3", "NL31", "NL310", "NL32", "NL42", "BE2", "DE"])

ANYONE = AnonymousUser()


def listing(kind: Kind = Kind.NEED, block: str = "data", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, block=block, **fields)


def test_nothing_open_is_nothing_counted() -> None:
    builders.draft(builders.organisation())
    verbs.move(listing(), "close", by=builders.HOUSE)
    assert counted(ANYONE) == {}


def test_each_half_is_counted_in_its_cell_and_in_the_total() -> None:
    listing()
    listing(Kind.OFFER)
    listing(Kind.OFFER, areas=("agro",))
    listing(block="trust")
    assert counted(ANYONE) == {
        ("zorg", "data"): Counts(1, 1, 0),
        ("agro", "data"): Counts(0, 1, 0),
        ("", "data"): Counts(1, 2, 0),
        ("zorg", "trust"): Counts(1, 0, 0),
        ("", "trust"): Counts(1, 0, 0),
    }


def test_two_areas_are_two_rows_and_one_in_the_total() -> None:
    listing(areas=("zorg", "agro"))
    counts = counted(ANYONE)
    assert [counts[area, "data"].needs for area in ("zorg", "agro", "")] == [1, 1, 1]


def test_served_needs_possible_ones_and_gaps_are_all_the_needs() -> None:
    for best in (0.0, POSSIBLE - 0.01, POSSIBLE, GOOD - 0.01, GOOD, 0.9):
        Listing.objects.filter(pk=listing().pk).update(best=best)
    Listing.objects.filter(pk=listing(Kind.OFFER).pk).update(best=0.9)
    cell = counted(ANYONE)["zorg", "data"]
    assert (cell.needs, cell.matches, cell.possible, cell.gaps, cell.offers) == (6, 2, 2, 2, 1)


def test_a_region_and_a_hub_narrow_the_count() -> None:
    listing(regions=("NL31",))
    listing(regions=("NL42",))
    listing(Kind.OFFER, regions=("NL",))
    hub = Hub(slug="zuid", name="Voorbeeldhub Zuid", regions=["NL41", "NL42"])
    assert counted(ANYONE)["", "data"] == Counts(2, 1, 0)
    assert counted(ANYONE, region="NL31")["", "data"] == Counts(1, 1, 0)
    assert counted(ANYONE, region="NL11")["", "data"] == Counts(0, 1, 0)
    assert counted(ANYONE, hub=hub)["", "data"] == Counts(1, 1, 0)
    assert counted(ANYONE, region="NL31", hub=hub)["", "data"] == Counts(0, 1, 0)


@given(
    listings=st.lists(st.lists(CODES, min_size=1, max_size=3, unique=True), max_size=6),
    region=st.sampled_from(["", "NL", "NL3", "NL31"]),
    hub=st.none() | st.lists(CODES, max_size=2),
)
@examples(60)
def test_a_place_has_what_its_list_has(
    listings: list[list[str]], region: str, hub: list[str] | None
) -> None:
    with transaction.atomic():
        for codes in listings:
            listing(regions=codes)
        served_by = None if hub is None else Hub(slug="hub", name="Voorbeeldhub", regions=hub)
        found = Place(region, served_by).reached(Listing.objects.visible_to(ANYONE).open())
        counts = counted(ANYONE, region=region, hub=served_by)
        assert counts.get(("", "data"), Counts()).needs == found.count()
        transaction.set_rollback(True)


class TestKeepingTheCount:
    def test_it_is_counted_once_for_each_change(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        listing()
        first = counted(ANYONE)
        with django_assert_num_queries(1):
            assert counted(ANYONE) == first

    def test_only_the_market_that_changed_is_counted_again_for_all_places(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        owner = builders.organisation()
        builders.listing(owner, block="data", regions=("NL31",))
        counted(ANYONE)
        builders.listing(owner, block="data", regions=("NL42",))
        with django_assert_num_queries(2):
            assert counted(ANYONE)["", "data"].needs == 2
        for region, needs in (("NL31", 1), ("NL42", 1), ("NL", 2)):
            with django_assert_num_queries(1):
                assert counted(ANYONE, region=region)["", "data"].needs == needs

    def test_deeds_that_are_not_about_listings_leave_it(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        listing()
        first = counted(ANYONE)
        admit("lid@voorbeeld.example", by=builders.HOUSE)
        with django_assert_num_queries(1):
            assert counted(ANYONE) == first

    def test_more_listings_are_as_many_queries(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        owner = builders.organisation()
        counted(ANYONE)
        for _ in range(3):
            builders.listing(owner, areas=("zorg", "agro"))
        with django_assert_num_queries(2):
            counted(ANYONE)

    @pytest.mark.parametrize("verb", ["close", "settle", "withdraw", "expire"])
    def test_every_deed_shows_at_once(self, verb: str) -> None:
        need = listing()
        assert counted(ANYONE)
        verbs.move(need, verb, by=builders.HOUSE)
        assert counted(ANYONE) == {}

    def test_an_edit_shows_at_once(self) -> None:
        need = listing()
        counted(ANYONE)
        verbs.edit(need, by=builders.HOUSE, content=builders.content(block="data", areas=("agro",)))
        assert ("zorg", "data") not in counted(ANYONE)
        assert counted(ANYONE)["agro", "data"] == Counts(1, 0, 0)

    def test_new_matches_show_after_the_allocation(self) -> None:
        listing(**NEED)
        listing(Kind.OFFER, **OFFER)
        assert counted(ANYONE)["zorg", "data"] == Counts(1, 1, 0)
        match_all()
        assert counted(ANYONE)["zorg", "data"] == Counts(1, 1, 1)

    def test_an_allocation_of_any_market_renews_it(self) -> None:
        need = listing()
        counted(ANYONE)
        Listing.objects.filter(pk=need.pk).update(best=0.9)
        allocate("pilot")
        assert counted(ANYONE)["zorg", "data"].matches == 1

    def test_regions_are_kept_apart(self) -> None:
        listing(regions=("NL31",))
        assert counted(ANYONE, region="NL42") == {}
        assert counted(ANYONE, region="NL31")["", "data"].needs == 1
