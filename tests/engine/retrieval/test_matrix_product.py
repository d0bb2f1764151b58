"""The product of two matrices, row by row, is that of the book for every shape."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching.retrieval.kernels import products
from tests.engine.makers import FEW


@FEW
@given(st.integers(0, 9), st.sampled_from((0, 1, 3, 4, 5, 31, 32, 33, 70)), st.integers(0, 70))
def test_every_shape_is_filled(rows: int, columns: int, width: int) -> None:
    random = np.random.default_rng(rows + 10 * columns + 1_000 * width)
    left = random.normal(size=(rows, width)).astype(np.float32)
    right = random.normal(size=(columns, width)).astype(np.float32)
    out = np.full((rows, columns), np.nan, np.float32)
    products(left, right, out)
    assert out == pytest.approx(left.astype(float) @ right.T.astype(float), abs=1e-4)


def test_equal_rows_give_equal_products_wherever_they_stand() -> None:
    row = np.random.default_rng(1).normal(size=(1, 101)).astype(np.float32)
    out = np.empty((7, 39), np.float32)
    products(np.tile(row, (7, 1)), np.tile(row, (39, 1)), out)
    assert len(np.unique(out)) == 1
