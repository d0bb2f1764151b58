"""What travels between the coordinator and the shards, and how it is dealt out; numpy only."""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Array, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED


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
