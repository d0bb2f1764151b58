"""What a worker does, behind four methods: one shard of the people and one of the openings.

The kernels come first. They call those of `auction`, so import this only where a shard works; after a
change there the cache on disk has to be removed, for it looks at this file only. They check nothing.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching.allocation.auction import (
    WAR,
    AuctionMarket,
    Books,
    Single,
    beats,
    best_two,
    fetch_row,
    nobody_seated,
    profits,
    raised,
    seat_bidder,
    seat_key,
    value_of,
)
from katalysator.engine.matching.allocation.passes import NARROW, PEACE
from katalysator.engine.matching.allocation.sharded.plan import (
    Bids,
    SettleResult,
    ShardPart,
    Stats,
    Turn,
    TurnResult,
)
from katalysator.engine.matching.allocation.units import counted
from katalysator.engine.matching.allocation.waiting import (
    NOBODY,
    Waiting,
    next_waiting,
    none_waiting,
    put,
    take,
)


class Seated(NamedTuple):
    """Where the shard's people sit among its openings (`NOBODY`: nowhere), and who has moved."""

    opening: IntArray
    bid: FloatArray
    moved: BoolArray


class ShardHome(NamedTuple):
    """What a shard holds: rows and seats, prices and heaps, its people's places, the first person."""

    market: AuctionMarket
    books: Books
    own: Seated
    shift: int


@kernel
def sit(home: ShardHome, person: int, opening: int, bid: Single) -> bool:
    """Write down where somebody sits now; is it one of the shard's people, and not a guest?"""
    row = person - home.shift
    if row < 0 or row >= home.own.opening.size:
        return False
    home.own.opening[row], home.own.bid[row], home.own.moved[row] = opening, bid, True
    return True


@kernel
def seat_here(home: ShardHome, waiting: Waiting, target: int, bidder: int, bid: Single) -> int:
    """Seat one of the shard's people; return the guest who lost the seat, or `NOBODY`."""
    sit(home, bidder, target, bid)
    evicted = seat_bidder(home.market, home.books, target, seat_key(bid, bidder))
    if evicted >= 0 and sit(home, evicted, NOBODY, np.float32(0.0)):
        put(waiting, evicted - home.shift)
        return NOBODY
    return int(evicted)


@kernel
def take_turn(
    home: ShardHome, asked: IntArray, waiting: Waiting, step: Single, wars: int, budget: int
) -> tuple[Bids, IntArray, int, int, Single]:
    """Let the people asked bid, and whom they outbid, until nobody has more to say here.

    Each of them sits then, wants nothing, or wants to go elsewhere. An opening without seats here
    is elsewhere, unless its price keeps everybody off. Returns the bids for elsewhere, which guests
    lost their seats, how many bids were made, how many of them were narrow in this phase (see
    `auction.forward`), and the last increment. `waiting` is empty before and after.
    """
    market, price, count, lost, bids = home.market, home.books.price, 0, 0, 0
    rows = home.own.opening.size
    opening, person = np.empty(rows, np.int32), np.empty(rows, np.int32)
    away, outbid = np.empty(rows, np.float32), np.empty(home.books.heap.size, np.int32)
    for bidder in asked:
        put(waiting, bidder - home.shift)
    row = take(waiting, 0)
    while row >= 0:
        fetch_row(market, next_waiting(waiting, row + 1))
        edge, first, second = best_two(market, price, row)
        if edge >= 0:
            bids += 1
            if first - second < step:
                wars += 1
                step *= np.float32(WAR if wars % budget == 0 else 1.0)
            target, bidder = market.opening[edge], row + home.shift
            bid = raised(price[target], first - second, step, market.score[edge])
            if market.seat[target] == market.seat[target + 1]:
                opening[count], person[count], away[count] = target, bidder, bid
                count += 1
            else:
                guest = seat_here(home, waiting, target, bidder, bid)
                if guest >= 0:
                    outbid[lost] = guest
                    lost += 1
        row = take(waiting, row + 1)
    found = Bids(opening[:count].copy(), person[:count].copy(), away[:count].copy())
    return found, outbid[:lost].copy(), bids, wars, step


@kernel
def settle_bids(home: ShardHome, bids: Bids) -> IntArray:
    """Take all bids in, and return who is left without a seat.

    What an opening keeps depends on the set of bids alone, not on their order: the higher bid
    stays, of equal ones the higher person.
    """
    returned, count = np.empty(bids.bid.size, np.int32), 0
    for place in range(bids.bid.size):
        target, person, bid = bids.opening[place], bids.person[place], bids.bid[place]
        key, loser = seat_key(bid, person), int(person)
        if beats(home.market, home.books, target, key):
            sit(home, person, target, bid)
            loser = seat_bidder(home.market, home.books, target, key)
            if loser >= 0:
                sit(home, loser, NOBODY, np.float32(0.0))
        if loser >= 0:
            returned[count] = loser
            count += 1
    return returned[:count].copy()


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
            nobody_seated(market, np.zeros(openings, np.float32)),
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
