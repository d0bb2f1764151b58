"""How a market is cut into parts, and what travels between the coordinator and the shards; numpy only.

The cuts go along regions where these are given, else into equal runs.
"""

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Array, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, Allocation
from katalysator.engine.matching.allocation.edges import Edges, runs
from katalysator.engine.matching.allocation.solver import highest
from katalysator.engine.matching.allocation.units import Units


class ShardPart(NamedTuple):
    """What one worker keeps: the rows of its people and the number of seats of its openings.

    Row ``i`` is person ``person + i`` and holds openings of the whole market; the seats of opening
    ``opening + j`` are ``seat[j]:seat[j + 1]``. Scores are as given, and bids count in `unit`.
    """

    person: int
    start: IntArray
    target: IntArray
    score: FloatArray
    opening: int
    seat: IntArray
    unit: float


class Bids(NamedTuple):
    """Who bids how much for which opening: int32, int32 and float32, 12 bytes a bid.

    An opening of `UNPLACED` says that the person has left the seat.
    """

    opening: IntArray
    person: IntArray
    bid: FloatArray


class Turn(NamedTuple):
    """What a shard is told when its people are to bid: the increment, and who waits.

    `wars` narrow bids were made in this phase by this shard; after each `patience` times what is
    usual the increment grows.
    """

    step: float
    patience: int
    wars: int
    waiting: IntArray


class TurnResult(NamedTuple):
    """What came of it: who has moved at home, bids for elsewhere, guests who lost their seat.

    `bids` counts all bids, `wars` the narrow ones of this phase, `step` is the last increment.
    """

    moved: Bids
    away: Bids
    outbid: IntArray
    bids: int
    wars: int
    step: float


class SettleResult(NamedTuple):
    """People who left without a seat, and the openings whose price has changed in this round."""

    returned: IntArray
    opening: IntArray
    price: FloatArray


class Stats(NamedTuple):
    """One shard's part of the certificate: score of its people's seats, and their best profits."""

    value: float
    profit: float


def deal(key: IntArray, border: IntArray, *columns: Array) -> list[tuple[Array, ...]]:
    """Give each part the entries of the columns whose key lies within its borders, in order."""
    owner = np.searchsorted(border[1:-1], key, side="right")
    return [tuple(column[owner == part] for column in columns) for part in range(border.size - 1)]


def deal_bids(bids: Bids, border: IntArray) -> list[Bids]:
    """Give each bid to the part that owns its opening."""
    return [Bids(*columns) for columns in deal(bids.opening, border, *bids)]


def gathered(bids: list[Bids]) -> Bids:
    """The bids of all parts as one message."""
    return Bids(*(np.concatenate(column) for column in zip(*bids, strict=True)))


def held(choice: IntArray, bid: FloatArray) -> Bids:
    """The winning bids of everybody who sits."""
    person = np.flatnonzero(choice != UNPLACED).astype(np.int32)
    return Bids(choice[person], person, bid[person])


Regions = tuple[IntArray, IntArray]
"""The region of each person (P,) and of each opening (O,), as numbers."""


class ByRegion(NamedTuple):
    """Edges and seats with people and openings by region, and the numbers that they had before."""

    edges: Edges
    capacity: IntArray
    regions: Regions
    person: IntArray
    opening: IntArray

    def original(self, found: Allocation) -> Allocation:
        """The same allocation in the numbers of before."""
        choice, prices = np.empty_like(found.opening), np.empty_like(found.certificate.prices)
        choice[self.person] = np.append(self.opening, UNPLACED)[found.opening]  # -1 is the last
        prices[self.opening] = found.certificate.prices
        return Allocation(choice, replace(found.certificate, prices=prices), found.rounds)


class Plan(NamedTuple):
    """The market in parts, with the borders of the parts among the people and the openings."""

    parts: list[ShardPart]
    people: IntArray
    openings: IntArray
    capacity: IntArray
    units: Units


