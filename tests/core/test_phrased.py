"""A query that is phrased once gives what Django gives, whatever numbers are asked for and whoever asks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext

from katalysator.core.database.phrased import by_number
from katalysator.core.kept import forget
from katalysator.listings.models import Listing
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


def shown() -> QuerySet[Listing]:
    return Listing.objects.with_all_shown()


def held(record: Model) -> dict[str, Any]:
    """All that stands in a record, and in those that came with it."""
    fields = {name: value for name, value in vars(record).items() if name != "_state"}
    cache = record._state.fields_cache
    return fields | {name: held(one) if one else None for name, one in cache.items()}


def test_records_are_those_of_django_with_what_came_along() -> None:
    owned = builders.listing(builders.organisation(), title="of an organisation")
    personal = builders.listing(builders.found_as(), title="in own name")
    numbers = [owned.pk, personal.pk]
    found, expected = by_number("shown", "", shown, numbers), shown().in_bulk(numbers)
    assert found == expected
    assert {pk: held(each) for pk, each in found.items()} == {
        pk: held(each) for pk, each in expected.items()
    }


def test_what_was_left_out_is_read_when_it_is_asked_for() -> None:
    listing = builders.listing(builders.organisation())
    [found] = by_number("shown", "", shown, [listing.pk]).values()
    assert found.get_deferred_fields() == shown().get(pk=listing.pk).get_deferred_fields()
    with CaptureQueriesContext(connection) as queries:
        assert "search" not in vars(found)
        assert found.search is not None
    assert len(queries) == 1


def test_it_is_put_into_sql_once() -> None:
    made = [builders.listing(builders.organisation()).pk for _ in range(3)]
    phrased = []

    def rows() -> QuerySet[Listing]:
        phrased.append(1)
        return shown()

    with CaptureQueriesContext(connection) as queries:
        found = [set(by_number("shown", "", rows, some)) for some in (made[:1], made[1:], made)]
    assert found == [set(made[:1]), set(made[1:]), set(made)]
    assert len(phrased) == 1
    assert len(queries) == 3


def test_another_key_is_another_query() -> None:
    listing = builders.draft(builders.organisation())
    assert by_number("seen", "all", Listing.objects.all, [listing.pk]) == {listing.pk: listing}
    stranger = partial(Listing.objects.visible_to, AnonymousUser())
    assert by_number("seen", "by strangers", stranger, [listing.pk]) == {}


def test_for_no_numbers_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert by_number("shown", "", shown, []) == {}
    assert not queries.captured_queries


def test_no_record_has_a_number_that_is_too_large() -> None:
    listing = builders.listing(builders.organisation())
    assert list(by_number("shown", "", shown, [listing.pk, 2**63, 10**40])) == [listing.pk]
    assert by_number("shown", "", shown, [10**40]) == {}


def test_of_rows_that_can_hold_nothing_there_is_nothing() -> None:
    listing = builders.listing(builders.organisation())
    for _ in range(2):
        assert by_number("none", "", Listing.objects.none, [listing.pk]) == {}


def test_each_thread_asks_on_its_own_connection() -> None:
    listing = builders.listing(builders.organisation())
    assert list(by_number("shown", "", shown, [listing.pk])) == [listing.pk]

    def elsewhere() -> tuple[dict[int, Listing], bool]:
        try:
            found = by_number("shown", "", shown, [listing.pk])
            return found, connection.connection is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:  # which does not see what this one has not committed
        assert other.submit(elsewhere).result() == ({}, True)
