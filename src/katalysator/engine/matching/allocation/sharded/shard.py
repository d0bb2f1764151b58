"""What a worker does: one shard of the people and one of the openings, behind four methods."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.auction import (
    WAR,
    AuctionMarket,
    Books,
    profits,
    value_of,
)
from katalysator.engine.matching.allocation.passes import NARROW, PEACE
from katalysator.engine.matching.allocation.sharded.kernels import (
    Seated,
    ShardHome,
    settle_bids,
    take_turn,
)
from katalysator.engine.matching.allocation.sharded.plan import (
    Bids,
    SettleResult,
    ShardPart,
    Stats,
    Turn,
    TurnResult,
)
from katalysator.engine.matching.allocation.units import counted
from katalysator.engine.matching.allocation.waiting import NOBODY, none_waiting

A = TypeVar("A", bound=NDArray[Any])


class Shard:
    """Rows of people, seats of openings; knows nothing of other shards nor of how messages come.

    Every message is taken as read-only, as Ray delivers it, so that a kernel is compiled once
    whoever calls. Memory: the part, 8 bytes a seat, 9 a person and 20 an opening of the market.
    """

    _part: ShardPart
    _home: ShardHome
    _before: FloatArray

    def load(self, part: ShardPart | None, held: Bids, openings: int) -> None:
        """Take a part of the market in (`None`: keep the one here) and seat only these people."""
        if part is not None:
            self._part = part
        market = _rows(part, openings) if part is not None else self._home.market
        people = market.start.size - 1
        nowhere = np.full(people, NOBODY, np.int32)
        self._home = ShardHome(
            market,
            Books(
                np.zeros(openings, np.float32),
                np.empty(market.seat[-1], np.uint64),
                np.zeros(openings, np.int32),
            ),
            Seated(nowhere, np.zeros(people, np.float32), np.zeros(people, np.bool_)),
            self._part.person,
        )
        self._take_in(held)

    def bid(self, price: FloatArray, turn: Turn) -> TurnResult:
        """Let these people of the shard bid, and whom they outbid, until all is said here.

        Prices here rise at once; those elsewhere are the given ones, of the round before. A bid by
        those may be too low, never too high, so that it keeps what the increment promises.
        """
        home, shift = self._home, np.int32(self._part.person)
        home.books.price[:] = price
        home.own.moved[:] = False
        self._before = home.books.price[self._span].copy()
        people = home.own.moved.size
        budget = turn.patience * (NARROW * people + PEACE)
        step = np.float32(turn.step * WAR ** (turn.wars // budget))
        away, outbid, bids, wars, step = take_turn(
            home, frozen(turn.waiting), none_waiting(people), step, turn.wars, budget
        )
        moved = np.flatnonzero(home.own.moved).astype(np.int32)
        at_home = Bids(home.own.opening[moved], moved + shift, home.own.bid[moved])
        return TurnResult(at_home, Bids(*away), outbid, bids, wars, float(step))

    def settle(self, bids: Bids) -> SettleResult:
        """Take in bids for this shard's openings; each keeps its best, one a seat."""
        returned = self._take_in(bids)
        now = self._home.books.price[self._span]
        changed = np.flatnonzero(now != self._before).astype(np.int32)
        return SettleResult(returned, changed + np.int32(self._part.opening), now[changed])

    def stats(self, price: FloatArray, choice: IntArray) -> Stats:
        """Count what these seats of the shard's people are worth, and bound what any could be.

        The score of a seat is looked up in the rows: a seat where no edge leads counts for nothing.
        """
        given = self._home.market._replace(score=frozen(self._part.score))
        value = value_of(given, frozen(choice), 0, choice.size)
        return Stats(value, profits(given, frozen(price), 0, choice.size))

    @property
    def _span(self) -> slice:
        """The shard's openings."""
        return slice(self._part.opening, self._part.opening + self._part.seat.size - 1)

    def _take_in(self, bids: Bids) -> IntArray:
        opening, person, bid = bids
        return settle_bids(self._home, Bids(frozen(opening), frozen(person), frozen(bid)))


def _rows(part: ShardPart, openings: int) -> AuctionMarket:
    """The rows of a part; of all openings only its own have seats."""
    seat = np.zeros(openings + 1, np.int64)
    low, high = part.opening, part.opening + part.seat.size
    seat[low:high], seat[high:] = part.seat, part.seat[-1]
    score = frozen(counted(part.score, part.unit))
    return AuctionMarket(frozen(part.start), frozen(part.target), score, frozen(seat))


def frozen(array: A) -> A:
    """The same array, not to be written through this view."""
    view = array.view()
    view.flags.writeable = False
    return view
