"""Compiled kernels of the capacitated auction; imports numba, so import it only where one solves.

Everything here works on one market in compressed rows: row ``i`` of ``opening`` and ``score`` is
the slice ``start[i]:start[i + 1]``, and its scores fall from left to right. Prices never fall below
0 and a score of 0 is worth nothing, so a row may be left at the first score that the second best
beats. A seat is one number: the bits of the bid above those of the person, for positive floats
order as their bits do; so each opening keeps a heap of numbers with the lowest bid on top. The
kernels check nothing: `edges.Edges` has done so. After a change in `waiting` touch this file, or the
machine code on disk stays as it was.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import lean_kernel, vector_kernel
from katalysator.engine.matching.allocation.instructions import fetch
from katalysator.engine.matching.allocation.waiting import (
    NOBODY,
    BitArray,
    Waiting,
    next_waiting,
    put,
    take,
)

Single: TypeAlias = Any  # a number in single precision
Seat: TypeAlias = Any  # 64 bits: a bid and a person
WAR = 4.0  # factor by which the increment grows when a price war has used up its budget
_LEAST = 2.0**-22  # smallest rise of a price, as part of it: two units in the last place
_BLOCK = 8  # edges read between two looks at whether the row may be left ...
_LINE = 16  # edges that memory brings at once
_WIDE = 16  # ... and where nothing but the best is asked for


class AuctionMarket(NamedTuple):
    """Rows of edges, and the flattened seats ``seat[j]:seat[j + 1]`` of every opening."""

    start: IntArray
    opening: IntArray
    score: FloatArray
    seat: IntArray


class Books(NamedTuple):
    """What a phase writes: prices, the heaps of seats, and how many of them are taken.

    Those of `loose` openings stand in any order until somebody bids for one.
    """

    price: FloatArray
    heap: BitArray
    filled: IntArray
    loose: BoolArray


def nobody_seated(market: AuctionMarket, price: FloatArray) -> Books:
    """Books in which all seats are free, at these prices, which it takes over."""
    seats = np.empty(market.seat[-1], np.uint64)
    return Books(price, seats, np.zeros(price.size, np.int32), np.zeros(price.size, np.bool_))


class Wanted(NamedTuple):
    """What some people bid for first (`NOBODY`: for nothing), how much, and what it is worth."""

    target: IntArray
    bid: FloatArray
    worth: FloatArray


@lean_kernel
def best_two(market: AuctionMarket, price: FloatArray, person: int) -> tuple[int, Single, Single]:
    """Edge with the best positive profit (-1: none), that profit, and the second best or 0.

    Without a branch on the profits, which no processor could foresee: three times as fast.
    """
    edge, first, second = -1, np.float32(0.0), np.float32(0.0)
    candidate, end = market.start[person], market.start[person + 1]
    while candidate < end and market.score[candidate] > second:
        for each in range(candidate, min(candidate + _BLOCK, end)):
            profit = market.score[each] - price[market.opening[each]]
            second = max(second, min(first, profit))
            edge = each if profit > first else edge
            first = max(first, profit)
        candidate += _BLOCK
    return edge, first, second


@lean_kernel
def fetch_row(market: AuctionMarket, person: int) -> None:
    """Ask memory for the edges of a person (`NOBODY`: of none), so that they are at hand soon."""
    if person >= 0:
        for edge in range(market.start[person], market.start[person + 1], _LINE):
            fetch(market.opening, edge)
            fetch(market.score, edge)


@lean_kernel
def raised(price: Single, lead: Single, step: Single, most: Single) -> Single:
    """The bid: beyond the price by the lead and a step that single precision can see."""
    return min(price * np.float32(1.0 + _LEAST) + lead + step, most)


@lean_kernel
def seat_key(bid: Single, person: int) -> Seat:
    """A seat as one number that orders by bid, then by person."""
    bits = np.uint64(np.float32(bid).view(np.uint32))
    return (bits << np.uint64(32)) | np.uint64(person)


@lean_kernel
def bid_of(key: Seat) -> Single:
    """The bid of a seat."""
    return np.uint32(key >> np.uint64(32)).view(np.float32)


@lean_kernel
def holder_of(key: Seat) -> Any:
    """The person in a seat."""
    return np.int64(key & np.uint64(0xFFFFFFFF))


@lean_kernel
def sift_up(heap: BitArray, root: int, place: int, key: Seat) -> None:
    """Put a seat into the heap ``heap[root:]`` (lowest first) that has room at `place`."""
    while place > 0 and heap[root + (place - 1) // 2] > key:
        heap[root + place] = heap[root + (place - 1) // 2]
        place = (place - 1) // 2
    heap[root + place] = key


@lean_kernel
def sift_down(heap: BitArray, root: int, size: int, key: Seat) -> None:
    """Put a seat in place of the lowest of the heap ``heap[root:root + size]``."""
    place, child = 0, 1
    while child < size:
        if child + 1 < size and heap[root + child + 1] < heap[root + child]:
            child += 1
        if heap[root + child] >= key:
            break
        heap[root + place] = heap[root + child]
        place, child = child, 2 * child + 1
    heap[root + place] = key


@lean_kernel
def make_heap(heap: BitArray, root: int, size: int) -> None:
    """Let the seats ``heap[root:root + size]`` be a heap."""
    for place in range(1, size):
        sift_up(heap, root, place, heap[root + place])


@lean_kernel
def seat_bidder(market: AuctionMarket, books: Books, target: int, key: Seat) -> int:
    """Give the bidder a seat and set the price; return who lost the seat, or `NOBODY`."""
    root, size = market.seat[target], market.seat[target + 1] - market.seat[target]
    evicted = NOBODY
    if books.filled[target] < size:
        sift_up(books.heap, root, books.filled[target], key)
        books.filled[target] += 1
    else:
        evicted = holder_of(books.heap[root])
        sift_down(books.heap, root, size, key)
    if books.filled[target] == size:
        books.price[target] = bid_of(books.heap[root])
    return evicted


@lean_kernel
def beats(market: AuctionMarket, books: Books, target: int, key: Seat) -> bool:
    """Whether a seat bought now would be kept: there is room, or the lowest bid is lower."""
    root = market.seat[target]
    room = books.filled[target] < market.seat[target + 1] - root
    return bool(room or key > books.heap[root])


@vector_kernel
def best_profit(market: AuctionMarket, price: FloatArray, person: int) -> float:
    """The best profit, in double precision; blocks are read many edges at once."""
    best, first, end = 0.0, market.start[person], market.start[person + 1]
    last = first + 1  # where the first is free of charge, nothing beats it
    while first < end and market.score[first] > best:
        for edge in range(first, min(last, end)):
            asked = np.float64(price[market.opening[edge]])
            best = max(best, np.float64(market.score[edge]) - asked)
        first, last = last, last + _WIDE
    return best


@lean_kernel
def edge_to(market: AuctionMarket, person: int, target: int) -> int:
    """The edge of a person to an opening; -1 where there is none."""
    if target >= 0:
        for edge in range(market.start[person], market.start[person + 1]):
            if market.opening[edge] == target:
                return edge
    return -1


@lean_kernel
def first_bids(
    market: AuctionMarket, price: FloatArray, step: Single, wanted: Wanted, first: int, last: int
) -> None:
    """What the people from `first` to `last` would bid at today's prices, and for what.

    All at once, so that parts of the people can be asked side by side. A price that has risen since
    makes such a bid too low rather than too high, so it keeps what the increment promises.
    """
    step = np.float32(step)
    for person in range(first, last):
        edge, best, second = best_two(market, price, person)
        wanted.target[person] = NOBODY
        if edge >= 0:
            target = market.opening[edge]
            wanted.target[person], wanted.worth[person] = target, market.score[edge]
            wanted.bid[person] = raised(price[target], best - second, step, market.score[edge])


@lean_kernel
def seat_all(
    market: AuctionMarket, books: Books, waiting: Waiting, wanted: Wanted, openings: tuple[int, int]
) -> None:
    """Seat the first bids for some of the openings in order; who is outbid waits."""
    for person in range(wanted.target.size):
        target = wanted.target[person]
        if target < openings[0] or target >= openings[1]:
            continue
        key = seat_key(wanted.bid[person], person)
        if not beats(market, books, target, key):
            put(waiting, person)
            continue
        evicted = seat_bidder(market, books, target, key)
        if evicted >= 0:
            put(waiting, evicted)


@lean_kernel
def put_in_order(market: AuctionMarket, books: Books, target: int) -> None:
    """Make the heap of an opening of which the seats stand in any order."""
    if books.loose[target]:
        make_heap(books.heap, market.seat[target], books.filled[target])
        books.loose[target] = False


@lean_kernel
def is_too_low(market: AuctionMarket, books: Books, target: int) -> bool:
    """Whether all seats were kept at earlier prices, for more than the price; it is then raised."""
    root = market.seat[target]
    if books.filled[target] < market.seat[target + 1] - root:
        return False
    lowest, price = bid_of(books.heap[root]), books.price[target]
    books.price[target] = max(lowest, price)
    return bool(lowest > price)


@lean_kernel
def forward(
    market: AuctionMarket,
    books: Books,
    waiting: Waiting,
    worth: FloatArray,
    step: Single,
    budget: int,
) -> tuple[Single, int]:
    """Let those who wait bid, until everybody sits or wants no seat at its price.

    A bid raises the price by the bidder's lead over the second best plus `step`, and never beyond
    what the seat is worth: with equal scores and scarce seats prices reach the score itself at
    once. A lead below `step` is a sign of a price war; after each `budget` of those `step` grows by
    `WAR`. Rows are read in the order in which they lie in memory, and each is asked for while the one
    before it is read. What a person bid for last is worth `worth`. Returns the last step and the
    number of bids.
    """
    step, bids, wars = np.float32(step), 0, 0
    person = take(waiting, 0)
    while person >= 0:
        fetch_row(market, next_waiting(waiting, person + 1))
        edge, first, second = best_two(market, books.price, person)
        if edge >= 0:
            put_in_order(market, books, market.opening[edge])
            if is_too_low(market, books, market.opening[edge]):
                continue
            bids += 1
            if first - second < step:
                wars += 1
                if wars % budget == 0:
                    step *= np.float32(WAR)
            target, worth[person] = market.opening[edge], market.score[edge]
            bid = raised(books.price[target], first - second, step, market.score[edge])
            evicted = seat_bidder(market, books, target, seat_key(bid, person))
            if evicted >= 0:
                put(waiting, evicted)
        person = take(waiting, person + 1)
    return step, bids


@lean_kernel
def seated(market: AuctionMarket, books: Books, choice: IntArray) -> None:
    """Write down who sits where."""
    choice[:] = NOBODY
    for target in range(books.price.size):
        root = market.seat[target]
        for key in books.heap[root : root + books.filled[target]]:
            choice[holder_of(key)] = target


@lean_kernel
def value_of(market: AuctionMarket, choice: IntArray, first: int, last: int) -> float:
    """What the seats of the people from `first` to `last` are worth together."""
    total = 0.0
    for person in range(first, last):
        edge = edge_to(market, person, choice[person])
        if edge >= 0:
            total += market.score[edge]
    return total


@lean_kernel
def profits(market: AuctionMarket, price: FloatArray, first: int, last: int) -> float:
    """Sum over the people from `first` to `last` of the best profit, in double precision."""
    total = 0.0
    for person in range(first, last):
        total += best_profit(market, price, person)
    return total
