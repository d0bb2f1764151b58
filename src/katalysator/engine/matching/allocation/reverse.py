"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. A pass gathers the few people who would come to an opening if prices fell by a
little, and lets the openings compete for them down to that; what is then idle takes a further pass
with a larger fall. Each opening keeps its suitors in a heap, for some hold hundreds. After a change
in `auction` touch this file, or the machine code on disk stays as it was.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel, lean_kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    AuctionMarket,
    Seat,
    Single,
    bid_of,
    holder_of,
    seat_key,
    sift_down,
    sift_up,
)
from katalysator.engine.matching.allocation.waiting import NOBODY, BitArray

FALLING = np.uint64(0xFFFFFFFF << 32)  # turns the order of what stands above the low 32 bits
NOWHERE = np.uint64(0xFFFFFFFF)  # a seat that is none: no worth, no opening


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
    each person who has moved, else -1; `held` is what the own seat is worth, above its opening: one
    number, for it is looked up at random and memory is slow.
    """

    start: IntArray
    end: IntArray
    suitor: BitArray
    heap: BitArray
    size: IntArray
    seat: IntArray
    held: BitArray


@lean_kernel
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
    """Edges by which people from `first` to `last` would come elsewhere if prices fell to `least`."""
    room = market.start[last] - market.start[first] + 1
    found = LooseEdges(np.empty(room, np.int32), np.empty(room, np.uint64))
    count = gather(market, places, least.copy(), first, last, found)
    return LooseEdges(found.opening[:count].copy(), found.suitor[:count].copy())


@lean_kernel
def gather(
    market: AuctionMarket,
    places: Seating,
    least: FloatArray,
    first: int,
    last: int,
    found: LooseEdges,
) -> int:
    """Write to `found` what `near` asks for; returns how many there are.

    Nobody comes where she sits: as long as her row is read, that price is endless.
    """
    count = 0
    for person in range(first, last):
        has, own = profit_of(places, person), places.choice[person]
        price = least[own]  # of -1, nowhere, that of the last opening
        least[own] = np.inf if own >= 0 else price
        for edge in range(market.start[person], market.start[person + 1]):
            score, target = market.score[edge], market.opening[edge]
            if score <= has:
                break
            if score - least[target] > has:
                found.opening[count], found.suitor[count] = target, seat_key(score, person)
                count += 1
        least[own] = price
    return count


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
    held = np.empty(people, np.uint64)
    for person, now in enumerate(places.choice):
        held[person] = seat_key(places.worth[person], now) if now >= 0 else NOWHERE
    return Suitors(start, end, suitor, heap, size, seat, held)


@lean_kernel
def offer_key(suitors: Suitors, price: FloatArray, target: int, edge: int, step: Single) -> Seat:
    """At which price a suitor would come, above the edge; lower numbers are higher offers.

    Offers of no more than `step` by who sits elsewhere are nothing.
    """
    held = suitors.held[holder_of(suitors.suitor[edge])]
    offer, least = bid_of(suitors.suitor[edge]), np.float32(0.0)
    if held != NOWHERE:
        offer, least = offer - (bid_of(held) - price[holder_of(held)]), step
    if offer <= least:
        offer = np.float32(0.0)
    return seat_key(offer, edge - suitors.start[target]) ^ FALLING


@lean_kernel
def push(suitors: Suitors, price: FloatArray, target: int, edge: int, step: Single) -> None:
    """Put a suitor's offer into the heap of an opening."""
    key = offer_key(suitors, price, target, edge, step)
    sift_up(suitors.heap, suitors.start[target], suitors.size[target], key)
    suitors.size[target] += 1


@lean_kernel
def look_at(suitors: Suitors, price: FloatArray, target: int, step: Single) -> None:
    """Make the heap of an opening."""
    suitors.size[target] = 0
    for edge in range(suitors.start[target], suitors.end[target]):
        push(suitors, price, target, edge, step)


@lean_kernel
def best_offer(
    suitors: Suitors, price: FloatArray, target: int, step: Single
) -> tuple[Single, int, int]:
    """The highest offer for an opening (0: none), its edge, and how many were looked at."""
    root, read = suitors.start[target], 0
    while suitors.size[target] > 0:
        edge = root + holder_of(suitors.heap[root])
        key, read = offer_key(suitors, price, target, edge, step), read + 1
        if key == suitors.heap[root]:
            return bid_of(key ^ FALLING), edge, read
        sift_down(suitors.heap, root, suitors.size[target], key)
    return np.float32(0.0), NOBODY, read


@lean_kernel
def move(suitors: Suitors, places: Seating, target: int, edge: int, step: Single) -> int:
    """Give the suitor of the highest offer a seat; return the opening that is left, if any.

    That one may want the person back.
    """
    root, person = suitors.start[target], holder_of(suitors.suitor[edge])
    suitors.size[target] -= 1
    last = suitors.heap[root + suitors.size[target]]
    sift_down(suitors.heap, root, suitors.size[target], last)
    held, seat = suitors.held[person], suitors.seat[person]
    suitors.held[person] = seat_key(bid_of(suitors.suitor[edge]), target)
    suitors.seat[person] = edge
    places.free[target] -= 1
    if held == NOWHERE:
        return NOBODY
    left = holder_of(held)
    places.free[left] += 1
    if seat < 0:
        seat = suitors.end[left]
        suitors.suitor[seat] = seat_key(bid_of(held), person)
        suitors.end[left] += 1
    if suitors.size[left] >= 0:
        push(suitors, places.price, left, seat, step)
    return int(left)


@kernel
def compete(
    suitors: Suitors, places: Seating, least: FloatArray, step: Single, budget: int
) -> Single:
    """Let openings with free seats lower their prices, not below `least`, until they are full.

    Returns the last step. `budget` counts offers looked at; each time it is used up `step` grows by
    `WAR`.
    """
    stack = np.arange(places.price.size)
    stacked = np.ones(places.price.size, np.bool_)
    step = follow(suitors, places, least, np.float32(step), budget, stack, stacked)
    for person, held in enumerate(suitors.held):
        if held != NOWHERE:
            places.choice[person], places.worth[person] = holder_of(held), bid_of(held)
    return step


@lean_kernel
def follow(
    suitors: Suitors,
    places: Seating,
    least: FloatArray,
    step: Single,
    budget: int,
    stack: IntArray,
    stacked: BoolArray,
) -> Single:
    """Let the openings in the stack compete, as `compete` says; writes who sits where to `held`.

    The highest offers take the seats and the next one sets the price. Who was left last is first: a
    chain of people is followed while its data are at hand.
    """
    waiting, read, limit = stack.size, 0, budget
    while waiting > 0:
        waiting -= 1
        target = stack[waiting]
        stacked[target] = False
        lowest = least[target]
        if places.free[target] == 0 or places.price[target] <= lowest:
            continue
        if suitors.size[target] < 0:
            look_at(suitors, places.price, target, step)
        offer, edge, count = best_offer(suitors, places.price, target, step)
        while offer > lowest and places.free[target] > 0:
            read += count
            left = move(suitors, places, target, edge, step)
            if left >= 0 and not stacked[left]:
                stack[waiting], stacked[left] = left, True
                waiting += 1
            offer, edge, count = best_offer(suitors, places.price, target, step)
        asked = max(lowest, offer - step) if places.free[target] == 0 else lowest
        places.price[target] = min(places.price[target], asked)
        read += count
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
    return step


@lean_kernel
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
