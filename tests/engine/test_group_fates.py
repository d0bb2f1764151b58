"""What a run gave the people of each label: nothing of a few can be told from what is told of many."""

import numpy as np
import polars as pl
from hypothesis import given, strategies as st

from katalysator.engine.matching import SMALLEST_GROUP, Groups, fates_by_group
from tests.engine.makers import fates


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_no_figure_is_of_fewer_people_than_the_limit(sizes: list[int]) -> None:
    """Neither as it stands nor by subtraction; and nobody is lost or counted twice."""
    of = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    placed = np.random.default_rng(sum(sizes)).random(of.size) < 0.5
    labels = pl.Series([f"label {n}" for n in range(len(sizes))])
    groups = fates_by_group(Groups(labels, of), fates(placed))
    assert sum(group.people for group in groups) == of.size
    assert sum(group.unplaced for group in groups) == np.count_nonzero(~placed)
    assert sum(group.labels for group in groups) == np.count_nonzero(sizes)
    assert all(group.people >= SMALLEST_GROUP for group in groups) or len(groups) == 1
    assert all((group.fairness is None) == (group.label is None) for group in groups)
    assert [group.share for group in groups] == sorted((g.share for g in groups), reverse=True)


def test_a_label_that_is_not_shown_is_not_the_best_off() -> None:
    """All of the small ones have a seat; else their share could be read from the others."""
    of = np.repeat(np.arange(4, dtype=np.int32), [20, 20, 6, 6])
    placed = np.concatenate([np.arange(20) < 10, np.arange(20) < 5, np.ones(12, np.bool_)])
    groups = fates_by_group(Groups(pl.Series(list("abcd")), of), fates(placed))
    rows = {group.label: group.fairness for group in groups}
    assert rows[None] is None
    found = [row.selection for label in "ab" if (row := rows[label])]
    assert [each and each.value for each in found] == [1.0, 0.5]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_no_score_of_a_few_follows_from_the_total(sizes: list[tuple[int, int]]) -> None:
    """The people with a seat whose quality is not told are none, or at least ten; or all."""
    of = np.repeat(np.arange(len(sizes), dtype=np.int32), [size for size, _ in sizes])
    placed = np.concatenate([np.arange(size) < some for size, some in sizes])
    labels = pl.Series([str(n) for n in range(len(sizes))])
    groups = fates_by_group(Groups(labels, of), fates(placed))
    told = [group for group in groups if group.fairness and group.fairness.quality]
    hidden = placed.sum() - sum(group.people - group.unplaced for group in told)
    assert hidden == 0 or hidden >= 10 or not told
    assert all(group.people - group.unplaced >= 10 for group in told)
