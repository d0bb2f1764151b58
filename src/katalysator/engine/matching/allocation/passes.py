"""The passes of the auction, each from given prices to a proof, from coarse to fine increments.

It imports numba through `auction`.
"""

from collections.abc import Callable
from math import fsum
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.auction import (
    AuctionMarket,
    Books,
    Wanted,
    first_bids,
    forward,
    nobody_seated,
    profits,
    seat_all,
    seated,
    value_of,
)
from katalysator.engine.matching.allocation.certificate import Certificate, cost
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.keeping import appraise, keep, recollect
from katalysator.engine.matching.allocation.near_kernels import (
    NearPairs,
    best_profits,
)
from katalysator.engine.matching.allocation.near_pairs import NEAR, NearReader
from katalysator.engine.matching.allocation.reverse import (
    Seating,
    Suitors,
    by_opening,
    compete,
    worth_together,
)
from katalysator.engine.matching.allocation.threads import in_parts, side_by_side
from katalysator.engine.matching.allocation.units import Units, counted, grain, multiples
from katalysator.engine.matching.allocation.waiting import Waiting, none_waiting

FINE: Final = 4.0  # first proven increment: this many times what surely proves the gap
FLOOR: Final = 2.0**-40  # smallest increment, as part of the highest score
LARGE: Final = 1_000_000  # edges from which on free seats may keep a price, if it proves enough
NARROW, READS, PEACE = 2, 4, 100_000  # a price war: more narrow bids a person or reads an edge


