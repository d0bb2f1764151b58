"""The order of one row of edges, for whoever lays out a market; imports numba, so import it late.

After a change in this file touch those that call it, or the machine code on disk stays as it was.
"""

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel

COUNTED = 256  # longer rows are sorted: counting who comes before whom takes a row squared


@kernel
def order_row(opening: IntArray, score: FloatArray, order: IntArray) -> None:
    """Write the places of a row to `order`, by falling score, equal scores by opening."""
    if score.size > COUNTED:
        by_opening = np.argsort(opening, kind="mergesort")
        order[:] = by_opening[np.argsort(-score[by_opening], kind="mergesort")]
        return
    for place in range(score.size):  # the processor does 16 at once
        worth, target, before = score[place], opening[place], np.int32(0)
        for other in range(score.size):
            tied = (score[other] == worth) & (opening[other] < target)
            before += np.int32((score[other] > worth) | tied)
        order[before] = place
