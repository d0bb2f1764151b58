"""The list of markets: a room adds its own, a name is given once; and what a market makes of values."""

from math import inf
from typing import Any

import pytest

from katalysator.coalition.blocks import Block
from katalysator.core.terms import Asked, Level, Number, Several, Text
from katalysator.faults import InvalidInput
from katalysator.listings.market import Market, market, markets, register, stored_ranges
from tests.listings.tide import Tide


def test_a_market_is_found_by_its_name(tide: type[Market]) -> None:
    assert market("tide") is tide
    assert list(markets())[-1] is tide


def test_a_name_is_given_once(tide: type[Market]) -> None:
    with pytest.raises(ValueError, match="'tide' already"):
        register(Tide)
    assert [each.slug for each in markets()].count("tide") == 1


def test_an_unknown_market_is_an_error() -> None:
    with pytest.raises(KeyError, match="tide"):
        market("tide")


def test_a_market_has_the_terms_that_it_declares_in_their_order_and_those_of_every_market() -> None:
    own = ["phase", "mood", "depth", "draught", "quay", "wind", "remark"]
    assert list(Tide.own_terms()) == own
    assert list(Tide.terms) == [*own, "period", "capacity"]
    assert {name: term.name for name, term in Tide.terms.items()} == {
        name: name for name in Tide.terms
    }


def test_a_market_may_build_on_another_and_say_a_term_otherwise() -> None:
    class Spring(Tide):
        slug = "spring"
        height = Number("Height")
        mood = Text("Mood")  # type: ignore[assignment]
        quay = None  # type: ignore[assignment]

    assert list(Spring.own_terms())[:2] == ["height", "mood"]
    assert isinstance(Spring.terms["mood"], Text)
    assert isinstance(Tide.terms["mood"], Several)
    assert set(Spring.terms) == {*Tide.terms, "height"} - {"quay"}


def test_hard_terms_are_told_from_soft_ones() -> None:
    hard = {"phase", "depth", "draught", "quay", "wind", "period", "capacity"}
    assert set(Tide.hard_terms()) == hard


def test_a_market_without_terms_has_those_of_every_market() -> None:
    class Plain(Market):
        slug = "plain"

    assert list(Plain.terms) == ["period", "capacity"]
    assert Plain.own_terms() == {}


NOTHING = {"period": None, "capacity": {"capacity": 1, "min_capacity": 1}}


def test_values_are_kept_by_term_none_where_nothing_is_said() -> None:
    said = {"phase": ("flood", "ebb"), "depth": {"min": 3, "max": None}, "remark": "  "}
    assert Tide.clean(said) == {
        "phase": ["ebb", "flood"],
        "mood": None,
        "depth": {"min": 3, "max": None},
        "draught": None,
        "quay": None,
        "wind": None,
        "remark": None,
        **NOTHING,
    }


@pytest.mark.parametrize(
    ("values", "place", "sentence"),
    [
        ({"phase": ["spring"]}, "phase", "Choose from: ebb, flood"),
        ({"phase": "ebb"}, "phase", "“ebb” is not a value for this"),
        ({"colour": ["blue"]}, "colour", "no term “colour” in this market. Its terms are: phase"),
        ({"start": "2026-01-01"}, "start", "no term “start”"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    values: dict[str, Any], place: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        Tide.clean(values)
    assert refused.value.where == (place,)


def test_what_must_be_stated_and_is_not_is_missing() -> None:
    missing = [term.name for term in Tide.missing(Tide.clean({}))]
    assert missing == ["phase", "mood", "draught"]
    full = Tide.clean({"phase": ["ebb"], "mood": ["calm"], "draught": 0})
    assert Tide.missing(full) == []


def test_labels_are_the_choices_of_hard_terms_that_are_not_compared_by_intervals() -> None:
    values = Tide.clean({"phase": ["ebb"], "mood": ["calm"], "quay": "north", "wind": "gale"})
    assert Tide.labels(values) == {"phase": ("ebb",), "quay": ("north",)}
    assert Tide.labels(Tide.clean({})) == {}


def test_ranges_are_the_intervals_of_hard_terms_that_are_stated() -> None:
    values = Tide.clean({"depth": {"min": None, "max": 7}, "draught": 4, "wind": "breeze"})
    assert Tide.ranges("need", values) == {
        "depth": (-inf, 7),
        "draught": (4, inf),
        "wind": (1, inf),
        "capacity": (1, inf),
    }
    assert Tide.ranges("offer", values) == {
        "depth": (-inf, 7),
        "draught": (-inf, 4),
        "wind": (-inf, 1),
        "capacity": (-inf, 1),
    }


def test_an_open_end_is_left_out_of_the_table() -> None:
    ranges = {"a": (-inf, 2.0), "b": (0.0, inf), "c": (1.5, 3.0), "d": (-inf, inf)}
    kept = {"a": {"high": 2.0}, "b": {"low": 0.0}, "c": {"low": 1.5, "high": 3.0}, "d": {}}
    assert stored_ranges(ranges) == kept


def test_a_need_may_ask_for_at_most() -> None:
    class Toll(Market):
        slug = "toll"
        label = "Toll"
        blocks = (Block.DATA,)
        fee = Number("Fee", asks=Asked.AT_MOST, hard=True)
        soft = Level("Soft", {"a": "A", "b": "B"})

    values = Toll.clean({"fee": 5, "soft": "b"})
    assert Toll.ranges("need", values)["fee"] == (-inf, 5)
    assert Toll.ranges("offer", values)["fee"] == (5, inf)
    assert "soft" not in Toll.ranges("need", values)
