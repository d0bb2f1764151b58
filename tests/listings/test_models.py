"""Listings, readings and matches: what the database itself refuses."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from katalysator.listings.models import Kind, Listing
from tests import builders

pytestmark = pytest.mark.django_db

REFUSED: dict[str, list[dict[str, Any]]] = {
    "listing_ends_after_start": [{"start": date(2026, 2, 2), "end": date(2026, 2, 1)}],
    "listing_has_capacity": [{"capacity": 0}],
    "listing_membership_is_of_its_person": [{"membership": True}],
    "listing_has_a_place": [{"areas": []}, {"regions": []}, {"text": ""}],
}
ACCEPTED: dict[str, list[dict[str, Any]]] = {
    "listing_ends_after_start": [
        {"start": date(2026, 2, 2), "end": date(2026, 2, 2)},
        {"start": date(2026, 2, 2), "end": None},
        {"start": None, "end": date(2026, 2, 1)},
    ],
    "listing_has_capacity": [{"capacity": 1}],
    "listing_has_a_place": [
        {"areas": ["zorg"], "regions": ["NL"], "text": "x"},
        {"areas": [], "regions": [], "text": "", "state": "draft"},
    ],
}


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The same, with a membership where one is to stand."""
    made = builders.found_as().memberships.first() if "membership" in fields else None
    return {**fields, **({"membership": made} if made else {})}


def cases(table: dict[str, list[dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, fields) for name, rows in table.items() for fields in rows]


@pytest.mark.parametrize(("constraint", "fields"), cases(REFUSED))
def test_the_database_refuses_what_cannot_be(constraint: str, fields: dict[str, Any]) -> None:
    listing = builders.listing(builders.organisation())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(**filled(fields))


@pytest.mark.parametrize(("constraint", "fields"), cases(ACCEPTED))
def test_the_database_accepts_the_edge(constraint: str, fields: dict[str, Any]) -> None:
    listing = builders.listing(builders.organisation())
    assert Listing.objects.filter(pk=listing.pk).update(**fields) == 1


@pytest.mark.parametrize("state", ["published", "matched", "closed", "expired"])
@pytest.mark.parametrize("missing", [{"areas": []}, {"regions": []}, {"text": ""}])
def test_only_a_draft_may_be_unfinished(state: str, missing: dict[str, Any]) -> None:
    listing = builders.draft(builders.organisation())
    Listing.objects.filter(pk=listing.pk).update(**missing)
    with pytest.raises(IntegrityError, match="listing_has_a_place"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state=state)


@pytest.mark.parametrize("field", ["capacity", "min_capacity"])
def test_no_number_of_places_is_negative(field: str) -> None:
    listing = builders.listing(builders.organisation())
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(**{field: -1})


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 121},
        {"capacity": 2**31},
    ],
)
def test_what_is_too_long_or_too_large_is_refused_not_cut(fields: dict[str, Any]) -> None:
    listing = builders.listing(builders.organisation())
    with pytest.raises(DatabaseError), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(**fields)


def test_a_number_of_ones_own_is_of_one_listing_of_a_kind() -> None:
    owner = builders.organisation()
    first, second = builders.listing(owner, reference="A1"), builders.listing(owner)
    with pytest.raises(IntegrityError, match="listing_reference_once"), transaction.atomic():
        Listing.objects.filter(pk=second.pk).update(reference="A1")
    builders.listing(owner, Kind.OFFER, reference="A1")
    builders.listing(builders.organisation(), reference="A1")
    assert Listing.objects.filter(pk=first.pk).update(reference="") == 1  # as the second has


def test_a_number_of_somebodys_own_is_of_one_listing_of_a_kind_beside_those_of_the_organisation() -> (
    None
):
    person = builders.found_as()
    builders.listing(person.organisations.get(), reference="A1")
    builders.listing(person, reference="A1")
    second = builders.listing(person)
    with pytest.raises(IntegrityError, match="listing_own_reference_once"), transaction.atomic():
        Listing.objects.filter(pk=second.pk).update(reference="A1")
    builders.listing(person, Kind.OFFER, reference="A1")


def pair() -> tuple[Listing, Listing]:
    return builders.listing(builders.organisation()), builders.listing(
        builders.organisation(), Kind.OFFER
    )


def test_every_constraint_of_this_room_is_tested_here() -> None:
    tested = {*REFUSED, "listing_reference_once", "listing_own_reference_once"}
    declared = {
        constraint.name
        for model in apps.get_app_config("listings").get_models()
        for constraint in model._meta.constraints
    }
    assert declared == tested


def test_a_listing_stays_when_its_author_goes() -> None:
    owner = builders.organisation()
    author = builders.person(owner)
    listing = builders.listing(owner)
    Listing.objects.filter(pk=listing.pk).update(author=author)
    author.delete()
    listing.refresh_from_db()
    assert listing.author is None


def test_a_listing_is_found_by_the_words_of_its_title_and_text() -> None:
    listing, _ = pair()
    before = Listing.objects.values_list("search", flat=True).get(pk=listing.pk)
    Listing.objects.filter(pk=listing.pk).update(title="Zeehonden tellen")
    after = Listing.objects.values_list("search", flat=True).get(pk=listing.pk)
    assert "zeehond" not in before
    assert "zeehond" in after


@pytest.mark.parametrize(("kind", "other"), [(Kind.NEED, Kind.OFFER), (Kind.OFFER, Kind.NEED)])
def test_each_kind_is_the_other_half_of_the_other(kind: Kind, other: Kind) -> None:
    assert kind.other is other


def test_what_is_stated_is_read_from_its_columns_and_its_terms() -> None:
    listing = builders.listing(
        builders.organisation(), Kind.NEED, "capital", end=date(2026, 3, 1), min_capacity=2
    )
    assert Listing.objects.get(pk=listing.pk).stated() == {
        "stage": ["pre-seed"],
        "instrument": ["equity"],
        "ticket": None,
        "period": {"min": None, "max": "2026-03-01"},
        "capacity": {"capacity": 1, "min_capacity": 2},
    }


def test_a_listing_knows_its_market_its_half_and_its_page() -> None:
    need, offer = pair()
    assert (need.is_need, offer.is_need) == (True, False)
    assert need.market_class.slug == "expertise"
    assert str(need) == need.title
    with translation.override("nl"):
        assert need.get_absolute_url() == f"/nl/listings/{need.pk}/"
