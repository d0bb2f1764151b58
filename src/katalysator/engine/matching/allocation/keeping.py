"""Compiled kernels of a start from an earlier allocation: who keeps the seat, and who bids.

Whoever still finds the own seat as good as the best, within an increment, keeps it and so bids what
it is worth beyond the second best. The others lose it and bid like anybody without a seat. After a
change in `auction` touch this file, or the machine code on disk stays as it was.
"""

from typing import Any

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import lean_kernel
from katalysator.engine.matching.allocation.auction import (
    AuctionMarket,
    Books,
    Single,
    Wanted,
    seat_key,
)
from katalysator.engine.matching.allocation.near_kernels import Recalled
from katalysator.engine.matching.allocation.waiting import NOBODY, Waiting, put

BIDS = NOBODY - 1  # as a target: wants something, and has to bid for it
_CONTENT = 1.1  # increments below the best that keep a seat: bids are rounded to single precision


@lean_kernel
def want(
    wanted: Wanted, price: FloatArray, step: Single, person: int, seat: tuple[Any, Single, Single]
) -> float:
    """Write what a person wants; returns the best profit.

    `seat` is the own opening, what it is worth (nothing: -1), and the best profit elsewhere.
    """
    own, worth, best = seat
    content = step * np.float32(_CONTENT)
    profit = worth - price[own] if worth > 0 else np.float32(0.0)
    wanted.target[person] = BIDS if best > content else NOBODY
    if worth > 0 and profit >= max(best - content, np.float32(0.0)):
        wanted.target[person], wanted.worth[person] = own, worth
        wanted.bid[person] = min(worth - best + step, worth)
    return np.float64(max(profit, best))


@lean_kernel
def appraise(
    market: AuctionMarket,
    price: FloatArray,
    choice: IntArray,
    step: Single,
    wanted: Wanted,
    who: IntArray,
    first: int,
    last: int,
) -> float:
    """What the people ``who[first:last]`` want at these prices, and their best profits together.

    `choice` says where each person sat; it may be anything.
    """
    total, step = 0.0, np.float32(step)
    content = step * np.float32(_CONTENT)
    for person in who[first:last]:
        begin, end = market.start[person], market.start[person + 1]
        openings, scores = market.opening[begin:end], market.score[begin:end]
        best, worth, own = np.float32(0.0), np.float32(-1.0), np.uint32(choice[person])
        for edge in range(scores.size):
            score, target = scores[edge], openings[edge]
            if score <= best - content:  # not even a seat free of charge would be kept
                break
            if target == own:
                worth = score
            else:
                best = max(best, score - price[target])
        total += want(wanted, price, step, person, (own, worth, best))
    return total


@lean_kernel
def recollect(
    price: FloatArray,
    choice: IntArray,
    known: Recalled,
    fall: Single,
    step: Single,
    wanted: Wanted,
    unread: BoolArray,
) -> float:
    """The same by what is known: what the own seats are worth, and the best profits elsewhere.

    By what was not near nobody gets more than what the own seat brings less `fall`. Whoever has too
    little there for that is `unread`, and left out.
    """
    total, step, fall = 0.0, np.float32(step), np.float32(fall)
    for person, own in enumerate(choice):
        mine = known.worth[person] if own >= 0 else np.float32(-1.0)
        profit = mine - price[own if mine > 0 else 0]
        has = profit if mine > 0 else np.float32(0.0)
        unread[person] = has < known.enough[person]
        if not unread[person]:
            other = max(known.elsewhere[person], has - fall)
            total += want(wanted, price, step, person, (np.uint32(own), mine, other))
    return total


@lean_kernel
def keep(market: AuctionMarket, books: Books, waiting: Waiting, wanted: Wanted) -> int:
    """Give people the seats that they keep, at the prices as they are; returns how many do.

    All others who want something wait, also those for whom there is no room any more.
    """
    count = 0
    for person in range(wanted.target.size):
        target = wanted.target[person]
        if target == NOBODY:
            continue
        room = 0
        if target >= 0:
            room = market.seat[target + 1] - market.seat[target] - books.filled[target]
        if room <= 0:
            put(waiting, person)
            continue
        place = market.seat[target] + books.filled[target]
        books.heap[place] = seat_key(wanted.bid[person], person)
        books.filled[target] += 1
        books.loose[target] = True
        count += 1
    return count
