"""Facets leave exactly the items that hold an allowed label of each facet named."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Facets

LABELS = ("a", "b", "c")
one = st.sampled_from(LABELS)
several = st.lists(one, max_size=3)


@st.composite
def choices(draw: st.DrawFn) -> dict[str, list[str] | list[list[str]]]:
    size = draw(st.integers(0, 12))
    return {
        "single": draw(st.lists(one, min_size=size, max_size=size)),
        "several": draw(st.lists(several, min_size=size, max_size=size)),
    }


withins = st.fixed_dictionaries(
    {}, optional={"single": one | several, "several": one | several | st.just("nobody's")}
)


@given(choices(), withins)
def test_survivors_hold_an_allowed_label_of_every_facet(
    labels: dict[str, list[str] | list[list[str]]], within: dict[str, str | list[str]]
) -> None:
    facets = Facets.of(labels)
    left = facets.survivors(within)
    assert left.dtype == np.int32
    assert left.tolist() == [
        row
        for row in range(len(labels["single"]))
        if all(as_set(labels[name][row]) & as_set(allowed) for name, allowed in within.items())
    ]


@given(choices(), withins, st.integers(0, 99))
def test_items_in_another_order_are_the_same_items(
    labels: dict[str, list[str] | list[list[str]]],
    within: dict[str, str | list[str]],
    seed: int,
) -> None:
    facets = Facets.of(labels)
    order = np.random.default_rng(seed).permutation(facets.items)
    moved = facets.arranged(order)
    assert sorted(order[moved.survivors(within)]) == facets.survivors(within).tolist()


def as_set(labels: str | list[str]) -> set[str]:
    return {labels} if isinstance(labels, str) else set(labels)


def test_items_that_choose_alike_lie_together() -> None:
    facets = Facets.of({"market": list("abab"), "level": ["1", "2", "1", "1"]})
    assert facets.order().tolist() == [0, 2, 3, 1]


def test_no_facet_leaves_everything_and_no_label_nothing() -> None:
    facets = Facets.of({"market": ["a", "b"]})
    assert facets.survivors({}).tolist() == [0, 1]
    assert facets.survivors({"market": []}).tolist() == []
    assert facets.survivors({"market": "c"}).tolist() == []


def test_a_facet_that_does_not_exist_is_refused() -> None:
    facets = Facets.of({"market": ["a"], "level": ["b"]})
    with pytest.raises(ValueError, match=r"no facet 'regio'; there are \['level', 'market'\]"):
        facets.survivors({"regio": "NL"})


def test_facets_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="same number of items"):
        Facets.of({"market": ["a"], "level": ["b", "c"]})
