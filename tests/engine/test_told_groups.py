"""How groups fare in scenarios: counted, and told only where no small number follows."""

import tracemalloc

import numpy as np

from katalysator.engine.skills import group_counts


def test_groups_and_all_are_counted_in_each_scenario() -> None:
    group = np.repeat([0, 1, 2], [40, 30, 4])
    placed = np.stack([np.arange(74) % 2 == 0, np.arange(74) % 3 == 0])
    found = group_counts(group, 3, placed)
    assert found.counts[:, :, 0].tolist() == [[20, 14], [15, 10], [2, 1], [37, 25]]
    assert found.counts.sum(axis=2).tolist() == [[40] * 2, [30] * 2, [4] * 2, [74] * 2]
    assert found.told.tolist() == [True, False, False, True]  # the second keeps the third hidden


def test_a_group_for_each_of_many_people_takes_little_memory() -> None:
    people = 2_000
    placed = np.stack([np.arange(people) % n == 0 for n in (2, 3, 5)])
    tracemalloc.start()
    found = group_counts(np.arange(people), people, placed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.told.tolist() == [False] * people + [True]
    assert peak < 50_000_000
