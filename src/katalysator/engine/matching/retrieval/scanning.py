"""Compiled scan of `Index`: short codes rule out what cannot be among the best, exactly."""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Array
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.retrieval.codes import BOTH, FIRST, Codes
from katalysator.engine.matching.retrieval.kernels import (
    dot,
    empty,
    highest,
    offer,
    sort,
)

_BLOCK = 64
_ROUNDING = 1e-5  # more than sums of float32 and their rounding add to an error


class Store(NamedTuple):
    """Vectors and their codes; `item` says whose they are."""

    vector: Array
    item: Array
    codes: Codes


class Query(NamedTuple):
    """One query: its shares in the directions of the codes, in steps of 16 bits.

    An inner product by the first codes is wrong by ``step_first`` times the scale of the item, and
    ``beyond_first`` times what its codes leave out, together, at most; so for both. `slack` is
    added for rounding.
    """

    vector: Array
    share: Array
    scale: float
    step_first: float
    step_both: float
    beyond_first: float
    beyond_both: float
    slack: float


@kernel
def query_of(vector: Array, store: Store) -> Query:
    """A query, laid out in the directions of the codes."""
    share, square = np.zeros(BOTH), 0.0
    for place in range(vector.size):
        value = np.float64(vector[place])
        square += value * value
        for axis in range(BOTH):
            share[axis] += value * store.codes.basis[place, axis]
    most, in_first, in_both = 0.0, 0.0, 0.0
    for axis in range(BOTH):
        most = max(most, abs(share[axis]))
        in_both += share[axis] ** 2
        if axis < FIRST:
            in_first += share[axis] ** 2
    step, rounded, off = max(most / 32_767, 1e-300), np.zeros(BOTH, np.int16), 0.0
    for axis in range(BOTH):
        rounded[axis] = np.int16(np.rint(share[axis] / step))
        off += (share[axis] - rounded[axis] * step) ** 2
    return Query(
        vector,
        rounded,
        step,
        np.sqrt(in_first) * store.codes.wrong_first,
        np.sqrt(in_both) * store.codes.wrong_both,
        np.sqrt(max(0.0, square - in_first) + 1e-6 * square),
        np.sqrt(max(0.0, square - in_both) + 1e-6 * square),
        (np.sqrt(off) + _ROUNDING * np.sqrt(square)) * store.codes.longest,
    )


@kernel
def first_products(store: Store, rows: Array, query: Query, near: Array, most: Array) -> None:
    """Inner products of a query with some items by their first codes, and what they may be."""
    for n, row in enumerate(rows):
        total = np.int32(0)
        for axis in range(FIRST):
            term = np.int32(store.codes.first[row, axis]) * np.int32(query.share[axis])
            total = np.int32(total + term)
        near[n] = total * store.codes.scale[row] * query.scale
        left_out = query.beyond_first * store.codes.beyond_first[row]
        most[n] = near[n] + query.step_first * store.codes.scale[row] + left_out + query.slack


@kernel
def second_product(store: Store, row: int, query: Query) -> np.float64:
    """What the other codes of an item add to its inner product with a query."""
    total = np.int32(0)
    for axis in range(BOTH - FIRST):
        term = np.int32(store.codes.second[row, axis]) * np.int32(query.share[FIRST + axis])
        total = np.int32(total + term)
    return np.float64(total * store.codes.scale[row] * query.scale)


@kernel
def likely(near: Array, k: int) -> Array:
    """The k places with the highest of these, to begin with."""
    value, place = np.empty(k), np.empty(k, np.int64)
    empty(value, place)
    for begin in range(0, near.size, _BLOCK):
        end = min(begin + _BLOCK, near.size)
        if highest(near, begin, end) > value[0]:
            for n in range(begin, end):
                offer(value, place, near[n], n)
    return place


@kernel
def scan(store: Store, rows: Array, vector: Array, value: Array, place: Array) -> int:
    """Fill a best list with the best of these items for a query, exactly; return how many there are.

    The likely ones are scored with their full vectors first, then every item whose first codes, and
    then both, leave it a chance against the worst of the list.
    """
    query = query_of(vector, store)
    near, most = np.empty(rows.size, np.float32), np.empty(rows.size, np.float32)
    first_products(store, rows, query, near, most)
    empty(value, place)
    for n in likely(near, value.size):
        row = rows[n]
        offer(value, place, dot(store.vector[row], vector), store.item[row])
        most[n] = -np.inf
    for begin in range(0, rows.size, _BLOCK):
        end = min(begin + _BLOCK, rows.size)
        if highest(most, begin, end) < value[0]:
            continue
        for n in range(begin, end):
            if most[n] >= value[0]:
                row = rows[n]
                left_out = query.beyond_both * store.codes.beyond_both[row] + query.slack
                closer = near[n] + second_product(store, row, query)
                if closer + query.step_both * store.codes.scale[row] + left_out >= value[0]:
                    offer(value, place, dot(store.vector[row], vector), store.item[row])
    return sort(value, place)
