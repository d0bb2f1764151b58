"""Fusing: one order out of several scores, within the choices."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching.retrieval import (
    Facets,
    Index,
    hybrid,
    reciprocal_ranks,
    weighted_sum,
)

scores = st.lists(st.integers(0, 4).map(float), min_size=5, max_size=5)
LINE = np.array([[np.cos(angle), np.sin(angle)] for angle in (0.0, 0.3, 0.6, 0.9)], np.float32)
EAST = np.array([1.0, 0.0], np.float32)


@given(scores, scores)
def test_ranks_are_fused_by_the_book(one: list[float], other: list[float]) -> None:
    def rank(given: list[float], item: int) -> int:
        return 1 + sum(score > given[item] for score in given)

    expected = [1 / (60 + rank(one, n)) + 1 / (60 + rank(other, n)) for n in range(5)]
    assert reciprocal_ranks([np.array(one), np.array(other)]).tolist() == pytest.approx(expected)


@given(scores)
def test_only_the_order_of_scores_counts_for_their_ranks(one: list[float]) -> None:
    plain = np.array(one)
    assert (reciprocal_ranks([plain]) == reciprocal_ranks([np.exp(3 * plain)])).all()


def test_a_weighted_sum_moves_an_item_up() -> None:
    index, skills = Index(LINE), np.array([0.0, 0.0, 0.0, 1.0])
    rows, fused = hybrid(index, EAST, [skills], 2, weights=[1.0, 0.5])
    assert rows.tolist() == [3, 0]
    assert fused == pytest.approx([np.cos(0.9) + 0.5, 1.0])


def test_without_weights_ranks_decide_and_equals_keep_their_order() -> None:
    rows, _ = hybrid(Index(LINE), EAST, [np.array([1.0, 2.0, 3.0, 4.0])], 9)
    assert rows.tolist() == [0, 3, 1, 2]


def test_choices_hold_for_all_scores() -> None:
    index = Index(LINE, Facets.of({"region": ["NL", "BE", "NL", "BE"]}))
    skills = np.array([9.0, 0.0, 9.0, 1.0])
    rows, fused = hybrid(index, EAST, [skills], weights=[1.0, 1.0], within={"region": "BE"})
    assert rows.tolist() == [3, 1]
    assert fused == pytest.approx([np.cos(0.9) + 1.0, np.cos(0.3)])
    assert hybrid(index, EAST, [skills], within={"region": "DE"})[0].size == 0


def test_scores_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match=r"others must be of shape \(4,\), not \(3,\)"):
        hybrid(Index(LINE), EAST, [np.zeros(3)])
    with pytest.raises(ValueError, match="there are 2 scores, but 1 weights"):
        weighted_sum([np.zeros(2), np.zeros(2)], [1.0])
