"""How well chances that were said fit what was seen."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching.reliability import Bin, brier, calibration_error, reliability

chances = arrays(np.float64, st.integers(2, 60), elements=st.floats(0.0, 1.0))


@given(chances, st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_the_bins_hold_every_outcome_once(said: FloatArray, bins: int, seed: int) -> None:
    seen = np.random.default_rng(seed).random(said.size) < said
    found = reliability(said, seen, bins=bins)
    assert len(found) <= bins
    assert sum(each.count for each in found) == said.size
    assert sum(each.count * each.predicted for each in found) == pytest.approx(said.sum())
    assert sum(each.count * each.observed for each in found) == pytest.approx(seen.sum())
    assert [each.predicted for each in found] == sorted(each.predicted for each in found)


def test_ten_bins_of_like_size() -> None:
    said = np.linspace(0.0, 1.0, 1_000)
    assert [each.count for each in reliability(said, said > 0.5)] == [100] * 10


def test_equal_chances_stay_in_one_bin() -> None:
    assert reliability(np.full(4, 0.25), [0, 0, 1, 0]) == (Bin(4, 0.25, 0.25),)


def test_the_calibration_error_weighs_the_bins_by_size() -> None:
    assert calibration_error([Bin(3, 0.2, 0.3), Bin(1, 0.9, 0.5)]) == pytest.approx(0.175)
    assert calibration_error([]) == 0.0
    assert reliability(np.zeros(0), []) == ()


def test_brier_is_the_mean_squared_distance() -> None:
    assert brier(np.array([1.0, 0.5]), [1, 0]) == pytest.approx(0.125)
