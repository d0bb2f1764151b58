"""Pairs in rows: each row in falling order, whatever the lengths of the others."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import ordering
from katalysator.engine.matching.ordering import falling, ranks

Row = list[tuple[int, float]]

rows = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from((-0.5, 0.0, 0.25, 1.0))), max_size=6),
    max_size=8,
)


def flat(market: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pairs = [pair for row in market for pair in row]
    count = np.array([len(row) for row in market], np.int64)
    offer = np.array([offer for offer, _ in pairs], np.int64)
    return count, np.array([score for _, score in pairs], np.float64), offer


@given(rows, st.integers(1, 9))
def test_each_row_falls_and_equals_go_by_offer(market: list[Row], cells: int) -> None:
    count, score, offer = flat(market)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_CELLS", cells)
        order = falling(count, score, offer)
    need = np.repeat(np.arange(len(count)), count)
    expected = sorted(range(len(score)), key=lambda n: (need[n], -score[n], offer[n], n))
    assert order.tolist() == expected


@given(rows)
def test_ranks_begin_at_each_row(market: list[Row]) -> None:
    count, _, _ = flat(market)
    assert ranks(count).tolist() == [n for row in market for n in range(len(row))]
