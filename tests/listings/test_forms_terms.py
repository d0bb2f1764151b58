"""The form in the market of the tests, which has every kind of term."""

from datetime import date
from typing import Any

import pytest

from katalysator.coalition.blocks import Block
from katalysator.core.terms import Number, Range
from katalysator.listings.forms import ListingForm, initial_of
from katalysator.listings.market import Market
from katalysator.listings.models import Kind
from tests import builders
from tests.listings.filled import Sent, as_sent, form
from tests.listings.tide import STATED, registered

pytestmark = pytest.mark.django_db


TYPED: Sent = {
    "phase": ["flood", "ebb"],
    "mood": ["calm"],
    "depth_min": "3",
    "depth_max": "",
    "draught": "4",
    "quay": "north",
    "wind": "breeze",
    "remark": " Mind the gap ",
}


def filled(fields: Sent | None = None, **more: Any) -> ListingForm:
    return form({**TYPED, **(fields or {})}, slug="tide", **more)


def test_each_reads_its_fields(tide: type[Market]) -> None:
    sent = filled()
    assert sent.is_valid(), sent.errors
    terms = dict(sent.content().terms)
    assert {name: terms[name] for name in tide.own_terms()} == {
        "phase": ["ebb", "flood"],
        "mood": ["calm"],
        "depth": {"min": 3, "max": None},
        "draught": 4,
        "quay": "north",
        "wind": "breeze",
        "remark": "Mind the gap",
    }


@pytest.mark.parametrize("name", ["quay", "wind", "remark", "depth_min"])
def test_what_need_not_be_stated_may_be_left_out_or_taken_back(
    tide: type[Market], name: str
) -> None:
    answers: tuple[str | list[str], ...] = ("", [])
    for nothing in answers:
        sent = filled({name: nothing})
        assert sent.is_valid(), sent.errors
        assert sent.content().terms[name.removesuffix("_min")] is None


@pytest.mark.parametrize("name", ["quay", "wind"])
def test_that_a_choice_is_not_stated_can_be_chosen(tide: type[Market], name: str) -> None:
    first, *_rest = filled()[name]
    assert first.data["value"] == ""
    assert first.choice_label == "Not stated"


@pytest.mark.parametrize(
    ("fields", "place", "sentence"),
    [
        ({"draught": ""}, "draught", "required"),
        ({"draught": "4.5"}, "draught", "whole number"),
        ({"draught": "-1"}, "draught", "greater than or equal to 0"),
        ({"quay": "east"}, "quay", "not one of the available choices"),
        ({"wind": ["calm", "storm"]}, "wind", "not one of the available choices"),
        ({"depth_max": "2"}, "depth_max", "ends at 2, before it begins at 3"),
        ({"depth_max": "deep"}, "depth_max", "whole number"),
        ({"remark": "x" * 201}, "remark", "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_without_its_name(
    tide: type[Market], fields: Sent, place: str, sentence: str
) -> None:
    sent = filled(fields)
    assert set(sent.errors) == {place}
    (said,) = map(str, sent.errors[place])
    assert sentence in said
    assert not said.startswith(place.partition("_")[0])


def test_a_range_that_must_be_stated_may_be_open_at_one_end() -> None:
    class Lock(Market):
        slug = "lock"
        label = "Lock"
        blocks = (Block.DATA,)
        width = Range("Width", Number(""), ends=("From", "To"), required=True, help_text="In m")

    with registered(Lock):
        half = form({"width_min": "3"}, slug="lock")
        assert half.is_valid(), half.errors
        assert half["width_min"].help_text == "In m"
        none = form({"width_min": "", "width_max": ""}, slug="lock")
        assert none.errors == {"width_max": ["This field is required."]}
        assert form({"width_min": ""}, slug="lock", draft=True).is_valid()
        assert list(form({"width_min": "x"}, slug="lock").errors) == ["width_min"]


@pytest.mark.parametrize("kind", list(Kind))
def test_all_comes_back_as_it_was_said(tide: type[Market], kind: Kind) -> None:
    owner = builders.organisation()
    person = builders.person(owner)
    listing = builders.listing(owner, kind, "tide", terms=STATED, start=date(2026, 1, 2))
    fresh = ListingForm(market=tide, kind=kind, person=person, initial=initial_of(listing))
    data = {field.html_name: field.value() for field in fresh if field.value() is not None}
    filled = form(
        {name: as_sent(data.get(name)) for name in fresh.fields},
        person=person,
        kind=kind,
        slug="tide",
    )
    assert filled.is_valid(), filled.errors
    assert filled.content().terms == listing.stated()
