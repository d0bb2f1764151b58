"""Compiled kernels of the capacitated auction; imports numba, so import it only where one solves.

Everything here works on one market in compressed rows: row ``i`` of ``opening`` and ``score`` is
the slice ``start[i]:start[i + 1]``, and its scores fall from left to right. Prices never fall below
0 and a score of 0 is worth nothing, so a row may be left at the first score that the second best
beats. The kernels check nothing: `edges.Edges` has done so. They all stay in this file, because the
cache on disk is renewed only when the file of the function that Python calls changes.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from katalysator.engine.matching.allocation.edges import FloatArray, IntArray

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
WAR = 4.0  # factor by which the increment grows when a price war has used up its budget


def kernel(function: Kernel) -> Kernel:
    """Compile, without the interpreter lock; cache the machine code where a folder is writable."""
    try:
        return cast("Kernel", njit(cache=True, nogil=True)(function))
    except RuntimeError:  # neither the package nor the home folder can hold a cache
        return cast("Kernel", njit(nogil=True)(function))


class Market(NamedTuple):
    """Rows, true capacities and the flattened seats ``seat[j]:seat[j + 1]`` of every opening."""

    start: IntArray
    opening: IntArray
    score: FloatArray
    capacity: IntArray
    seat: IntArray


class Books(NamedTuple):
    """What one phase writes: prices, who sits where and at which bid."""

    price: FloatArray
    choice: IntArray
    worth: FloatArray
    filled: IntArray
    bid: FloatArray
    holder: IntArray


class Columns(NamedTuple):
    """The market by opening: people and scores of opening ``j`` in ``start[j]:start[j + 1]``."""

    start: IntArray
    person: IntArray
    score: FloatArray


@kernel
def best_two(market: Market, price: FloatArray, person: int) -> tuple[int, float, float]:
    """Edge with the best positive profit (-1: none), that profit, and the second best or 0."""
    edge, first, second = -1, 0.0, 0.0
    for candidate in range(market.start[person], market.start[person + 1]):
        score = market.score[candidate]
        if score <= second:
            break
        profit = score - price[market.opening[candidate]]
        if profit > first:
            edge, first, second = candidate, profit, first
        elif profit > second:
            second = profit
    return edge, first, second


@kernel
def sift_up(bid: FloatArray, holder: IntArray, root: int, place: int) -> None:
    """Restore the heap ``bid[root:]`` (lowest bid first) after an insertion at ``place``."""
    value, person = bid[root + place], holder[root + place]
    while place > 0 and bid[root + (place - 1) // 2] > value:
        parent = (place - 1) // 2
        bid[root + place], holder[root + place] = bid[root + parent], holder[root + parent]
        place = parent
    bid[root + place], holder[root + place] = value, person


@kernel
def sift_down(bid: FloatArray, holder: IntArray, root: int, size: int) -> None:
    """Restore the heap ``bid[root:root + size]`` after its lowest bid was replaced."""
    value, person = bid[root], holder[root]
    place, child = 0, 1
    while child < size:
        if child + 1 < size and bid[root + child + 1] < bid[root + child]:
            child += 1
        if bid[root + child] >= value:
            break
        bid[root + place], holder[root + place] = bid[root + child], holder[root + child]
        place, child = child, 2 * child + 1
    bid[root + place], holder[root + place] = value, person


@kernel
def seat_bidder(market: Market, books: Books, person: int, edge: int, bid: float) -> int:
    """Give the bidder a seat and set the price; return who lost the seat, or -1."""
    target = market.opening[edge]
    root, size = market.seat[target], market.seat[target + 1] - market.seat[target]
    books.choice[person], books.worth[person] = target, market.score[edge]
    evicted = -1
    if books.filled[target] < size:
        place = books.filled[target]
        books.bid[root + place], books.holder[root + place] = bid, person
        sift_up(books.bid, books.holder, root, place)
        books.filled[target] += 1
    else:
        evicted = books.holder[root]
        books.choice[evicted], books.worth[evicted] = -1, 0.0
        books.bid[root], books.holder[root] = bid, person
        sift_down(books.bid, books.holder, root, size)
    if books.filled[target] == size:
        books.price[target] = books.bid[root]
    return evicted


@kernel
def forward(market: Market, books: Books, step: float, budget: int) -> tuple[float, int]:
    """Let people bid, first come first served, until everybody sits or wants no seat at its price.

    A bid raises the price by the bidder's lead over the second best plus `step`, and never beyond
    what the seat is worth: with equal scores and scarce seats prices reach the score itself at
    once. After each `budget` bids a price war is assumed and `step` grows by `WAR`. Returns the
    last step and the number of bids.
    """
    people = market.start.size - 1
    queue = np.arange(people).astype(np.int32)
    head, waiting, bids = 0, people, 0
    while waiting > 0:
        person = queue[head]
        head = head + 1 if head + 1 < people else 0
        waiting -= 1
        edge, first, second = best_two(market, books.price, person)
        if edge < 0:
            continue
        bids += 1
        if bids % budget == 0:
            step *= WAR
        bid = min(books.price[market.opening[edge]] + (first - second) + step, market.score[edge])
        evicted = seat_bidder(market, books, person, edge, bid)
        if evicted >= 0:
            queue[(head + waiting) % people] = evicted
            waiting += 1
    return step, bids


@kernel
def degrees(opening: IntArray, openings: int) -> IntArray:
    """Number of edges of each opening; unlike `numpy.bincount` without a wider copy of the ids."""
    count = np.zeros(openings, np.int64)
    for target in opening:
        count[target] += 1
    return count


@kernel
def by_opening(market: Market, openings: int) -> Columns:
    """Transpose the rows by counting; people stay in rising order within an opening."""
    start = np.zeros(openings + 1, np.int64)
    start[1:] = np.cumsum(degrees(market.opening, openings))
    person = np.empty(market.opening.size, np.int32)
    score = np.empty_like(market.score)
    place = start[:-1].copy()
    for row in range(market.start.size - 1):
        for edge in range(market.start[row], market.start[row + 1]):
            target = market.opening[edge]
            person[place[target]], score[place[target]] = row, market.score[edge]
            place[target] += 1
    return Columns(start, person, score)


@kernel
def suitors(
    columns: Columns, books: Books, target: int, step: float
) -> tuple[IntArray, FloatArray]:
    """Edges of who would come for less than today's price, and the price at which each would."""
    low, high = columns.start[target], columns.start[target + 1]
    edges, offers = np.empty(high - low, np.int64), np.empty(high - low, np.float64)
    count = 0
    for edge in range(low, high):
        person = columns.person[edge]
        now = books.choice[person]
        if now == target:
            continue
        profit = books.worth[person] - books.price[now] if now >= 0 else 0.0
        offer = columns.score[edge] - profit
        if offer > (step if now >= 0 else 0.0):
            edges[count], offers[count] = edge, offer
            count += 1
    order = np.argsort(-offers[:count], kind="mergesort")
    return edges[:count][order], offers[:count][order]