def arranged(edges: Edges, capacity: IntArray, regions: Regions) -> ByRegion:
    """Bring people and openings of a region together, else in their order. Copies the edges."""
    person, opening = (np.argsort(side, kind="stable").astype(np.int32) for side in regions)
    place = np.empty_like(opening)
    place[opening] = np.arange(opening.size, dtype=np.int32)
    start = np.zeros(edges.people + 1, np.int64)
    np.cumsum(np.diff(edges.start)[person], out=start[1:])
    target, score = np.empty_like(edges.opening), np.empty_like(edges.score)
    for first, last in runs(start):
        size = np.diff(start[first : last + 1])
        shift = np.repeat(edges.start[person[first:last]] - start[first:last], size)
        taken, into = shift + np.arange(start[first], start[last]), slice(start[first], start[last])
        target[into], score[into] = place[edges.opening[taken]], edges.score[taken]
    sorted_edges = Edges(start, target, score, edges.openings)
    home, region = regions[0][person], regions[1][opening]
    return ByRegion(sorted_edges, capacity[opening], (home, region), person, opening)


def divide(edges: Edges, capacity: IntArray, workers: int, regions: Regions | None = None) -> Plan:
    """Cut the market; the rows are views, not copies.

    Without regions people are cut into runs of about equally many edges, openings into runs of
    equally many seats. With regions (in rising order, see `arranged`) people are cut where two
    regions meet, and openings at the same place. An opening never needs more seats than it has
    suitors, and one.
    """
    seat = np.zeros(edges.openings + 1, np.int64)
    np.cumsum(np.minimum(capacity, edges.degrees() + 1), out=seat[1:])
    people, openings = borders(edges.start, workers), borders(seat, workers)
    if regions is not None:
        people, openings = along(edges, regions, people)
    units = Units(edges, capacity, highest(edges, capacity))
    spans = zip(*(pairwise(side.tolist()) for side in (people, openings)), strict=True)
    parts = [cut(edges, seat, units.unit, *own, *held) for own, held in spans]
    return Plan(parts, people, openings, capacity, units)


def along(edges: Edges, regions: Regions, people: IntArray) -> tuple[IntArray, IntArray]:
    """Move the borders among the people to where the nearest regions meet; the openings follow."""
    home, region = regions
    meet = np.concatenate([np.flatnonzero(np.diff(home, prepend=home[:1] - 1)), [home.size]])
    inner = people[1:-1]
    later = np.searchsorted(meet, inner).clip(1, meet.size - 1)
    low, high = meet[later - 1], meet[later]
    wanted = edges.start[inner]
    nearer = np.where(wanted - edges.start[low] <= edges.start[high] - wanted, low, high)
    first = np.where(nearer < home.size, home[nearer.clip(0, home.size - 1)], region.max() + 1)
    follow = np.searchsorted(region, first)
    ends = ([0], nearer, [home.size]), ([0], follow, [region.size])
    return np.concatenate(ends[0]), np.concatenate(ends[1])


def cut(
    edges: Edges, seat: IntArray, unit: float, first: int, last: int, low: int, high: int
) -> ShardPart:
    """People ``first:last`` and openings ``low:high`` of the market."""
    start, end = edges.start[first], edges.start[last]
    return ShardPart(
        person=first,
        start=edges.start[first : last + 1] - start,
        target=edges.opening[start:end],
        score=edges.score[start:end],
        opening=low,
        seat=seat[low : high + 1] - seat[low],
        unit=unit,
    )


def borders(offset: IntArray, parts: int) -> IntArray:
    """Cut ``0:offset.size - 1`` where the offsets pass equal shares of the last one."""
    shares = offset[-1] * np.arange(1, parts) // parts
    inner = np.searchsorted(offset, shares).clip(0, offset.size - 1)
    return np.concatenate([[0], inner, [offset.size - 1]])
