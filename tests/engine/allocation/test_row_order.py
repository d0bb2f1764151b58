"""The order of a row, long or short; and when the kernels are loaded."""

import subprocess
import sys

import numpy as np
import pytest

from katalysator.engine.matching.allocation.row_order import COUNTED, order_row


@pytest.mark.parametrize("size", [1, 2, 3, COUNTED, COUNTED + 1, 1_000])
@pytest.mark.parametrize("levels", [1, 5, 10_000])
def test_long_and_short_rows_are_ordered_alike(size: int, levels: int) -> None:
    random = np.random.default_rng(size)
    mine, opening = random.integers(levels, size=size) / levels, random.permutation(size)
    expected = np.lexsort((opening, -mine)).tolist()
    order = np.empty(size, np.uint16)
    order_row(opening.astype(np.int32), mine, order)
    assert order.tolist() == expected


LOAD = """
import sys
import katalysator.engine.matching.allocation.stable
import katalysator.engine.matching.allocation.equilibrium
print("numba" in sys.modules)
"""


def test_importing_does_not_load_numba() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "False"
