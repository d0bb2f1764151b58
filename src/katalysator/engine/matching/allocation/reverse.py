"""Compiled kernels of the reverse auction: openings with free seats lower their prices.

Needed only after a start from prices above 0, where an opening may keep a free seat at a price and
so spoil the proof. Works in passes: one pass gathers, for those openings alone, who would come;
then they compete for people; whoever leaves a full opening opens the next pass. The kernels call
none of other files, because the cache on disk would not see those change.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.matching.allocation.auction import Market, kernel
from katalysator.engine.matching.allocation.edges import BoolArray, IntArray, ScoreArray

WAR = 4.0  # factor by which the decrement grows when a price war has used up its budget


class Places(NamedTuple):
    """Who sits where, what that is worth, the prices, and how many seats are free."""

    choice: IntArray
    worth: ScoreArray
    price: ScoreArray
    free: IntArray


class Suitors(NamedTuple):
    """Who could come: the people and scores of opening ``j`` in ``start[j]:start[j + 1]``."""

    start: IntArray
    person: IntArray
    score: ScoreArray


@kernel
def profit_of(places: Places, person: int) -> float:
    """What a person has today, after the price."""
    now = places.choice[person]
    return places.worth[person] - places.price[now] if now >= 0 else np.float32(0.0)


@kernel
def gather(market: Market, places: Places, wanted: BoolArray) -> Suitors:
    """Everybody who would come to one of the wanted openings if its seats cost nothing."""
    start = np.zeros(wanted.size + 1, np.int64)
    for person in range(places.choice.size):
        has = profit_of(places, person)
        for edge in range(market.start[person], market.start[person + 1]):
            if market.score[edge] <= has:
                break
            start[market.opening[edge] + 1] += wanted[market.opening[edge]]
    start = np.cumsum(start)
    place = start[:-1].copy()
    people = np.empty(start[-1], np.int32)
    score = np.empty(start[-1], np.float32)
    for person in range(places.choice.size):
        has = profit_of(places, person)
        for edge in range(market.start[person], market.start[person + 1]):
            if market.score[edge] <= has:
                break
            target = market.opening[edge]
            if wanted[target]:
                people[place[target]], score[place[target]] = person, market.score[edge]
                place[target] += 1
    return Suitors(start, people, score)


@kernel
def offers_to(
    suitors: Suitors, places: Places, target: int, step: float
) -> tuple[IntArray, ScoreArray]:
    """Edges of who would come for a price, the highest first, and those prices."""
    low, high = suitors.start[target], suitors.start[target + 1]
    edges, offers = np.empty(high - low, np.int64), np.empty(high - low, np.float32)
    count = 0
    for edge in range(low, high):
        person = suitors.person[edge]
        now = places.choice[person]
        offer = suitors.score[edge] - profit_of(places, person)
        if now != target and offer > (step if now >= 0 else np.float32(0.0)):
            edges[count], offers[count] = edge, offer
            count += 1
    order = np.argsort(-offers[:count], kind="mergesort")
    return edges[:count][order], offers[:count][order]


@kernel
def lower(suitors: Suitors, places: Places, target: int, step: float) -> IntArray:
    """Lower one price until the free seats are taken or cost nothing; return the openings left."""
    edges, offers = offers_to(suitors, places, target, step)
    taken = min(places.free[target], edges.size)
    price = max(np.float32(0.0), offers[taken] - step) if taken < edges.size else np.float32(0.0)
    places.price[target] = min(places.price[target], price)
    left = np.empty(taken, np.int32)
    for place in range(taken):
        person = suitors.person[edges[place]]
        left[place] = places.choice[person]
        if left[place] >= 0:
            places.free[left[place]] += 1
        places.choice[person], places.worth[person] = target, suitors.score[edges[place]]
    places.free[target] -= taken
    return left


@kernel
def compete(suitors: Suitors, places: Places, wanted: BoolArray, step: float, budget: int) -> float:
    """Let the wanted openings lower their prices until they are full or free of charge.

    Returns the last step. `budget` counts edges read; each time it is used up `step` grows by
    `WAR`. Openings that are not wanted may lose people: their turn comes in the next pass.
    """
    step = np.float32(step)
    queue, queued = np.flatnonzero(wanted), wanted.copy()
    ring = np.empty(max(1, queue.size), np.int64)
    ring[: queue.size] = queue
    head, waiting, read, limit = 0, queue.size, 0, budget
    while waiting > 0:
        target = ring[head]
        head, waiting = (head + 1) % ring.size, waiting - 1
        queued[target] = False
        if places.free[target] == 0 or places.price[target] == 0.0:
            continue
        read += suitors.start[target + 1] - suitors.start[target]
        if read > limit:
            step, limit = step * np.float32(WAR), limit + budget
        for left in lower(suitors, places, target, step):
            if left >= 0 and wanted[left] and not queued[left]:
                queued[left] = True
                ring[(head + waiting) % ring.size] = left
                waiting += 1
    return step
