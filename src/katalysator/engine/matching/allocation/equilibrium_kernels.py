"""Compiled kernels of the matching equilibrium; imports numba, so import it only where one solves.

All exponents stay exponents until their row's largest is taken out, so no temperature is too low.
The kernels check nothing: `equilibrium` has done so. They all stay in this file, because the cache
on disk is renewed only when the file of the function that Python calls changes.
"""

from math import asinh, exp, inf, log
from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Float32Array, FloatArray, IntArray
from katalysator.engine.compiling import kernel

STEEP = 300.0  # from here on asinh(exp(x) / 2) equals x, and soon its square would overflow


class Soft(NamedTuple):
    """The market by rows; ``exp(sharpness * score)`` is what an edge weighs."""

    start: IntArray
    opening: IntArray
    score: FloatArray
    sharpness: float


@kernel
def surplus(demand: float) -> float:
    """The s with ``exp(-2 s) + exp(-s) * exp(demand) == 1``: minus half the log of what is free."""
    return demand if demand > STEEP else asinh(0.5 * exp(demand))


@kernel
def fill_row(soft: Soft, attraction: FloatArray, person: int, share: FloatArray) -> float:
    """Write the person's expected matches to `share`; return what stays unmatched."""
    low, highest, total = soft.start[person], -inf, 0.0
    for place in range(share.size):
        target = soft.opening[low + place]
        share[place] = attraction[target] + soft.sharpness * soft.score[low + place]
        highest = max(highest, share[place])
    if highest == -inf:  # no edge to a seat
        share[:] = 0.0
        return 1.0
    for place in range(share.size):
        share[place] = exp(share[place] - highest)
        total += share[place]
    kept = surplus(highest + log(total))
    share *= exp(highest - kept)
    return exp(-2.0 * kept)


@kernel
def demand(soft: Soft, attraction: FloatArray, longest: int, first: int, stop: int) -> FloatArray:
    """Mass that some people send to each opening; shape (O,)."""
    asked, row = np.zeros(attraction.size), np.empty(longest)
    for person in range(first, stop):
        low, high = soft.start[person], soft.start[person + 1]
        share = row[: high - low]
        fill_row(soft, attraction, person, share)
        for place in range(share.size):
            asked[soft.opening[low + place]] += share[place]
    return asked


@kernel
def settle(price: FloatArray, asked: FloatArray, capacity: FloatArray) -> None:
    """Meet the capacity of every opening by its price, half the exponent of its scarcity."""
    for target in range(price.size):
        if asked[target] > 0.0:
            price[target] = surplus(log(asked[target] / capacity[target]) + price[target])


@kernel
def write_shares(
    soft: Soft,
    attraction: FloatArray,
    expected: Float32Array,
    unmatched: FloatArray,
    first: int,
    stop: int,
) -> None:
    """Write the expected matches of some people, and what is left of each of them."""
    for person in range(first, stop):
        share = np.empty(soft.start[person + 1] - soft.start[person])
        unmatched[person] = fill_row(soft, attraction, person, share)
        expected[soft.start[person] : soft.start[person + 1]] = share
