"""What the kernels of this room share: best lists, and inner products. Import it only where one searches.

A best list is a heap of fixed size (see `heaps`). After a change in this file touch those that call it, or the
machine code on disk stays as it was.

Products of whole matrices are made on the calling thread. A library for matrices starts threads of its
own, which spin while ours wait: two threads with a product each took four times the time. This kernel
is as fast as one thread of OpenBLAS.
"""

import numpy as np

from katalysator.engine.arrays import Array
from katalysator.engine.compiling import kernel, vector_kernel
from katalysator.engine.matching.heaps import sift, worse

NOWHERE = np.iinfo(np.int64).max


@kernel
def empty(values: Array, places: Array) -> None:
    """Fill a best list with entries that everything beats."""
    values[:] = -np.inf
    places[:] = NOWHERE


@kernel
def offer(values: Array, places: Array, value: float, place: int) -> None:
    """Put an entry in a best list when it beats the worst."""
    if worse(value, place, values[0], places[0]):
        return
    values[0], places[0] = value, place
    sift(values, places, 0, values.size)


@kernel
def sort(values: Array, places: Array) -> int:
    """Order a best list, the best first; return how many entries are not empty."""
    for size in range(values.size - 1, 0, -1):
        values[0], values[size] = values[size], values[0]
        places[0], places[size] = places[size], places[0]
        sift(values, places, 0, size)
    count = values.size
    while count > 0 and places[count - 1] == NOWHERE:
        count -= 1
    return count


@vector_kernel
def dot(left: Array, right: Array) -> float:
    """Inner product of two float32 vectors, summed in float64."""
    total = 0.0
    for n in range(left.size):
        total += np.float64(left[n]) * np.float64(right[n])
    return total


@vector_kernel
def highest(values: Array, first: int, last: int) -> float:
    """The largest of ``values[first:last]``."""
    top = values[first]
    for n in range(first + 1, last):
        top = max(top, values[n])
    return float(top)


_STEP = 32  # rows of the right that stay in the cache


@vector_kernel
def one(left: Array, right: Array, out: Array, i: int, j: int) -> None:
    """One inner product."""
    total = np.float32(0.0)
    for k in range(left.shape[1]):
        total += left[i, k] * right[j, k]
    out[i, j] = total


@vector_kernel
def sixteen(left: Array, right: Array, out: Array, i: int, j: int) -> None:
    """Four rows times four: each number that is read is used four times, all sums in registers."""
    s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = np.float32(0.0)
    s20 = s21 = s22 = s23 = s30 = s31 = s32 = s33 = np.float32(0.0)
    a0, a1, a2, a3 = left[i], left[i + 1], left[i + 2], left[i + 3]
    b0, b1, b2, b3 = right[j], right[j + 1], right[j + 2], right[j + 3]
    for k in range(left.shape[1]):
        x0, x1, x2, x3 = a0[k], a1[k], a2[k], a3[k]
        y0, y1, y2, y3 = b0[k], b1[k], b2[k], b3[k]
        s00, s01, s02, s03 = s00 + x0 * y0, s01 + x0 * y1, s02 + x0 * y2, s03 + x0 * y3
        s10, s11, s12, s13 = s10 + x1 * y0, s11 + x1 * y1, s12 + x1 * y2, s13 + x1 * y3
        s20, s21, s22, s23 = s20 + x2 * y0, s21 + x2 * y1, s22 + x2 * y2, s23 + x2 * y3
        s30, s31, s32, s33 = s30 + x3 * y0, s31 + x3 * y1, s32 + x3 * y2, s33 + x3 * y3
    out[i, j], out[i, j + 1], out[i, j + 2], out[i, j + 3] = s00, s01, s02, s03
    out[i + 1, j], out[i + 1, j + 1], out[i + 1, j + 2], out[i + 1, j + 3] = s10, s11, s12, s13
    out[i + 2, j], out[i + 2, j + 1], out[i + 2, j + 2], out[i + 2, j + 3] = s20, s21, s22, s23
    out[i + 3, j], out[i + 3, j + 1], out[i + 3, j + 2], out[i + 3, j + 3] = s30, s31, s32, s33


@kernel
def products(left: Array, right: Array, out: Array) -> None:
    """Write ``left @ right.T`` to `out`; float32 (n, d), (m, d) and (n, m), all C-contiguous."""
    rows, columns = left.shape[0], right.shape[0]
    if rows < 4 or columns < 4:
        for i in range(rows):
            for j in range(columns):
                one(left, right, out, i, j)
        return
    for first in range(0, columns, _STEP):
        for i in range(0, rows, 4):
            for j in range(first, min(first + _STEP, columns), 4):
                sixteen(left, right, out, min(i, rows - 4), min(j, columns - 4))
