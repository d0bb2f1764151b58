"""Fairness of a run: figures by their definition, intervals that hold, and nothing about the few."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching.group_fairness import (
    SMALLEST_GROUP,
    Estimate,
    GroupFairness,
    fairness,
)
from tests.examples import examples


def run(
    *groups: tuple[str, int, float], seed: int = 0, data: int = 1, samples: int = 1_000
) -> dict[str, GroupFairness | None]:
    """Groups of a name, a size and a chance of a seat; all else is drawn alike for everybody."""
    label = np.repeat([name for name, _, _ in groups], [size for _, size, _ in groups])
    chance = np.repeat([chance for _, _, chance in groups], [size for _, size, _ in groups])
    random = np.random.default_rng(data)
    found = fairness(
        label,
        exposure=random.pareto(3.0, label.size),
        placed=random.random(label.size) < chance,
        score=random.random(label.size),
        price=random.random(label.size) / 10,
        seed=seed,
        samples=samples,
    )
    return dict(found)


def assert_certain(found: Estimate | None, value: float) -> None:
    """What does not vary has no doubt."""
    assert found is not None
    assert astuple(found) == pytest.approx((value, value, value))


def published(found: dict[str, GroupFairness | None], name: str) -> GroupFairness:
    group = found[name]
    assert group is not None
    return group


# --- what each group has -------------------------------------------------------------------------


def test_each_figure_is_that_of_its_definition() -> None:
    label = ["a"] * 20 + ["b"] * 40
    placed = np.array([True] * 15 + [False] * 5 + [True] * 12 + [False] * 28)
    seen = np.array([3.0] * 20 + [1.0] * 40)
    score = np.where(placed, np.repeat([0.8, 0.6], [20, 40]), np.nan)
    price = np.repeat([0.01, 0.03], [20, 40])
    found = fairness(label, exposure=seen, placed=placed, score=score, price=price)
    a, b = found["a"], found["b"]
    assert a is not None
    assert b is not None
    assert (a.people, b.people) == (20, 40)
    assert b.selection is not None
    assert b.selection.value == pytest.approx(0.3 / 0.75)
    for group, seen_more, worth, lost in ((a, 1.8, 0.8, 0.01), (b, 0.6, 0.6, 0.03)):
        assert_certain(group.exposure, seen_more)
        assert_certain(group.quality, worth)
        assert_certain(group.price, lost)
    assert_certain(a.selection, 1.0)


def test_below_four_fifths_is_a_signal_only_beyond_doubt() -> None:
    many = run(("a", 5_000, 0.8), ("b", 5_000, 0.6))
    few = run(("a", 20, 0.8), ("b", 20, 0.6), data=3)
    assert published(many, "b").falls_behind
    assert not published(many, "a").falls_behind
    assert not published(few, "b").falls_behind
    assert not published(run(("a", 5_000, 0.8), ("b", 5_000, 0.75)), "b").falls_behind


def test_without_lists_or_seats_there_is_no_ratio() -> None:
    nothing = np.zeros(SMALLEST_GROUP)
    found = fairness(
        ["a"] * SMALLEST_GROUP, exposure=nothing, placed=nothing > 0, score=nothing, price=nothing
    )
    group = found["a"]
    assert group == GroupFairness(SMALLEST_GROUP, None, None, None, Estimate(0.0, 0.0, 0.0))
    assert not group.falls_behind


def test_an_empty_run_has_no_groups() -> None:
    nothing = np.zeros(0)
    assert fairness([], exposure=nothing, placed=nothing > 0, score=nothing, price=nothing) == {}


def test_the_labels_come_in_order_and_whole_numbers_do_as_well() -> None:
    nothing = np.zeros(3 * SMALLEST_GROUP)
    label = np.repeat([10, 2, 1], SMALLEST_GROUP)
    found = fairness(label, exposure=nothing, placed=nothing > 0, score=nothing, price=nothing)
    assert list(found) == ["1", "2", "10"]


# --- the few -------------------------------------------------------------------------------------


def test_a_group_too_small_is_not_published_not_even_as_the_best_off() -> None:
    found = run(("a", SMALLEST_GROUP - 1, 1.0), ("b", SMALLEST_GROUP, 0.9), ("c", 200, 0.2))
    assert found["a"] is None
    assert published(found, "b").selection == Estimate(1.0, 1.0, 1.0)


def test_a_group_too_small_still_counts_in_the_whole_that_others_are_set_against() -> None:
    label = ["a"] * (SMALLEST_GROUP - 1) + ["b"] * 10
    seen = np.array([2.0] * (SMALLEST_GROUP - 1) + [1.0] * 10)
    nothing = np.zeros(len(label))
    found = fairness(label, exposure=seen, placed=nothing > 0, score=nothing, price=nothing)
    assert_certain(published(dict(found), "b").exposure, 19 / 28)


@pytest.mark.parametrize(("placed", "told"), [(SMALLEST_GROUP - 1, False), (SMALLEST_GROUP, True)])
def test_the_mean_of_a_few_scores_is_not_published(placed: int, told: bool) -> None:
    ones, seat = np.ones(30), np.arange(30) < placed
    group = fairness(["a"] * 30, exposure=ones, placed=seat, score=ones, price=ones)["a"]
    assert group is not None
    assert (group.quality is not None) == told


# --- the doubt -----------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bits() -> None:
    one, other = (run(("a", 50, 0.5), ("b", 900, 0.4)) for _ in range(2))
    assert one == other
    assert one != run(("a", 50, 0.5), ("b", 900, 0.4), seed=1)


@pytest.mark.parametrize("size", [30, 500, 2_000])
def test_the_interval_of_a_mean_is_that_of_drawing_people_one_by_one(size: int) -> None:
    random = np.random.default_rng(size)
    value = random.pareto(3.0, size)
    drawn = value[random.integers(size, size=(2_000, size))].mean(axis=1)
    found = fairness(
        ["a"] * size,
        exposure=value,
        placed=value > 9.0,
        score=value,
        price=value,
        samples=2_000,
    )["a"]
    assert found is not None
    assert found.price is not None
    assert found.price.value == pytest.approx(value.mean())
    width = np.quantile(drawn, 0.975) - np.quantile(drawn, 0.025)
    assert found.price.low == pytest.approx(np.quantile(drawn, 0.025), abs=0.1 * width)
    assert found.price.high == pytest.approx(np.quantile(drawn, 0.975), abs=0.1 * width)


def test_the_interval_of_the_selection_ratio_covers_the_truth_as_often_as_it_says() -> None:
    covered = []
    for data in range(100):
        found = run(("a", 400, 0.8), ("b", 300, 0.6), data=data, samples=300)
        ratio = published(found, "b").selection
        assert ratio is not None
        covered.append(ratio.low <= 0.75 <= ratio.high)
    assert 0.88 <= np.mean(covered) <= 0.99


@examples(50)
@given(
    arrays(np.int64, 60, elements=st.integers(0, 2)),
    arrays(np.bool_, 60),
    arrays(np.float64, 60, elements=st.integers(0, 20).map(float)),
)
def test_every_interval_is_in_order_and_the_exposures_weigh_up(
    label: np.ndarray, placed: np.ndarray, seen: FloatArray
) -> None:
    found = fairness(label, exposure=seen, placed=placed, score=seen, price=seen, samples=50)
    groups = [group for group in found.values() if group is not None]
    for group in groups:
        for figure in (group.exposure, group.selection, group.quality, group.price):
            assert figure is None or figure.low <= figure.high
        assert group.selection is None or group.selection.value <= 1.0
    if len(groups) == len(found) and seen.any():
        parts = [group.people * group.exposure.value for group in groups if group.exposure]
        assert sum(parts) == pytest.approx(60)


def test_a_best_off_group_that_a_sample_leaves_without_seats_leaves_no_bound() -> None:
    placed = np.array([True, *[False] * 9, True, *[False] * 19])
    label, nothing = ["a"] * 10 + ["b"] * 20, np.zeros(30)
    b = fairness(label, exposure=nothing, placed=placed, score=nothing, price=nothing)["b"]
    assert b is not None
    assert b.selection is not None
    assert (b.selection.value, b.selection.high) == (0.5, np.inf)


# --- what is refused -----------------------------------------------------------------------------


def test_lists_must_be_of_one_length_and_finite() -> None:
    two, three = np.ones(2), np.ones(3)
    with pytest.raises(ValueError, match="the lists differ in length"):
        fairness(["a", "b"], exposure=two, placed=two > 0, score=two, price=three)
    broken = np.array([np.nan, 1.0])
    with pytest.raises(ValueError, match="price has values that are not finite"):
        fairness(["a", "b"], exposure=two, placed=two > 0, score=two, price=broken)
    with pytest.raises(ValueError, match="score has values that are not finite"):
        fairness(["a", "b"], exposure=two, placed=two > 0, score=broken, price=two)
    assert fairness(["a", "b"], exposure=two, placed=two > 1, score=broken, price=two)
