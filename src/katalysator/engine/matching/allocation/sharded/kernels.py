"""Compiled kernels of one shard; imports numba, so import it only where a shard works.

They call those of `auction`; after a change there the cache on disk has to be removed, for it looks
at this file only. They check nothing.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    AuctionMarket,
    Books,
    Single,
    beats,
    best_two,
    raised,
    seat_bidder,
    seat_key,
)
from katalysator.engine.matching.allocation.sharded.plan import Bids
from katalysator.engine.matching.allocation.waiting import NOBODY, Waiting, put, take


class Seated(NamedTuple):
    """Where the shard's people sit among its openings (`NOBODY`: nowhere), and who has moved."""

    opening: IntArray
    bid: FloatArray
    moved: BoolArray


class ShardHome(NamedTuple):
    """What a shard holds: rows and seats, prices and heaps, its people's places, the first person."""

    market: AuctionMarket
    books: Books
    own: Seated
    shift: int


@kernel
def sit(home: ShardHome, person: int, opening: int, bid: Single) -> bool:
    """Write down where somebody sits now; is it one of the shard's people, and not a guest?"""
    row = person - home.shift
    if row < 0 or row >= home.own.opening.size:
        return False
    home.own.opening[row], home.own.bid[row], home.own.moved[row] = opening, bid, True
    return True


@kernel
def seat_here(home: ShardHome, waiting: Waiting, target: int, bidder: int, bid: Single) -> int:
    """Seat one of the shard's people; return the guest who lost the seat, or `NOBODY`."""
    sit(home, bidder, target, bid)
    evicted = seat_bidder(home.market, home.books, target, seat_key(bid, bidder))
    if evicted >= 0 and sit(home, evicted, NOBODY, np.float32(0.0)):
        put(waiting, evicted - home.shift)
        return NOBODY
    return int(evicted)


@kernel
def next_one(waiting: Waiting, place: int) -> int:
    """The next who waits after `place`, from the start again after the last one."""
    row = take(waiting, place + 1)
    return int(row if row >= 0 else take(waiting, 0))


@kernel
def take_turn(
    home: ShardHome, asked: IntArray, waiting: Waiting, step: Single, wars: int, budget: int
) -> tuple[Bids, IntArray, int, int, Single]:
    """Let the people asked bid, and whom they outbid, until nobody has more to say here.

    Each of them sits then, wants nothing, or wants to go elsewhere. An opening without seats here
    is elsewhere, unless its price keeps everybody off. Returns the bids for elsewhere, which guests
    lost their seats, how many bids were made, how many of them were narrow in this phase (see
    `auction.forward`), and the last increment. `waiting` is empty before and after.
    """
    market, price, count, lost, bids = home.market, home.books.price, 0, 0, 0
    rows = home.own.opening.size
    opening, person = np.empty(rows, np.int32), np.empty(rows, np.int32)
    away, outbid = np.empty(rows, np.float32), np.empty(home.books.heap.size, np.int32)
    for bidder in asked:
        put(waiting, bidder - home.shift)
    row = take(waiting, 0)
    while row >= 0:
        edge, first, second = best_two(market, price, row)
        if edge >= 0:
            bids += 1
            if first - second < step:
                wars += 1
                step *= np.float32(WAR if wars % budget == 0 else 1.0)
            target, bidder = market.opening[edge], row + home.shift
            bid = raised(price[target], first - second, step, market.score[edge])
            if market.seat[target] == market.seat[target + 1]:
                opening[count], person[count], away[count] = target, bidder, bid
                count += 1
            else:
                guest = seat_here(home, waiting, target, bidder, bid)
                if guest >= 0:
                    outbid[lost] = guest
                    lost += 1
        row = next_one(waiting, row)
    found = Bids(opening[:count].copy(), person[:count].copy(), away[:count].copy())
    return found, outbid[:lost].copy(), bids, wars, step


@kernel
def settle_bids(home: ShardHome, bids: Bids) -> IntArray:
    """Take all bids in, and return who is left without a seat.

    What an opening keeps depends on the set of bids alone, not on their order: the higher bid
    stays, of equal ones the higher person.
    """
    returned, count = np.empty(bids.bid.size, np.int32), 0
    for place in range(bids.bid.size):
        target, person, bid = bids.opening[place], bids.person[place], bids.bid[place]
        key, loser = seat_key(bid, person), int(person)
        if beats(home.market, home.books, target, key):
            sit(home, person, target, bid)
            loser = seat_bidder(home.market, home.books, target, key)
            if loser >= 0:
                sit(home, loser, NOBODY, np.float32(0.0))
        if loser >= 0:
            returned[count] = loser
            count += 1
    return returned[:count].copy()
