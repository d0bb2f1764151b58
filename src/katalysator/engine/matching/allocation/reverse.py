"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. A pass gathers the few people who would come to an opening if prices fell by a
little, and lets the openings compete for them down to that; what is then idle takes a further pass
with a larger fall. Each opening keeps its suitors in a heap, for some hold hundreds. After a change in `auction` touch this file, or the machine code on disk stays as
it was.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    AuctionMarket,
    Seat,
    Single,
    bid_of,
    elsewhere,
    holder_of,
    seat_key,
    sift_down,
    sift_up,
)
from katalysator.engine.matching.allocation.waiting import BitArray

_BLOCK = 16  # edges of a person that are looked at together
_FALLING = np.uint64(0xFFFFFFFF << 32)  # turns the order of what stands above the low 32 bits


class Seating(NamedTuple):
    """Who sits where, what that is worth, the prices, and how many seats are free."""

    choice: IntArray
    worth: FloatArray
    price: FloatArray
    free: IntArray


class Suitors(NamedTuple):
    """Who could come: scores and people of opening ``j`` in ``start[j]:end[j]``, each as one number.

    Up to ``start[j + 1]`` there is room for those who leave it. A heap lies in the same places, of
    ``size[j]`` offers, the highest on top; -1 as long as nobody has looked. Offers only fall while
    prices do, so they are looked at again when they come on top. `seat` is the place of the seat of
    each person who has moved, else -1.
    """

    start: IntArray
    end: IntArray
    suitor: BitArray
    heap: BitArray
    size: IntArray
    seat: IntArray


@kernel
def profit_of(places: Seating, person: int) -> Single:
    """What a person has today, after the price."""
    now = places.choice[person]
    return places.worth[person] - places.price[now] if now >= 0 else np.float32(0.0)


class LooseEdges(NamedTuple):
    """Loose edges, by person; score and person are one number, as in a seat."""

    opening: IntArray
    suitor: BitArray


@kernel
def near(
    market: AuctionMarket, places: Seating, least: FloatArray, first: int, last: int
) -> LooseEdges:
    """Edges by which people from `first` to `last` would come elsewhere if prices fell to `least`.

    Few do, so a block of edges is looked at whole before each of them is.
    """
    room = market.start[last] - market.start[first] + 1
    found, count = LooseEdges(np.empty(room, np.int32), np.empty(room, np.uint64)), 0
    for person in range(first, last):
        has, own = profit_of(places, person), np.uint32(places.choice[person])
        low, end = market.start[person], market.start[person + 1]
        while low < end and market.score[low] > has:
            high = min(low + _BLOCK, end)
            if elsewhere(market, least, own, low, high)[0] > has:
                for edge in range(low, high):
                    score, target = market.score[edge], market.opening[edge]
                    found.opening[count], found.suitor[count] = target, seat_key(score, person)
                    count += (score - has > least[target]) & (target != own)
            low = high
    return LooseEdges(found.opening[:count].copy(), found.suitor[:count].copy())


@kernel
def by_opening(pairs: LooseEdges, places: Seating, seats: IntArray) -> Suitors:
    """The same edges by opening, with room for all who sit in the `seats` (see `AuctionMarket`)."""
    openings, people = places.price.size, places.choice.size
    start = np.zeros(openings + 1, np.int64)
    for target in pairs.opening:
        start[target + 1] += 1
    for target in range(openings):
        start[target + 1] += start[target] + seats[target + 1] - seats[target]
    start[1:] -= np.cumsum(places.free)
    end, room = start[:-1].copy(), start[-1]
    suitor, heap = np.empty(room, np.uint64), np.empty(room, np.uint64)
    for edge, target in enumerate(pairs.opening):
        suitor[end[target]] = pairs.suitor[edge]
        end[target] += 1
    size, seat = np.full(openings, -1, np.int32), np.full(people, -1, np.int64)
    return Suitors(start, end, suitor, heap, size, seat)


@kernel
def offer_key(suitors: Suitors, places: Seating, target: int, edge: int, step: Single) -> Seat:
    """At which price a suitor would come, above the edge; lower numbers are higher offers.

    Offers of no more than `step` by who sits elsewhere are nothing.
    """
    person = holder_of(suitors.suitor[edge])
    offer = bid_of(suitors.suitor[edge]) - profit_of(places, person)
    if offer <= (step if places.choice[person] >= 0 else np.float32(0.0)):
        offer = np.float32(0.0)
    return seat_key(offer, edge - suitors.start[target]) ^ _FALLING


