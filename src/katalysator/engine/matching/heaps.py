"""Compiled heaps in two arrays, values and whose they are; import late, as numba comes along.

The worst entry is at the root: the lower value is worse, and of equals the higher place. After a change
in this file touch those that call it, or the machine code on disk stays as it was.
"""

from katalysator.engine.arrays import Array
from katalysator.engine.compiling import kernel


@kernel
def worse(value: float, place: int, other: float, other_place: int) -> bool:
    """Whether the first entry comes after the other."""
    return value < other or (value == other and place > other_place)


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
