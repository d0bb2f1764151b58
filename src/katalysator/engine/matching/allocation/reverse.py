"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. A pass gathers the few people who would come to an opening if prices fell by a
little, and lets the openings compete for them down to that; what is then idle takes a further pass
with a larger fall. After a change in `auction` touch this file, or the machine code on disk stays as
it was.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.auction import WAR, AuctionMarket, Single, best_of

_BLOCK = 16  # edges of a person that are looked at together


class Seating(NamedTuple):
    """Who sits where, what that is worth, the prices, and how many seats are free."""

    choice: IntArray
    worth: FloatArray
    price: FloatArray
    free: IntArray


class Suitors(NamedTuple):
    """Who could come: the people and scores of opening ``j`` in ``start[j]:start[j + 1]``."""

    start: IntArray
    person: IntArray
    score: FloatArray


@kernel
def profit_of(places: Seating, person: int) -> Single:
    """What a person has today, after the price."""
    now = places.choice[person]
    return places.worth[person] - places.price[now] if now >= 0 else np.float32(0.0)


class LooseEdges(NamedTuple):
    """Loose edges."""

    person: IntArray
    opening: IntArray
    score: FloatArray


@kernel
def near(
    market: AuctionMarket, places: Seating, least: FloatArray, first: int, last: int
) -> LooseEdges:
    """Edges by which people from `first` to `last` would come if prices fell to `least`.

    Few do, so a block of edges is looked at whole before each of them is.
    """
    room = market.start[last] - market.start[first] + 1
    found = LooseEdges(
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.float32)
    )
    count = 0
    for person in range(first, last):
        has = profit_of(places, person)
        low, end = market.start[person], market.start[person + 1]
        while low < end and market.score[low] > has:
            high = min(low + _BLOCK, end)
            if best_of(market, least, low, high) > has:
                for edge in range(low, high):
                    score, target = market.score[edge], market.opening[edge]
                    found.person[count], found.opening[count] = person, target
                    found.score[count] = score
                    count += score - has > least[target]
            low = high
    return LooseEdges(
        found.person[:count].copy(), found.opening[:count].copy(), found.score[:count].copy()
    )


@kernel
def by_opening(pairs: LooseEdges, openings: int) -> Suitors:
    """The same edges by opening; people stay in rising order within one."""
    start = np.zeros(openings + 1, np.int64)
    for target in pairs.opening:
        start[target + 1] += 1
    start = np.cumsum(start)
    place = start[:-1].copy()
    person, score = np.empty_like(pairs.person), np.empty_like(pairs.score)
    for edge, target in enumerate(pairs.opening):
        person[place[target]], score[place[target]] = pairs.person[edge], pairs.score[edge]
        place[target] += 1
    return Suitors(start, person, score)


@kernel
def offers_to(
    suitors: Suitors, places: Seating, target: int, step: Single, least: float
) -> tuple[IntArray, FloatArray]:
    """Edges of who would come for `least` or more, and the price at which each would."""
    low, high = suitors.start[target], suitors.start[target + 1]
    edges, offers = np.empty(high - low, np.int64), np.empty(high - low, np.float32)
    count = 0
    for edge in range(low, high):
        person = suitors.person[edge]
        now = places.choice[person]
        offer = suitors.score[edge] - profit_of(places, person)
        edges[count], offers[count] = edge, offer
        count += now != target and offer > max(least, step if now >= 0 else np.float32(0.0))
    return edges[:count], offers[:count]


@kernel
def lower(suitors: Suitors, places: Seating, target: int, step: Single, least: Single) -> IntArray:
    """Lower one price, not below `least`, until the free seats are taken or cost nothing.

    Returns the openings that lost somebody, -1 for people who had no seat.
    """
    edges, offers = offers_to(suitors, places, target, step, least)
    free, price = places.free[target], least
    if offers.size > free:  # the highest take the seats, the next one sets the price
        order = np.argsort(-offers, kind="mergesort")
        price = max(least, offers[order[free]] - step)
        edges = edges[order[:free]]
    places.price[target] = min(places.price[target], price)
    left = np.empty(edges.size, np.int32)
    for place, edge in enumerate(edges):
        person = suitors.person[edge]
        left[place] = places.choice[person]
        if left[place] >= 0:
            places.free[left[place]] += 1
        places.choice[person], places.worth[person] = target, suitors.score[edge]
    places.free[target] -= edges.size
    return left


@kernel
def compete(
    suitors: Suitors, places: Seating, least: FloatArray, step: Single, budget: int
) -> Single:
    """Let openings with free seats lower their prices, not below `least`, until they are full.

    Returns the last step. `budget` counts edges read; each time it is used up `step` grows by `WAR`.
    """
    step, openings = np.float32(step), places.price.size
    queue, queued = np.arange(openings), np.ones(openings, np.bool_)
    head, waiting, read, limit = 0, openings, 0, budget
    while waiting > 0:
        target = queue[head]
        head, waiting = (head + 1) % openings, waiting - 1
        queued[target] = False
        if places.free[target] == 0 or places.price[target] <= least[target]:
            continue
        read += suitors.start[target + 1] - suitors.start[target]
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
        for left in lower(suitors, places, target, step, least[target]):
            if left >= 0 and not queued[left]:
                queued[left] = True
                queue[(head + waiting) % openings] = left
                waiting += 1
    return step
