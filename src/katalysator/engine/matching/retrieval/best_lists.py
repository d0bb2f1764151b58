"""What the kernels of this room share: best lists, and inner products. Import it only where one searches.

A best list is a heap of fixed size in two arrays, the worst entry at its root: the lower value is
worse, and of equals the higher place. After a change in this file touch those that call it, or the
machine code on disk stays as it was.
"""

import numpy as np

from katalysator.engine.arrays import Array
from katalysator.engine.compiling import kernel, vector_kernel

NOWHERE = np.iinfo(np.int64).max


@kernel
def worse(value: float, place: int, other: float, other_place: int) -> bool:
    """Whether the first entry comes after the other."""
    return value < other or (value == other and place > other_place)


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
def sift(values: Array, places: Array, root: int, size: int) -> None:
    """Let the entry at the root sink to its place in the heap ``values[:size]``."""
    value, place, child = values[root], places[root], 2 * root + 1
    while child < size:
        if child + 1 < size and worse(
            values[child + 1], places[child + 1], values[child], places[child]
        ):
            child += 1
        if not worse(values[child], places[child], value, place):
            break
        values[root], places[root] = values[child], places[child]
        root, child = child, 2 * child + 1
    values[root], places[root] = value, place


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
