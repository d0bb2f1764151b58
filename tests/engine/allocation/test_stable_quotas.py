"""Stable matching with least numbers for regions: by the definition, on every small market, in slow plain code."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import UNPLACED, Edges, Quotas, stable, stable_with_quotas
from tests.engine.allocation.test_stable import Case, crowded, markets, pairs_of, satisfaction
from tests.examples import examples


@st.composite
def regional(draw: st.DrawFn, largest: int = 9) -> tuple[Case, Quotas]:
    """Small markets whose openings are in up to three regions, or in none."""
    case = draw(markets(largest=largest))
    regions = draw(st.integers(0, 3))
    openings = case[0].openings
    region = draw(st.lists(st.integers(-1, regions - 1), min_size=openings, max_size=openings))
    least = draw(st.lists(st.integers(0, 4), min_size=regions, max_size=regions))
    return case, Quotas(np.array(region, np.int64), np.array(least, np.int64))


def blocking(case: Case, opening: IntArray) -> set[tuple[int, int]]:
    """All people and openings that would rather have each other, as the definition says."""
    edges, capacity, theirs = case
    worth = dict(zip(pairs_of(edges), theirs.tolist(), strict=True))
    has = satisfaction(edges, opening)
    found = set()
    for (i, j), own in zip(pairs_of(edges), edges.score.tolist(), strict=True):
        inside = [worth[k, j] for k in range(edges.people) if opening[k] == j]
        wanted = worth[i, j] > 0 and (
            len(inside) < capacity[j] or any(worth[i, j] > each for each in inside)
        )
        if own > has[i] and wanted and capacity[j] > 0:
            found.add((i, j))
    return found


def most_in_regions(case: Case, quotas: Quotas) -> int:
    """The most seats that count for a least number, over all matchings there are."""
    edges, capacity, theirs = case
    options: list[list[int]] = [[UNPLACED] for _ in range(edges.people)]
    for (i, j), own, other in zip(pairs_of(edges), edges.score, theirs, strict=True):
        if own > 0 and other > 0:
            options[i].append(j)
    best = 0
    for choice in product(*options):
        if all(choice.count(j) <= seats for j, seats in enumerate(capacity)):
            load = [
                sum(quotas.region[j] == r for j in choice if j >= 0)
                for r in range(quotas.least.size)
            ]
            best = max(
                best, sum(min(pair) for pair in zip(load, quotas.least.tolist(), strict=True))
            )
    return best


@examples(300)
@given(regional())
def test_everybody_sits_where_both_sides_want_it_and_no_opening_is_too_full(
    asked: tuple[Case, Quotas],
) -> None:
    (edges, capacity, theirs), quotas = asked
    found = stable_with_quotas(edges, capacity, theirs, quotas)
    wanted = {
        pair
        for pair, own, other in zip(pairs_of(edges), edges.score, theirs, strict=True)
        if own > 0 and other > 0
    }
    sits = [(i, int(j)) for i, j in enumerate(found.opening) if j != UNPLACED]
    assert set(sits) <= wanted
    assert all(
        sum(j == opening for _, j in sits) <= seats for opening, seats in enumerate(capacity)
    )


@examples(200)
@given(regional(largest=5))
def test_regions_get_their_least_number_or_as_many_as_can_be(asked: tuple[Case, Quotas]) -> None:
    case, quotas = asked
    found = stable_with_quotas(*case, quotas)
    assert (quotas.load(found.opening) >= quotas.least - found.short).all()
    assert (found.short >= 0).all()
    assert int((quotas.least - found.short).sum()) == most_in_regions(case, quotas)


@examples(300)
@given(regional())
def test_only_people_kept_for_a_region_block_and_no_more_of_them_than_its_least_number(
    asked: tuple[Case, Quotas],
) -> None:
    case, quotas = asked
    found = stable_with_quotas(*case, quotas)
    blockers = {person for person, _ in blocking(case, found.opening)}
    assert blockers == set(np.flatnonzero(found.kept).tolist())
    assert all(found.opening[person] != UNPLACED for person in blockers)
    where = [int(quotas.region[found.opening[person]]) for person in blockers]
    assert all(where.count(region) <= least for region, least in enumerate(quotas.least.tolist()))
    assert UNPLACED not in where


@examples(200)
@given(regional())
def test_where_regions_have_enough_by_choice_the_matching_is_the_stable_one(
    asked: tuple[Case, Quotas],
) -> None:
    case, quotas = asked
    free = stable(*case).opening
    enough = Quotas(quotas.region, np.minimum(quotas.least, quotas.load(free)))
    found = stable_with_quotas(*case, enough)
    assert found.opening.tolist() == free.tolist()
    assert not found.kept.any()


def test_a_crowded_market_fills_its_regions_and_few_people_are_kept() -> None:
    edges, capacity, mine, theirs = crowded()
    free = stable(edges, capacity, theirs, mine=mine).opening
    region = np.arange(edges.openings) % 4
    by_choice = Quotas(region, np.zeros(4, np.int64)).load(free)
    least = by_choice + np.array([0, 0, -20, 20]) + np.where(by_choice == by_choice.max(), -20, 0)
    found = stable_with_quotas(
        edges, capacity, theirs, Quotas(region, np.maximum(least, 0)), mine=mine
    )
    short_of = Quotas(region, least).load(found.opening) - (np.maximum(least, 0) - found.short)
    assert (short_of >= 0).all()
    assert found.kept.sum() < 0.1 * edges.people


@pytest.mark.parametrize(
    ("region", "least", "message"),
    [
        ([0], [1], r"region has shape \(1,\), not \(2,\)"),
        ([0, 1], [1], "opening 1: there is no region 1"),
        ([0, -2], [1], "opening 1: there is no region -2"),
        ([0, 0], [-1], "region 0: the least is -1; it must be at least 0"),
    ],
)
def test_regions_that_cannot_be_are_refused(
    region: list[int], least: list[int], message: str
) -> None:
    edges = Edges.from_pairs([0, 1], [0, 1], [0.5, 0.5], 2, 2)
    theirs: FloatArray = np.array([0.5, 0.5])
    with pytest.raises(ValueError, match=message):
        stable_with_quotas(
            edges, np.array([1, 1]), theirs, Quotas(np.array(region), np.array(least))
        )
