"""Compiled kernels of one shard; imports numba, so import it only where a shard works.

The rules are those of the sequential auction, but everybody bids on the prices of the last round
(Jacobi), and an opening keeps its best bids in a total order: the higher bid, then the lower person.
So what an opening keeps depends on the set of bids alone, not on who sent them or in which order.
The second best is looked up here and not borrowed from `auction`: the cache on disk is renewed only
when the file of the function that Python calls changes. The kernels check nothing.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.matching.allocation.auction import kernel
from katalysator.engine.matching.allocation.edges import FloatArray, IntArray
from katalysator.engine.matching.allocation.sharded.messages import Bids


class Rows(NamedTuple):
    """Rows ``start[i]:start[i + 1]`` of people; scores fall from left to right."""

    start: IntArray
    target: IntArray
    score: FloatArray


class Seats(NamedTuple):
    """Heaps of the bids kept, worst first; opening ``j`` has ``offset[j]:offset[j + 1]``."""

    offset: IntArray
    filled: IntArray
    bid: FloatArray
    holder: IntArray


@kernel
def best_two(rows: Rows, price: FloatArray, row: int) -> tuple[int, float, float]:
    """Edge with the best positive profit (-1: none), that profit, and the second best or 0."""
    edge, first, second = -1, 0.0, 0.0
    for candidate in range(rows.start[row], rows.start[row + 1]):
        score = rows.score[candidate]
        if score <= second:
            break
        profit = score - price[rows.target[candidate]]
        if profit > first:
            edge, first, second = candidate, profit, first
        elif profit > second:
            second = profit
    return edge, first, second


@kernel
def place_bids(
    rows: Rows, price: FloatArray, step: float, waiting: IntArray, shift: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Let everybody who waits bid for the best opening; who wants none at its price is silent.

    `shift` is the person of the first row.
    """
    opening, person = np.empty(waiting.size, np.int32), np.empty(waiting.size, np.int32)
    bid, count = np.empty(waiting.size, np.float64), 0
    for bidder in waiting:
        edge, first, second = best_two(rows, price, bidder - shift)
        if edge >= 0:
            opening[count], person[count] = rows.target[edge], bidder
            dearest = price[rows.target[edge]] + (first - second) + step
            bid[count] = min(dearest, rows.score[edge])
            count += 1
    return opening[:count].copy(), person[:count].copy(), bid[:count].copy()


@kernel
def worse(bid: float, person: int, other: float, rival: int) -> bool:
    """Does the bid of `person` rank below the one of `rival`?"""
    return bid < other or (bid == other and person > rival)


@kernel
def sift_up(seats: Seats, root: int, place: int, bid: float, person: int) -> None:
    """Insert a bid into the heap at `root`, whose first free place is `place`."""
    while place > 0:
        parent = root + (place - 1) // 2
        if not worse(bid, person, seats.bid[parent], seats.holder[parent]):
            break
        seats.bid[root + place] = seats.bid[parent]
        seats.holder[root + place] = seats.holder[parent]
        place = (place - 1) // 2
    seats.bid[root + place], seats.holder[root + place] = bid, person


@kernel
def sift_down(seats: Seats, root: int, size: int, bid: float, person: int) -> None:
    """Replace the worst bid of the heap ``root:root + size``."""
    place, child = root, root + 1
    while child < root + size:
        right = child + 1
        if right < root + size and worse(
            seats.bid[right], seats.holder[right], seats.bid[child], seats.holder[child]
        ):
            child = right
        if not worse(seats.bid[child], seats.holder[child], bid, person):
            break
        seats.bid[place], seats.holder[place] = seats.bid[child], seats.holder[child]
        place, child = child, root + 2 * (child - root) + 1
    seats.bid[place], seats.holder[place] = bid, person


@kernel
def seat_bidder(seats: Seats, target: int, bid: float, person: int) -> int:
    """Keep the bid if it is among the best; return who is left without a seat, or -1."""
    root, size = seats.offset[target], seats.offset[target + 1] - seats.offset[target]
    if seats.filled[target] < size:
        sift_up(seats, root, seats.filled[target], bid, person)
        seats.filled[target] += 1
        return -1
    lowest = seats.holder[root]
    if not worse(seats.bid[root], lowest, bid, person):
        return person
    sift_down(seats, root, size, bid, person)
    return int(lowest)


@kernel
def settle_bids(seats: Seats, bids: Bids, shift: int) -> IntArray:
    """Take all bids in; return who is left without a seat. `shift` is the shard's first opening."""
    returned, count = np.empty(bids.bid.size, np.int32), 0
    for place in range(bids.bid.size):
        loser = seat_bidder(seats, bids.opening[place] - shift, bids.bid[place], bids.person[place])
        if loser >= 0:
            returned[count] = loser
            count += 1
    return returned[:count].copy()


@kernel
def appraise(rows: Rows, price: FloatArray, choice: IntArray) -> tuple[float, float]:
    """Score of the seats that people have by the rows, and the sum of their best profits."""
    value, profit = 0.0, 0.0
    for row in range(choice.size):
        profit += best_two(rows, price, row)[1]
        for edge in range(rows.start[row], rows.start[row + 1]):
            if rows.target[edge] == choice[row]:
                value += rows.score[edge]
                break
    return value, profit
