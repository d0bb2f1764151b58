"""Columns of many records, written at once."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.core.columns import write_columns
from tests import builders

pytestmark = pytest.mark.django_db


def test_only_these_columns_are_written_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [builders.organisation(name=f"Voorbeeld {number}") for number in range(3)]
    for row in rows:
        row.name, row.website = f"Voorbeeld nr. {row.pk}", "https://elders.example/"
    with django_assert_num_queries(1):
        write_columns(rows, ["name"])
    kept = Organisation.objects.in_bulk([row.pk for row in rows])
    assert [kept[row.pk].name for row in rows] == [f"Voorbeeld nr. {row.pk}" for row in rows]
    assert not any(row.website.startswith("https://elders") for row in kept.values())


def test_a_record_that_is_gone_stays_gone_and_nothing_is_no_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    gone = builders.organisation(name="Voorbeeld weg")
    Organisation.objects.filter(pk=gone.pk).delete()
    write_columns([gone], ["name"])
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    with django_assert_num_queries(0):
        write_columns([], ["name"])
