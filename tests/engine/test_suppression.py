"""What may be told of sums over people."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.skills import told_sums
from tests.examples import examples


def _none(parts: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros((0, parts), bool), np.zeros(0, np.int64)


def test_a_small_sum_takes_another_with_it_where_the_total_is_told() -> None:
    parts = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], bool)
    told = told_sums(parts, np.array([4, 20, 30, 54]), *_none(3))
    assert told.tolist() == [False, False, True, True]


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    parts = np.array([[1, 0], [0, 1], [1, 1]], bool)
    assert told_sums(parts, np.array([10, 0, 10]), *_none(2)).all()


def test_what_two_tables_give_away_together_is_hidden() -> None:
    # parts by pilot: a, b, c; regions {a, b} and {c}; sectors {a} and {b, c}: region one less sector one is b
    parts = np.array([[1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1], [1, 1, 1]], bool)
    counts = np.array([34, 20, 30, 24, 54])
    guarded = np.array([[0, 1, 0]], bool)
    told = told_sums(parts, counts, guarded, np.array([4]))
    shown = parts[told].astype(float)
    rank = np.linalg.matrix_rank(shown)
    assert np.linalg.matrix_rank(np.vstack([shown, guarded])) == rank + 1
    assert told.sum() >= 2


def test_a_difference_that_is_small_is_not_left() -> None:
    parts = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 1]], bool)
    told = told_sums(parts, np.array([20, 30, 56]), *_none(4), wholes=[(2, [0, 1])])
    assert told.tolist() == [False, True, True]


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit 2 sums"):
        told_sums(np.zeros((3, 2), bool), np.zeros(2, np.int64), *_none(2))
    with pytest.raises(ValueError, match="guarded"):
        told_sums(np.zeros((2, 2), bool), np.zeros(2, np.int64), *_none(3))


@given(st.data())
@examples(100)
def test_no_small_sum_follows_from_what_is_told(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 6))
    people = np.array(data.draw(st.lists(st.integers(0, 25), min_size=size, max_size=size)))
    rows = data.draw(
        st.lists(st.lists(st.booleans(), min_size=size, max_size=size), min_size=1, max_size=8)
    )
    parts = np.array(rows, bool)
    single = np.eye(size, dtype=bool)
    told = told_sums(parts, parts @ people, single, people)
    counts = parts @ people
    assert not ((counts[told] > 0) & (counts[told] < 10)).any()
    empty = parts[told & (counts == 0)].any(axis=0)
    known = parts[told][:, ~empty].astype(float)
    for row, count in zip(np.vstack([parts, single]), [*counts, *people], strict=True):
        if 0 < count < 10 and known.size:
            beside = np.vstack([known, row[~empty]])
            assert np.linalg.matrix_rank(beside) == np.linalg.matrix_rank(known) + 1