@kernel
def look_at(suitors: Suitors, places: Seating, target: int, step: Single) -> None:
    """Make the heap of an opening."""
    suitors.size[target] = 0
    for edge in range(suitors.start[target], suitors.end[target]):
        push(suitors, places, target, edge, step)


@kernel
def push(suitors: Suitors, places: Seating, target: int, edge: int, step: Single) -> None:
    """Put a suitor's offer into the heap of an opening."""
    key = offer_key(suitors, places, target, edge, step)
    sift_up(suitors.heap, suitors.start[target], suitors.size[target], key)
    suitors.size[target] += 1


@kernel
def lower(
    suitors: Suitors, places: Seating, target: int, step: Single, least: Single
) -> tuple[IntArray, int]:
    """Lower one price, not below `least`, until the free seats are taken or cost nothing.

    Returns the edges of those who come, who have not moved yet, and how many offers were looked at.
    """
    root, free, price, read = suitors.start[target], places.free[target], least, 0
    come, count = np.empty(min(free, suitors.size[target]), np.int64), 0
    while suitors.size[target] > 0:
        read += 1
        edge = root + holder_of(suitors.heap[root])
        key = offer_key(suitors, places, target, edge, step)
        if key != suitors.heap[root]:
            sift_down(suitors.heap, root, suitors.size[target], key)
            continue
        offer = bid_of(key ^ _FALLING)
        if offer <= least:
            break
        if count == free:  # the highest take the seats, the next one sets the price
            price = max(least, offer - step)
            break
        come[count] = edge
        count += 1
        suitors.size[target] -= 1
        last = suitors.heap[root + suitors.size[target]]
        sift_down(suitors.heap, root, suitors.size[target], last)
    places.price[target] = min(places.price[target], price)
    return come[:count], read


@kernel
def move(suitors: Suitors, places: Seating, target: int, edge: int, step: Single) -> int:
    """Give a suitor a seat; return the opening that is left, which may want the person back."""
    person = holder_of(suitors.suitor[edge])
    left, seat, worth = places.choice[person], suitors.seat[person], places.worth[person]
    places.choice[person], places.worth[person] = target, bid_of(suitors.suitor[edge])
    places.free[target] -= 1
    suitors.seat[person] = edge
    if left >= 0:
        places.free[left] += 1
        if seat < 0:
            seat = suitors.end[left]
            suitors.suitor[seat] = seat_key(worth, person)
            suitors.end[left] += 1
        if suitors.size[left] >= 0:
            push(suitors, places, left, seat, step)
    return int(left)


@kernel
def compete(
    suitors: Suitors, places: Seating, least: FloatArray, step: Single, budget: int
) -> Single:
    """Let openings with free seats lower their prices, not below `least`, until they are full.

    Returns the last step. `budget` counts offers looked at; each time it is used up `step` grows by
    `WAR`. Who was left last is first: a chain of people is followed while its data are at hand.
    """
    step, waiting, stacked = (
        np.float32(step),
        places.price.size,
        np.ones(places.price.size, np.bool_),
    )
    stack, read, limit = np.arange(waiting), 0, budget
    while waiting > 0:
        waiting -= 1
        target = stack[waiting]
        stacked[target] = False
        if places.free[target] == 0 or places.price[target] <= least[target]:
            continue
        if suitors.size[target] < 0:
            look_at(suitors, places, target, step)
        come, count = lower(suitors, places, target, step, least[target])
        read += count
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
        for edge in come:
            left = move(suitors, places, target, edge, step)
            if left >= 0 and not stacked[left]:
                stack[waiting], stacked[left] = left, True
                waiting += 1
    return step


@kernel
def gain(score: Single, price: Single) -> float:
    """A profit in double precision."""
    return np.float64(score) - np.float64(price)


@kernel
def best_profits(pairs: LooseEdges, before: Seating, places: Seating) -> float:
    """Sum over all people of the best profit, in double precision, after they have competed.

    `pairs` are all edges by which they could, and `before` is who sat where. By another edge nobody
    would come at the least prices, so also not at these: no row is read.
    """
    best, price = np.zeros(places.choice.size), places.price
    for person, now in enumerate(places.choice):
        if now >= 0:
            best[person] = gain(places.worth[person], price[now])
        then = before.choice[person]
        if then >= 0 and then != now:
            best[person] = max(best[person], gain(before.worth[person], price[then]))
    for edge, target in enumerate(pairs.opening):
        person = holder_of(pairs.suitor[edge])
        best[person] = max(best[person], gain(bid_of(pairs.suitor[edge]), price[target]))
    return float(best.sum())