@kernel
def lower(columns: Columns, books: Books, target: int, free: int, step: float) -> IntArray:
    """Lower one price until the free seats are taken or cost nothing; return the openings left."""
    edges, offers = suitors(columns, books, target, step)
    taken = min(free, edges.size)
    price = max(0.0, offers[taken] - step) if taken < edges.size else 0.0
    books.price[target] = min(books.price[target], price)
    left = np.empty(taken, np.int32)
    for place in range(taken):
        person = columns.person[edges[place]]
        left[place] = books.choice[person]
        if left[place] >= 0:
            books.filled[left[place]] -= 1
        books.choice[person], books.worth[person] = target, columns.score[edges[place]]
    books.filled[target] += taken
    return left


@kernel
def reverse(market: Market, columns: Columns, books: Books, step: float, budget: int) -> int:
    """Lower the price of every opening that is not full, until it is full or free of charge.

    Needed only after a start from prices above 0. The heaps of bids are void afterwards. `budget`
    counts edges read; each time it is used up `step` grows by `WAR`. Returns the edges read.
    """
    openings = books.price.size
    queue = np.arange(openings).astype(np.int32)
    queued = np.ones(openings, np.bool_)
    head, waiting, read, limit = 0, openings, 0, budget
    while waiting > 0:
        target = queue[head]
        head, waiting = (head + 1) % openings, waiting - 1
        queued[target] = False
        free = market.seat[target + 1] - market.seat[target] - books.filled[target]
        if free == 0 or books.price[target] == 0.0:
            continue
        read += columns.start[target + 1] - columns.start[target]
        if read > limit:
            step, limit = step * WAR, limit + budget
        for left in lower(columns, books, target, free, step):
            if left >= 0 and not queued[left]:
                queued[left] = True
                queue[(head + waiting) % openings] = left
                waiting += 1
    return read


@kernel
def prove(market: Market, price: FloatArray) -> float:
    """Upper bound on the value of any allocation, from prices of at least 0 (weak duality)."""
    bound = 0.0
    for target in range(price.size):
        bound += market.capacity[target] * price[target]
    for person in range(market.start.size - 1):
        bound += best_two(market, price, person)[1]
    return bound
