"""What travels between the coordinator and the shards, and how it is dealt out; numpy only."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.allocation.certificate import UNPLACED
from katalysator.engine.matching.allocation.edges import Edges, FloatArray, IntArray

CHUNK = 1 << 22  # edges counted at once


class Part(NamedTuple):
    """What one worker keeps: the rows of its people and the number of seats of its openings.

    Row ``i`` is person ``person + i`` and holds openings of the whole market; the seats of opening
    ``opening + j`` are ``seat[j]:seat[j + 1]``.
    """

    person: int
    start: IntArray
    target: IntArray
    score: FloatArray
    opening: int
    seat: IntArray


class Bids(NamedTuple):
    """Who bids how much for which opening: int32, int32 and float64, 16 bytes a bid."""

    opening: IntArray
    person: IntArray
    bid: FloatArray


class Settled(NamedTuple):
    """People who left without a seat, and the full openings among those bid for with new prices."""

    returned: IntArray
    opening: IntArray
    price: FloatArray


class Stats(NamedTuple):
    """One shard's part of the certificate: score of its people's seats, and their best profits."""

    value: float
    profit: float


class Plan(NamedTuple):
    """The market in parts, with the borders of the parts among the people and the openings."""

    parts: list[Part]
    people: IntArray
    openings: IntArray
    capacity: IntArray


def divide(edges: Edges, capacity: IntArray, workers: int) -> Plan:
    """Cut people into runs of about equally many edges, openings into runs of equally many seats.

    The rows are views, not copies. An opening never needs more seats than it has suitors, and one.
    """
    seat = np.zeros(edges.openings + 1, np.int64)
    np.cumsum(np.minimum(capacity, suitors(edges) + 1), out=seat[1:])
    people, openings = borders(edges.start, workers), borders(seat, workers)
    spans = zip(people[:-1], people[1:], openings[:-1], openings[1:], strict=True)
    parts = [cut(edges, seat, *map(int, span)) for span in spans]
    return Plan(parts, people, openings, capacity)


def cut(edges: Edges, seat: IntArray, first: int, last: int, low: int, high: int) -> Part:
    """People ``first:last`` and openings ``low:high`` of the market."""
    start, end = edges.start[first], edges.start[last]
    return Part(
        person=first,
        start=edges.start[first : last + 1] - start,
        target=edges.opening[start:end],
        score=edges.score[start:end],
        opening=low,
        seat=seat[low : high + 1] - seat[low],
    )


def suitors(edges: Edges) -> NDArray[np.int64]:
    """Number of edges of each opening, in pieces because `numpy.bincount` widens what it counts."""
    count = np.zeros(edges.openings, np.int64)
    for low in range(0, edges.opening.size, CHUNK):
        count += np.bincount(edges.opening[low : low + CHUNK], minlength=edges.openings)
    return count


def borders(offset: IntArray, parts: int) -> IntArray:
    """Cut ``0:offset.size - 1`` where the offsets pass equal shares of the last one."""
    shares = offset[-1] * np.arange(1, parts) // parts
    inner = np.searchsorted(offset, shares).clip(0, offset.size - 1)
    return np.concatenate([[0], inner, [offset.size - 1]])


def deal(key: IntArray, border: IntArray, *columns: NDArray[Any]) -> list[tuple[NDArray[Any], ...]]:
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
