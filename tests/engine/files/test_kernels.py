"""Pairs that do not fit what was counted are not written where they do not belong."""

import numpy as np
import pytest

from katalysator.engine.matching.files.kernels import put


@pytest.mark.parametrize(
    ("person", "target", "fits"),
    [
        ([0, 1], [0, 1], True),
        ([0, 0], [0, 1], False),
        ([-1, 1], [0, 1], False),
        ([0, 1], [0, -1], False),
    ],
)
def test_put(person: list[int], target: list[int], fits: bool) -> None:
    start = np.array([0, 1, 2])
    opening, score = np.full(2, -1, np.int32), np.zeros(2)
    ends = np.array(person, np.int32), np.array(target, np.int32)
    assert put(*ends, np.ones(2), start, start[:-1].copy(), opening, score) is fits
    if fits:
        assert opening.tolist() == [0, 1]
