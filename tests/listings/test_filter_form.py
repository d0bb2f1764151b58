"""The form that narrows a list down."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Hub
from katalysator.listings.filters import FilterForm

pytestmark = pytest.mark.django_db


def test_it_offers_all_of_everything_first() -> None:
    Hub.objects.create(slug="hub", name="Voorbeeldhub", regions=["NL31"])
    fields = FilterForm().fields
    for name in ("kind", "market", "area", "block", "region", "hub", "show"):
        choices = list(fields[name].choices)  # type: ignore[attr-defined]
        assert choices[0] == ("", "All")
        assert len(choices) > 1
    assert ("hub", "Voorbeeldhub") in fields["hub"].choices  # type: ignore[attr-defined]


def test_nothing_is_required() -> None:
    assert FilterForm({}).is_valid()


def test_it_asks_for_areas_and_hubs_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        FilterForm({"area": "zorg", "hub": ""}).is_valid()
