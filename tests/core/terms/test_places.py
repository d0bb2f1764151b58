"""How many: places that an offer has, and that a need looks for together."""

from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given, strategies as st

from katalysator.core.terms import Places
from katalysator.core.terms.numbers import MOST
from tests.core.terms.steps import accepts, cleaned, errors_of, named, refused, through_a_form

places = named(Places(), "capacity")
counts = st.integers(1, MOST)


@given(counts, counts)
def test_both_numbers_are_kept(capacity: int, least: int) -> None:
    said = {"capacity": capacity, "min_capacity": least}
    assert cleaned(places, said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, (1, 1)),
        ({}, (1, 1)),
        ({"capacity": 3}, (3, 1)),
        ({"min_capacity": 3}, (1, 3)),
        ({"capacity": None, "min_capacity": ""}, (1, 1)),
        ({"capacity": 2.0}, (2, 1)),
    ],
)
def test_one_is_meant_where_nothing_is_said(said: Any, kept: tuple[int, int]) -> None:
    assert tuple(cleaned(places, said).values()) == kept


@pytest.mark.parametrize("number", [0, -1, MOST + 1, True, "many", float("nan"), [], {}])
@pytest.mark.parametrize("name", ["capacity", "min_capacity"])
def test_what_is_no_number_of_places_is_refused(name: str, number: Any) -> None:
    assert refused(places, {name: number})
    assert not accepts(places, {name: number})


@pytest.mark.parametrize("value", [3, "3", [], [3], {"places": 3}, {"capacity": 3, "max": 4}])
def test_what_says_something_else_is_refused(value: Any) -> None:
    assert "is not a value for this" in refused(places, value)
    assert not accepts(places, value)


@given(counts, counts)
def test_a_form_gives_back_what_it_showed(capacity: int, least: int) -> None:
    value = {"capacity": capacity, "min_capacity": least}
    assert through_a_form(places, "need", value) == value
    assert through_a_form(places, "offer", value) == value | {"min_capacity": 1}


def test_a_need_is_asked_for_both_and_an_offer_for_one() -> None:
    assert {name: str(field.label) for name, field in places.fields("need").items()} == {
        "capacity": "How many do you look for?",
        "min_capacity": "Places that one offer must have at least",
    }
    (field,) = places.fields("offer").values()
    assert (str(field.label), field.initial, field.required) == (
        "How many can you serve?",
        1,
        False,
    )
    for typed in ("0", "100001", "1.5", "drie"):
        assert list(errors_of(places, "offer", capacity=typed)) == ["capacity"]
    assert errors_of(places, "need") == {}


def test_it_stands_in_columns_of_its_own() -> None:
    value = {"capacity": 4, "min_capacity": 2}
    assert places.kept_in == places.names == ("capacity", "min_capacity")
    assert places.to_columns(value) == value
    assert places.to_columns(None) == {"capacity": 1, "min_capacity": 1}
    assert places.from_columns(SimpleNamespace(**value)) == value


@pytest.mark.parametrize(
    ("value", "cells"), [(None, ("1", "")), ({"capacity": 4, "min_capacity": 2}, ("4", "2"))]
)
def test_in_a_table_the_least_stands_where_it_asks_something(
    value: Any, cells: tuple[str, str]
) -> None:
    assert tuple(places.to_cells(value).values()) == cells


@pytest.mark.parametrize("language", ["en", "nl"])
def test_only_more_than_one_goes_said(language: str) -> None:
    with translation.override(language):
        together = gettext("at least %(count)s together") % {"count": 2}
        assert places.words({"capacity": 1, "min_capacity": 1}) == ""
        assert places.words({"capacity": 4, "min_capacity": 1}) == "4"
        assert places.words({"capacity": 1, "min_capacity": 2}) == together
        assert places.words({"capacity": 4, "min_capacity": 2}) == f"4, {together}"


def test_a_need_asks_for_places_together_and_an_offer_has_them() -> None:
    value = {"capacity": 4, "min_capacity": 2}
    assert places.interval("need", value) == (2, inf)
    assert places.interval("offer", value) == (-inf, 4)
    assert places.condition("need", value) == Q(capacity__gte=2)
    assert places.condition("offer", value) == Q(min_capacity__lte=4)
    assert (places.agreement((2, 4)), places.refusal) == ("", "with too few places")
