"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. A pass takes the few people who would come to an opening if prices fell by a
little (see `near_kernels`), and lets the openings compete for them down to that; what is then idle
takes a further pass with a larger fall. Each opening keeps its suitors in a heap, for some hold hundreds. After a change
in `auction` touch this file, or the machine code on disk stays as it was.
"""

from typing import Any, NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel, lean_kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    Seat,
    Single,
    bid_of,
    holder_of,
    make_heap,
    seat_key,
    sift_down,
    sift_up,
)
from katalysator.engine.matching.allocation.waiting import NOBODY, BitArray

FALLING = np.uint64(0xFFFFFFFF << 32)  # turns the order of what stands above the low 32 bits
NOWHERE = np.uint64(0xFFFFFFFF)  # a seat that is none: no worth, no opening
START, END, SIZE, FREE = range(4)  # of an opening, in `Suitors.book`
HELD, SEAT = range(2)  # of a person, in `Suitors.person`


class Seating(NamedTuple):
    """Who sits where, what that is worth, the prices, and how many seats are free."""

    choice: IntArray
    worth: FloatArray
    price: FloatArray
    free: IntArray


class Suitors(NamedTuple):
    """Who could come: scores and people by opening, each as one number.

    Row ``j`` of `book` says of opening ``j``, in one place of memory, that its suitors stand in
    ``book[j, START]:book[j, END]``; that its heap in the same places has ``book[j, SIZE]`` offers, the
    highest on top, or -1 as long as nobody has looked; and how many seats are free. Up to the start of
    the next opening there is room for those who leave it. Offers only fall while prices do, so they are
    looked at again when they come on top. ``person[i, SEAT]`` is the place of the seat of each person
    who has moved, else `NOWHERE`; ``person[i, HELD]`` is what the own seat is worth, above its opening.
    """

    book: IntArray
    person: BitArray
    suitor: BitArray
    heap: BitArray


@lean_kernel
def profit_of(places: Seating, person: int) -> Single:
    """What a person has today, after the price; without a branch, which no processor could foresee."""
    now = places.choice[person]
    profit = places.worth[person] - places.price[max(now, 0)]
    return profit if now >= 0 else np.float32(0.0)


@lean_kernel
def worth_together(places: Seating) -> float:
    """What all seats that are taken are worth, in double precision."""
    total = 0.0
    for person, now in enumerate(places.choice):
        worth = np.float64(places.worth[person])
        total += worth if now >= 0 else 0.0
    return total


class LooseEdges(NamedTuple):
    """Loose edges, by person; score and person are one number, as in a seat."""

    opening: IntArray
    suitor: BitArray

    def part(self, first: int, last: int) -> "LooseEdges":
        """Those from `first` to `last`."""
        return LooseEdges(self.opening[first:last], self.suitor[first:last])


def by_opening(pairs: LooseEdges, places: Seating, seats: IntArray) -> Suitors:
    """The same edges by opening, with room for all who sit in the `seats` (see `AuctionMarket`).

    numpy makes the arrays, for it asks for large pages of memory, and `compete` jumps about in these.
    """
    openings, people = places.price.size, places.choice.size
    room = pairs.opening.size + int(seats[-1] - places.free.sum())
    suitors = Suitors(
        np.empty((openings, 4), np.int64),
        np.empty((people, 2), np.uint64),
        np.empty(room, np.uint64),
        np.empty(room, np.uint64),
    )
    sort_by_opening(suitors, pairs, places, seats, np.zeros(openings, np.int64))
    return suitors


@lean_kernel
def sort_by_opening(
    suitors: Suitors, pairs: LooseEdges, places: Seating, seats: IntArray, end: IntArray
) -> None:
    """Write what `by_opening` asks for; `end` is room for a number an opening, all 0."""
    book, begin = suitors.book, 0
    for target in pairs.opening:
        end[target] += 1
    for target, free in enumerate(places.free):
        book[target, START], book[target, SIZE], book[target, FREE] = begin, -1, free
        count, end[target] = end[target], begin
        begin += count + seats[target + 1] - seats[target] - free
    for edge, target in enumerate(pairs.opening):
        suitors.suitor[end[target]] = pairs.suitor[edge]
        end[target] += 1
    for target, last in enumerate(end):
        book[target, END] = last
    for each, now in enumerate(places.choice):
        held = seat_key(places.worth[each], now)
        suitors.person[each, HELD] = held if now >= 0 else NOWHERE
        suitors.person[each, SEAT] = NOWHERE


@lean_kernel
def offer_key(suitors: Suitors, price: FloatArray, root: int, edge: int, step: Single) -> Seat:
    """At which price a suitor would come, above the edge after `root`; lower numbers offer more.

    Offers of no more than `step` by who sits elsewhere are nothing.
    """
    held = suitors.person[holder_of(suitors.suitor[edge]), HELD]
    offer, least = bid_of(suitors.suitor[edge]), np.float32(0.0)
    if held != NOWHERE:
        offer, least = offer - (bid_of(held) - price[holder_of(held)]), step
    if offer <= least:
        offer = np.float32(0.0)
    return seat_key(offer, edge - root) ^ FALLING


@lean_kernel
def push(suitors: Suitors, price: FloatArray, target: int, edge: int, step: Single) -> None:
    """Put a suitor's offer into the heap of an opening."""
    root = suitors.book[target, START]
    key = offer_key(suitors, price, root, edge, step)
    sift_up(suitors.heap, root, suitors.book[target, SIZE], key)
    suitors.book[target, SIZE] += 1