class Round(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment.

    `near` is what is known of the rows, where that may shorten another run.
    """

    choice: IntArray
    certificate: Certificate
    step: float
    near: NearPairs | None = None


class Solver:
    """One market, laid out for the kernels, which reckon in single precision (see `Units`).

    Increments and prices count in the unit of `units`, bounds in that of the scores.
    """

    def __init__(self, edges: Edges, capacity: IntArray, top: float, gap: float) -> None:
        """Lay out the seats; an opening never needs more than one beyond its number of suitors."""
        self.capacity, self.gap = capacity, gap
        self.large = edges.score.size > LARGE
        self.units = Units(edges, capacity, top)
        seats, wanted = np.zeros(edges.openings + 1, np.int64), capacity
        if capacity.max(initial=0) > edges.people or capacity.sum() > 4 * edges.people:
            wanted = np.minimum(capacity, edges.degrees() + 1)
        np.cumsum(wanted, out=seats[1:])
        opening = edges.opening.view(np.uint32)  # the kernels need not look for ids below 0
        self.given = AuctionMarket(edges.start, opening, edges.score, seats)
        self.market = self.given._replace(score=counted(edges.score, self.units.unit))
        closed = self.units.closed
        self.ceiling = self.bound(closed) if closed.any() else edges.ceiling
        self.usual = self.ceiling / self.units.unit / edges.people
        self.floor = self.units.top * FLOOR
        self.fine = max(gap * self.usual * FINE, self.floor)
        self.grain = grain(self.market.score, gap * self.usual / FINE)
        self.near = NearReader(self.market, self.units, keeps=self.units.plain and self.large)

    @property
    def people(self) -> int:
        """Number of people."""
        return self.market.start.size - 1

    @property
    def rounded(self) -> float:
        """What six sums in single precision a person may be off, each by half a unit."""
        return 3.0 * self.people * self.units.top * float(np.finfo(np.float32).eps)

    def bound(self, price: FloatArray) -> float:
        """What no allocation can exceed, by these prices (weak duality), in units of the scores."""
        asked = price if self.units.plain else self.units.prices(price)
        shares = self._sum(lambda first, last: profits(self.given, asked, first, last))
        return cost(self.capacity, asked) + shares

    def lowered(self, price: FloatArray, fall: float) -> FloatArray:
        """Prices from which a pass starts."""
        low: FloatArray = np.maximum(price - np.float32(fall), self.units.closed)
        return low

    def coarse(self, price: FloatArray, step: float) -> tuple[int, Round | None]:
        """Change prices by a pass; how many bidders stay without a seat, and a proof if it is one."""
        places, outside, last = self._forward(price, max(step, self.fine), patience=1)
        return outside, self._whole(places, last)

    def round(self, price: FloatArray, step: float, patience: int) -> Round:
        """One pass from given prices: everybody bids, then idle prices come down."""
        places, _, last = self._forward(price, step, patience)
        return self._whole(places, last) or self._repaired(places, last, patience)

    def renewed(
        self, wanted: Wanted, price: FloatArray, step: float, patience: int
    ) -> Round | None:
        """One pass in which only those bid who do not keep their seats; none if that is most."""
        books, waiting = nobody_seated(self.market, price), none_waiting(self.people)
        if 2 * keep(self.market, books, waiting, wanted) < min(self.people, self.market.seat[-1]):
            return None
        places, _, last = self._settled(books, wanted, waiting, step, patience)
        return self._repaired(places, last, patience)

    def appraised(self, choice: IntArray, price: FloatArray, step: float) -> tuple[Wanted, float]:
        """What people want who sat at `choice`, and the bound that these prices prove."""
        wanted, unread = self._wanted(), np.ones(self.people, np.bool_)
        known = self._recollected(choice, price, step, wanted, unread)
        who = np.flatnonzero(unread)

        def part(first: int, last: int) -> float:
            return appraise(self.market, price, choice, step, wanted, who, first, last)

        profit = fsum(in_parts(who.size, part)) + known
        return wanted, cost(self.capacity, self.units.prices(price)) + self.units.unit * profit

    def _recollected(
        self, choice: IntArray, price: FloatArray, step: float, wanted: Wanted, unread: BoolArray
    ) -> float:
        """The same of those of whom the rows are known, not `unread`; their best profits together.

        By an edge that is not near nobody comes as long as no price falls by `NEAR`.
        """
        if (known := self.near.known) is None:
            return 0.0
        fall = NEAR * self.units.top
        return recollect(price, choice, known.people, fall, step, wanted, unread)

    def _forward(self, price: FloatArray, step: float, patience: int) -> tuple[Seating, int, float]:
        """Everybody bids once at the prices given, then one by one until all are content.

        Returns who sits where, how many bidders stay without a seat, and the last increment.
        """
        self.near.known = None
        books = nobody_seated(self.market, price)
        return self._settled(books, *self._first_bids(books, step), step, patience)

    def _wanted(self) -> Wanted:
        """Room for what each person wants."""
        return Wanted(
            np.empty(self.people, np.int32),
            np.empty(self.people, np.float32),
            np.empty(self.people, np.float32),
        )

    def _settled(
        self, books: Books, wanted: Wanted, waiting: Waiting, step: float, patience: int
    ) -> tuple[Seating, int, float]:
        """Let those who wait bid one by one until all are content; returns as `_forward` does."""
        price = books.price
        budget = patience * (NARROW * self.people + PEACE)
        last, _ = forward(self.market, books, waiting, wanted.worth, step, budget)
        outside = int(np.count_nonzero(wanted.target >= 0) - books.filled.sum())
        choice = np.empty(self.people, np.int32)
        seated(self.market, books, choice)
        free = np.diff(self.market.seat) - books.filled
        return Seating(choice, wanted.worth, price, free), outside, float(last)

    def _first_bids(self, books: Books, step: float) -> tuple[Wanted, Waiting]:
        """Ask and seat everybody once, in parts side by side; return who was outbid."""
        wanted = self._wanted()

        def ask(first: int, last: int) -> None:
            first_bids(self.market, books.price, step, wanted, first, last)

        def seat(first: int, last: int) -> Waiting:
            outbid = none_waiting(self.people)
            seat_all(self.market, books, outbid, wanted, (first, last))
            return outbid

        in_parts(self.people, ask)
        halves = [(0, books.price.size // 2), (books.price.size // 2, books.price.size)]
        some, others = side_by_side(halves, seat)
        return wanted, Waiting(some.person | others.person, some.word | others.word)

    def _whole(self, places: Seating, step: float) -> Round | None:
        """The proof by prices rounded to the grain of the scores, if it is one: see `units`."""
        if self.grain <= 2.0 * step:
            return None
        value = self._value(places)
        for price in multiples(places.price, self.grain, self.units.closed):
            proof = self._proven(price, value, self.bound(price))
            if proof.gap <= self.gap:
                return Round(places.choice, proof, step)
        return None

    def _repaired(self, places: Seating, step: float, patience: int) -> Round:
        """Lower the prices of free seats until none is left, or the proof is good enough."""
        budget = patience * (READS * self.market.opening.size + PEACE)
        passes = 0
        told: Suitors | None = None
        while (idle := self._idle(places)).any():
            lost = cost(places.free[idle], places.price[idle]) * self.units.unit
            if self.large and lost <= self.gap * self.ceiling:
                proof = self._proof(places, told or self._told(places, idle))
                if proof.gap <= self.gap:
                    return Round(places.choice, proof, step, self.near.known)
            pairs, floor = self.near.pairs(places, idle, passes)
            told = by_opening(pairs, places, self.market.seat)
            step, passes = compete(told, places, floor, step, budget), passes + 1
        proof = self._proof(places, told or self._told(places, idle))
        return Round(places.choice, proof, step, self.near.known)

    def _proof(self, places: Seating, told: Suitors | None) -> Certificate:
        """What the prices prove; all rows are read where nothing is told, or where rounding decides."""
        value = self._value(places)
        bound = self._bound_by(told, places) if told and self.near.keeps else np.inf
        proves = (1.0 - self.gap) * bound <= value
        if (not proves and (1.0 - self.gap) * (bound - self.rounded) <= value) or bound == np.inf:
            bound = self.bound(places.price)
        return self._proven(places.price, value, bound)

    def _proven(self, price: FloatArray, value: float, bound: float) -> Certificate:
        """The certificate; a bound is below the value by rounding only."""
        return Certificate(value, max(value, bound), self.units.prices(price))

    def _told(self, places: Seating, idle: BoolArray) -> Suitors | None:
        """Who could come before openings compete, if few rows need be read for it."""
        if self.near.known is None:
            return None
        return by_opening(self.near.pairs(places, idle, 0)[0], places, self.market.seat)

    def _bound_by(self, told: Suitors, places: Seating) -> float:
        """What prices prove after openings have competed, without a row that is read.

        Pairs were told apart in single precision, so `rounded` is added.
        """
        elsewhere = np.zeros(self.people, np.float32)
        profits = best_profits(told, places, elsewhere)
        self.near.remember(places, elsewhere)
        return cost(self.capacity, places.price) + self.rounded + profits

    def _value(self, places: Seating) -> float:
        """What the seats given are worth, in double precision."""
        if self.units.plain:
            return worth_together(places)
        return self._sum(lambda first, last: value_of(self.given, places.choice, first, last))

    def _idle(self, places: Seating) -> BoolArray:
        """Which openings ask a price and have a free seat."""
        return (places.free > 0) & (places.price > self.units.closed)

    def _sum(self, part: Callable[[int, int], float]) -> float:
        return fsum(in_parts(self.people, part))
