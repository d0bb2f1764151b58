"""Scores that are multiples of one number, and prices rounded to multiples of it."""

import numpy as np
import pytest

from katalysator.engine.matching.allocation.units import grain, multiples


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.5, 0.5, 0.5], 0.5),
        ([0.0, 0.25, 1.0, 0.5], 0.25),
        ([0.3, 0.5], 0.1),
        ([0.2, 0.4, 0.6, 0.8, 1.0], 0.2),
    ],
)
def test_the_grain_is_the_greatest_common_measure(scores: list[float], expected: float) -> None:
    assert grain(np.array(scores, np.float32), 1e-5) == pytest.approx(expected, abs=1e-5)


def test_what_differs_by_less_than_the_least_is_equal() -> None:
    assert grain(np.array([0.5, 0.5 + 1e-6, 0.5 - 1e-6]), 1e-5) == pytest.approx(0.5, abs=1e-5)


@pytest.mark.parametrize("scores", [[], [0.0, 0.0]])
def test_no_score_has_no_grain(scores: list[float]) -> None:
    assert grain(np.array(scores), 1e-5) == 0.0


def test_scores_of_all_kinds_have_a_grain_too_small_to_be_of_use() -> None:
    assert grain(np.random.default_rng(1).random(100_000), 1e-5) < 1e-3


def test_prices_become_multiples_and_never_fall_below_the_lowest() -> None:
    price, lowest = np.array([0.0, 0.1, 0.3, 0.45, 0.9]), np.array([0.0, 0.0, 0.0, 0.0, 0.9])
    found = [each.tolist() for each in multiples(price, 0.5, lowest)]
    assert found == [[0, 0, 0.5, 0.5, 1], [0, 0, 0.5, 0.5, 1], [0, 0, 0, 0.5, 1]]


def test_a_seat_free_of_charge_stays_so() -> None:
    assert all(each[0] == 0.0 for each in multiples(np.zeros(1), 0.5, np.zeros(1)))
