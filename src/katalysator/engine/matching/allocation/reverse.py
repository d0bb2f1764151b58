"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. A pass takes the few people who would come to an opening if prices fell by a
little (see `near_kernels`), and lets the openings compete for them down to that; what is then idle
takes a further pass with a larger fall. Each opening keeps its suitors in a heap, for some hold hundreds. After a change
in `auction` touch this file, or the machine code on disk stays as it was.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel, lean_kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    Seat,
    Single,
    bid_of,
    holder_of,
    seat_key,
)
from katalysator.engine.matching.allocation.waiting import NOBODY, BitArray

FALLING = np.uint64(0xFFFFFFFF << 32)  # turns the order of what stands above the low 32 bits
NOWHERE = np.uint64(0xFFFFFFFF)  # a seat that is none: no worth, no opening
START, SIZE, FREE, LOOKED = range(4)  # of an opening, in `Suitors.book`


class Seating(NamedTuple):
    """Who sits where, what that is worth, the prices, and how many seats are free."""

    choice: IntArray
    worth: FloatArray
    price: FloatArray
    free: IntArray


class Suitors(NamedTuple):
    """Who could come, by opening: a heap of offers, the highest on top, and what the seat is worth to each.

    Row ``j`` of `book` says of opening ``j``, in one place of memory, where its suitors start, how many
    there are, how many seats are free, and whether anybody has looked yet. Before that `offer` holds what
    the seat is worth above the person, in any order, and `worth` nothing. Up to the start of the next
    opening there is room for those who leave it. Offers only fall while prices do, so they are looked at
    again when they come on top. `held` is what each person's own seat is worth, above its opening, or
    `NOWHERE`.
    """

    book: IntArray
    held: BitArray
    offer: BitArray
    worth: FloatArray


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

    numpy makes one block for all, for it asks for large pages of memory where that is large, and `compete` jumps about.
    """
    openings, people = places.price.size, places.choice.size
    room = pairs.opening.size + int(seats[-1] - places.free.sum())
    block = np.empty(4 * openings + people + room + -(-room // 2), np.uint64)
    book, held, offer, worth = np.split(block, np.cumsum([4 * openings, people, room]))
    suitors = Suitors(book.view(np.int64).reshape(openings, 4), held, offer, worth.view(np.float32))
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
        count, end[target] = end[target], begin
        book[target, START], book[target, SIZE] = begin, count
        book[target, FREE], book[target, LOOKED] = free, 0
        begin += count + seats[target + 1] - seats[target] - free
    for edge, target in enumerate(pairs.opening):
        suitors.offer[end[target]] = pairs.suitor[edge]
        end[target] += 1
    for each, now in enumerate(places.choice):
        held = seat_key(places.worth[each], now)
        suitors.held[each] = held if now >= 0 else NOWHERE


@lean_kernel
def offer_of(suitors: Suitors, price: FloatArray, person: int, worth: Single, step: Single) -> Seat:
    """At which price a suitor would come, above the person; lower numbers offer more.

    Offers of no more than `step` by who sits elsewhere are nothing.
    """
    held, offer, least = suitors.held[person], worth, np.float32(0.0)
    if held != NOWHERE:
        offer, least = offer - (bid_of(held) - price[holder_of(held)]), step
    if offer <= least:
        offer = np.float32(0.0)
    return seat_key(offer, person) ^ FALLING


@lean_kernel
def rise(suitors: Suitors, root: int, place: int, offer: Seat, worth: Single) -> None:
    """Put an offer into the heap from `root` on that has room at `place`."""
    while place > 0 and suitors.offer[root + (place - 1) // 2] > offer:
        above = (place - 1) // 2
        suitors.offer[root + place] = suitors.offer[root + above]
        suitors.worth[root + place] = suitors.worth[root + above]
        place = above
    suitors.offer[root + place], suitors.worth[root + place] = offer, worth


@lean_kernel
def sink(suitors: Suitors, root: int, size: int, offer: Seat, worth: Single) -> None:
    """Put an offer in place of the highest of so many."""
    place, child = 0, 1
    while child < size:
        if child + 1 < size and suitors.offer[root + child + 1] < suitors.offer[root + child]:
            child += 1
        if suitors.offer[root + child] >= offer:
            break
        suitors.offer[root + place] = suitors.offer[root + child]
        suitors.worth[root + place] = suitors.worth[root + child]
        place, child = child, 2 * child + 1
    suitors.offer[root + place], suitors.worth[root + place] = offer, worth


@lean_kernel
def look_at(suitors: Suitors, price: FloatArray, target: int, step: Single) -> None:
    """Make the heap of an opening.

    First all offers, then their order: so the processor looks up many suitors at once.
    """
    book = suitors.book
    root, size = book[target, START], book[target, SIZE]
    for edge in range(root, root + size):
        suitor = suitors.offer[edge]
        worth = bid_of(suitor)
        suitors.offer[edge] = offer_of(suitors, price, holder_of(suitor), worth, step)
        suitors.worth[edge] = worth
    for place in range(1, size):
        rise(suitors, root, place, suitors.offer[root + place], suitors.worth[root + place])
    book[target, LOOKED] = 1


@lean_kernel
def best_offer(
    suitors: Suitors, price: FloatArray, target: int, step: Single
) -> tuple[Single, int]:
    """The highest offer for an opening (0: none), now on top, and how many were looked at."""
    root, size, read = suitors.book[target, START], suitors.book[target, SIZE], 0
    while size > 0:
        worth, person = suitors.worth[root], holder_of(suitors.offer[root])
        offer, read = offer_of(suitors, price, person, worth, step), read + 1
        if offer == suitors.offer[root]:
            return bid_of(offer ^ FALLING), read
        sink(suitors, root, size, offer, worth)
    return np.float32(0.0), read


@lean_kernel
def move(suitors: Suitors, price: FloatArray, target: int, step: Single) -> int:
    """Give the suitor of the highest offer a seat; return the opening that is left, if any.

    That one may want the person back.
    """
    book, root = suitors.book, suitors.book[target, START]
    person, worth = holder_of(suitors.offer[root]), suitors.worth[root]
    book[target, SIZE] -= 1
    book[target, FREE] -= 1
    last = root + book[target, SIZE]
    sink(suitors, root, book[target, SIZE], suitors.offer[last], suitors.worth[last])
    held = suitors.held[person]
    suitors.held[person] = seat_key(worth, target)
    if held == NOWHERE:
        return NOBODY
    left = holder_of(held)
    root, size = book[left, START], book[left, SIZE]
    book[left, FREE] += 1
    book[left, SIZE] += 1
    if book[left, LOOKED]:
        offer = offer_of(suitors, price, person, bid_of(held), step)
        rise(suitors, root, size, offer, bid_of(held))
    else:
        suitors.offer[root + size] = seat_key(bid_of(held), person)
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
    for person, held in enumerate(suitors.held):
        if held != NOWHERE:
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
    """Let the openings in the stack compete, as `compete` says; writes who sits where to `held`.

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
        if not book[target, LOOKED]:
            look_at(suitors, price, target, step)
        offer, count = best_offer(suitors, price, target, step)
        while offer > lowest and book[target, FREE] > 0:
            read += count
            left = move(suitors, price, target, step)
            if left >= 0 and not stacked[left]:
                stack[waiting], stacked[left] = left, True
                waiting += 1
            offer, count = best_offer(suitors, price, target, step)
        asked = max(lowest, offer - step) if book[target, FREE] == 0 else lowest
        price[target] = min(price[target], asked)
        read += count
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
    return step