@lean_kernel
def look_at(suitors: Suitors, price: FloatArray, target: int, step: Single) -> None:
    """Make the heap of an opening.

    First all offers, then their order: so the processor looks up many suitors at once.
    """
    root, size = suitors.book[target, START], 0
    for edge in range(root, suitors.book[target, END]):
        suitors.heap[edge] = offer_key(suitors, price, root, edge, step)
        size += 1
    suitors.book[target, SIZE] = size
    make_heap(suitors.heap, root, size)


@lean_kernel
def best_offer(
    suitors: Suitors, price: FloatArray, target: int, step: Single
) -> tuple[Single, int, int]:
    """The highest offer for an opening (0: none), its edge, and how many were looked at."""
    root, read = suitors.book[target, START], 0
    while suitors.book[target, SIZE] > 0:
        edge = root + holder_of(suitors.heap[root])
        key, read = offer_key(suitors, price, root, edge, step), read + 1
        if key == suitors.heap[root]:
            return bid_of(key ^ FALLING), edge, read
        sift_down(suitors.heap, root, suitors.book[target, SIZE], key)
    return np.float32(0.0), NOBODY, read


@lean_kernel
def move(suitors: Suitors, price: FloatArray, target: int, edge: int, step: Single) -> int:
    """Give the suitor of the highest offer a seat; return the opening that is left, if any.

    That one may want the person back.
    """
    book, root = suitors.book, suitors.book[target, START]
    book[target, SIZE] -= 1
    book[target, FREE] -= 1
    last = suitors.heap[root + book[target, SIZE]]
    sift_down(suitors.heap, root, book[target, SIZE], last)
    person = holder_of(suitors.suitor[edge])
    held, seat = suitors.person[person, HELD], suitors.person[person, SEAT]
    suitors.person[person, HELD] = seat_key(bid_of(suitors.suitor[edge]), target)
    suitors.person[person, SEAT] = np.uint64(edge)
    if held == NOWHERE:
        return NOBODY
    left = holder_of(held)
    book[left, FREE] += 1
    back: Any = np.int64(seat)
    if seat == NOWHERE:
        back = book[left, END]
        suitors.suitor[back] = seat_key(bid_of(held), person)
        book[left, END] += 1
    if book[left, SIZE] >= 0:
        push(suitors, price, left, back, step)
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
    step = follow(suitors, places.price, least, np.float32(step), budget, stack, stacked)
    places.free[:] = suitors.book[:, FREE]
    for person in range(places.choice.size):
        if suitors.person[person, SEAT] != NOWHERE:
            held = suitors.person[person, HELD]
            places.choice[person], places.worth[person] = holder_of(held), bid_of(held)
    return step


@lean_kernel
def follow(
    suitors: Suitors,
    price: FloatArray,
    least: FloatArray,
    step: Single,
    budget: int,
    stack: IntArray,
    stacked: BoolArray,
) -> Single:
    """Let the openings in the stack compete, as `compete` says; writes who sits where to `person`.

    The highest offers take the seats and the next one sets the price. Who was left last is first: a
    chain of people is followed while its data are at hand.
    """
    book, waiting, read, limit = suitors.book, stack.size, 0, budget
    while waiting > 0:
        waiting -= 1
        target = stack[waiting]
        stacked[target] = False
        lowest = least[target]
        if book[target, FREE] == 0 or price[target] <= lowest:
            continue
        if book[target, SIZE] < 0:
            look_at(suitors, price, target, step)
        offer, edge, count = best_offer(suitors, price, target, step)
        while offer > lowest and book[target, FREE] > 0:
            read += count
            left = move(suitors, price, target, edge, step)
            if left >= 0 and not stacked[left]:
                stack[waiting], stacked[left] = left, True
                waiting += 1
            offer, edge, count = best_offer(suitors, price, target, step)
        asked = max(lowest, offer - step) if book[target, FREE] == 0 else lowest
        price[target] = min(price[target], asked)
        read += count
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
    return step
