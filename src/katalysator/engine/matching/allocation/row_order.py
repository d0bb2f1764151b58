"""The order of one row of edges, for whoever lays out a market; imports numba, so import it late.

After a change in this file touch those that call it, or the machine code on disk stays as it was.
"""

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel

COUNTED = 256  # longer rows are merged: counting who comes before whom takes a row squared


@kernel
def comes_first(opening: IntArray, score: FloatArray, one: int, other: int) -> bool:
    """Whether the first of two places goes before the other."""
    if score[one] == score[other]:
        return bool(opening[one] < opening[other])
    return bool(score[one] > score[other])


@kernel
def merge(opening: IntArray, score: FloatArray, now: IntArray, then: IntArray, width: int) -> None:
    """Merge each two runs of this width in `now` into one in `then`."""
    for low in range(0, now.size, 2 * width):
        middle, high = min(low + width, now.size), min(low + 2 * width, now.size)
        left, right = low, middle
        for place in range(low, high):
            if right == high or (
                left < middle and not comes_first(opening, score, now[right], now[left])
            ):
                then[place], left = now[left], left + 1
            else:
                then[place], right = now[right], right + 1


@kernel
def order_row(opening: IntArray, score: FloatArray, order: IntArray) -> None:
    """Write the places of a row to `order`, by falling score, equal scores by opening."""
    if score.size > COUNTED:
        now, then, width = np.arange(score.size), np.empty(score.size, np.int64), 1
        while width < score.size:
            merge(opening, score, now, then, width)
            now, then, width = then, now, 2 * width
        order[:] = now
        return
    for place in range(score.size):  # the processor does 16 at once
        worth, target, before = score[place], opening[place], np.int32(0)
        for other in range(score.size):
            tied = (score[other] == worth) & (opening[other] < target)
            before += np.int32((score[other] > worth) | tied)
        order[before] = place
