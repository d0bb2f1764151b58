"""Compiled scans of `Index`: exact under a filter, by short codes without one."""

from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.extending import intrinsic

from katalysator.engine.matching.retrieval.compiled import (
    NOWHERE,
    Array,
    dot,
    empty,
    highest,
    kernel,
    offer,
    sort,
)

_BLOCK = 64
_ROUNDING = 1e-5  # more than sums of float32 and their rounding add to an error


class Store(NamedTuple):
    """Vectors in three sizes, item by item; `longest` and `mean` are of all: see `codes.Codes`."""

    vector: Array
    small: Array
    scale: Array
    wrong: Array
    sign: Array
    item: Array
    longest: float
    mean: Array


class Query(NamedTuple):
    """One query in the same sizes.

    An inner product of two codes is wrong by `wrong` of the query and `length` times `wrong` of
    the item together, at most.
    """

    vector: Array
    small: Array
    scale: float
    wrong: float
    length: float
    sign: Array


def _bits(_context: Any, word: Any) -> Any:
    """Number of ones in a uint64: one instruction, on eight at a time where the processor can."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(word), generate


bits: Any = intrinsic(_bits)


@kernel
def query_of(vector: Array, store: Store) -> Query:
    """A query in all sizes. Its 16-bit form leaves room for the sum of d products."""
    most = total = square = 0.0
    for value in vector:
        size = abs(np.float64(value))
        most, total, square = max(most, size), total + size, square + size * size
    step = max(most / 32_767, total * 127 / 2e9)
    small, rest = np.zeros(vector.size, np.int16), 0.0
    sign = np.zeros(store.sign.shape[1], np.uint64)
    for place in range(vector.size):
        if step > 0.0:
            small[place] = np.int16(np.rint(vector[place] / step))
            rest += (vector[place] - small[place] * step) ** 2
        if vector[place] - store.mean[place] > 0:
            sign[place // 64] |= np.uint64(1) << np.uint64(place % 64)
    length = np.sqrt(square)
    wrong = (np.sqrt(rest) + _ROUNDING * length) * store.longest
    return Query(vector, small, step, wrong, length, sign)


@kernel
def small_products(store: Store, rows: Array, query: Query, products: Array) -> None:
    """Inner products of the query with some items, from their codes of 8 bits."""
    for n, row in enumerate(rows):
        total = np.int32(0)
        for place in range(store.small.shape[1]):
            term = np.int32(store.small[row, place]) * np.int32(query.small[place])
            total = np.int32(total + term)
        products[n] = total * store.scale[row] * query.scale


@kernel
def likely(store: Store, rows: Array, query: Query, products: Array, k: int) -> Array:
    """The k items, by place among the rows, whose scores are surely high: to begin with."""
    value, place = np.empty(k), np.empty(k, np.int64)
    empty(value, place)
    for n, row in enumerate(rows):
        offer(value, place, products[n] - query.length * store.wrong[row] - query.wrong, n)
    return place


@kernel
def scan_small(store: Store, rows: Array, vector: Array, value: Array, place: Array) -> int:
    """Fill a best list with the best of these items for a query, exactly; return how many there are.

    Every item whose code leaves it a chance is scored with its full vector: first the likely ones,
    so that few others still have a chance.
    """
    query = query_of(vector, store)
    products = np.empty(rows.size, np.float32)
    small_products(store, rows, query, products)
    empty(value, place)
    for n in likely(store, rows, query, products, value.size):
        row = rows[n]
        offer(value, place, dot(store.vector[row], query.vector), store.item[row])
        products[n] = -np.inf
    for n, row in enumerate(rows):
        if products[n] + query.length * store.wrong[row] + query.wrong >= value[0]:
            offer(value, place, dot(store.vector[row], query.vector), store.item[row])
    return sort(value, place)


@kernel
def distances(sign: Array, rows: Array, query: Array, found: Array) -> None:
    """In how many signs each item differs from the query."""
    for n, row in enumerate(rows):
        count = np.uint64(0)
        for word in range(sign.shape[1]):
            count += bits(sign[row, word] ^ query[word])
        found[n] = count


@kernel
def closest(distance: Array, most: int, longest: int) -> Array:
    """Places of the `most` smallest distances; of equals at the end, the first."""
    count = np.zeros(longest + 2, np.int64)
    for each in distance:
        count[each + 1] += 1
    border, below = 0, 0
    while border <= longest and below + count[border + 1] <= most:
        below += count[border + 1]
        border += 1
    found, size, equals = np.empty(min(most, distance.size), np.int64), 0, most - below
    for n in range(distance.size):
        if distance[n] < border or (distance[n] == border and equals > 0):
            equals -= int(distance[n] == border)
            found[size] = n
            size += 1
    return found[:size]


@kernel
def scan_signs(
    store: Store, rows: Array, vector: Array, first: int, second: int, value: Array, place: Array
) -> int:
    """Fill a best list with the best of the items whose codes come closest.

    The `first` closest by 1-bit codes, of these the `second` best by 8-bit codes, of these the best.
    """
    query = query_of(vector, store)
    distance = np.empty(rows.size, np.uint16)
    distances(store.sign, rows, query.sign, distance)
    near = rows[closest(distance, first, 64 * store.sign.shape[1])]
    products = np.empty(near.size, np.float32)
    small_products(store, near, query, products)
    score, which = np.empty(second), np.empty(second, np.int64)
    empty(score, which)
    for n in range(near.size):
        offer(score, which, products[n], n)
    empty(value, place)
    for candidate in which:
        if candidate != NOWHERE:
            row = near[candidate]
            offer(value, place, dot(store.vector[row], query.vector), store.item[row])
    return sort(value, place)


@kernel
def fold(near: Array, first: int, rows: Array, values: Array, places: Array) -> None:
    """Add a block of scores, (queries, columns), to the best list of each query."""
    for query in range(near.shape[0]):
        for start in range(0, near.shape[1], _BLOCK):
            last = min(start + _BLOCK, near.shape[1])
            if highest(near[query], start, last) < values[query, 0]:
                continue
            for column in range(start, last):
                offer(values[query], places[query], near[query, column], rows[first + column])


@kernel
def settle_many(vector: Array, item: Array, queries: Array, values: Array, places: Array) -> None:
    """Score the entries of the best lists of many queries to the last bit, and order them."""
    for query in range(queries.shape[0]):
        rows = places[query].copy()
        empty(values[query], places[query])
        for row in rows:
            if row != NOWHERE:
                score = dot(vector[row], queries[query])
                offer(values[query], places[query], score, item[row])
        sort(values[query], places[query])
