"""The rounds of the auction, from coarse to fine increments; imports numba through `auction`."""

from collections.abc import Callable
from math import fsum
from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.auction import (
    AuctionMarket,
    Books,
    Waiting,
    degrees,
    first_bids,
    forward,
    profits,
    seat_all,
    seated,
    value_of,
)
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.reverse import (
    LooseEdges,
    Seating,
    Suitors,
    by_opening,
    compete,
    near,
)
from katalysator.engine.matching.allocation.threads import in_parts, side_by_side
from katalysator.engine.matching.allocation.units import Units, counted

COARSE = 0.2  # increment of the rough pass, of what a person usually has
FINE = 4.0  # first proven increment: this many times what surely proves the gap
SHRINK = 4.0  # between rounds the increment falls by this factor
MARGIN = 16.0  # a round starts this many increments below the last prices: raising is cheaper
FLOOR = 2.0**-40  # smallest increment, as part of the highest score
ROUNDS = 20
LARGE = 1_000_000  # edges from which on free seats may keep a price, if the proof is good enough
NARROW, READS, PEACE = 2, 4, 100_000  # a price war: more narrow bids a person or reads an edge
NEAR, FAR, GROW = 2.0**-5, 2.0**-2, 2.0  # falls of prices looked at, of the highest score; growth


class Round(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment."""

    choice: IntArray
    certificate: Certificate
    step: float


class Solver:
    """One market, laid out for the kernels, which reckon in single precision (see `Units`)."""

    def __init__(self, edges: Edges, capacity: IntArray, top: float, gap: float) -> None:
        """Lay out the seats; an opening never needs more than one beyond its number of suitors."""
        self.capacity, self.gap = capacity, gap
        self.large = edges.score.size > LARGE
        self.units = Units(edges, capacity, top)
        seats, wanted = np.zeros(edges.openings + 1, np.int64), capacity
        if capacity.max(initial=0) > edges.people or capacity.sum() > 4 * edges.people:
            wanted = np.minimum(capacity, degrees(edges.opening, edges.openings) + 1)
        np.cumsum(wanted, out=seats[1:])
        self.given = AuctionMarket(edges.start, edges.opening, edges.score, seats)
        self.market = self.given._replace(score=counted(edges.score, self.units.unit))
        self.ceiling = self.bound(self.units.closed)

    @property
    def people(self) -> int:
        """Number of people."""
        return self.market.start.size - 1

    def bound(self, price: FloatArray) -> float:
        """What no allocation can exceed, by these prices (weak duality), in units of the scores."""
        asked = price if self.units.plain else self.units.prices(price)
        shares = self._sum(lambda first, last: profits(self.given, asked, first, last))
        return float(self.capacity @ asked.astype(np.float64)) + shares

    def rough(self, price: FloatArray, step: float) -> FloatArray:
        """Prices from a pass with a large increment: close, and mostly too high, at little cost."""
        self._forward(self._books(price), step, patience=1)
        return price

    def round(self, price: FloatArray, step: float, patience: int) -> Round:
        """One pass from given prices: everybody bids, then idle prices come down."""
        books = self._books(price)
        last = self._forward(books, step, patience)
        now = np.empty(self.people, np.int32)
        seated(self.market, books, now)
        return self._repaired(books, now, last, patience)

    def _books(self, price: FloatArray) -> Books:
        seats = np.empty(self.market.seat[-1], np.uint64)
        return Books(price, seats, np.zeros(price.size, np.int32))

    def _forward(self, books: Books, step: float, patience: int) -> float:
        """Everybody bids once at the prices given, then one by one until all are content."""
        waiting = self._first_bids(books, step)
        budget = patience * (NARROW * self.people + PEACE)
        return float(forward(self.market, books, waiting, step, budget)[0])

    def _first_bids(self, books: Books, step: float) -> Waiting:
        """Ask and seat everybody once, in parts side by side; return who was outbid."""
        targets, bids = np.empty(self.people, np.int32), np.empty(self.people, np.float32)

        def ask(first: int, last: int) -> None:
            mine = slice(first, last)
            first_bids(self.market, books.price, step, targets[mine], bids[mine], first)

        def seat(first: int, last: int) -> Waiting:
            outbid = nobody(self.people)
            seat_all(self.market, books, outbid, targets, bids, (first, last))
            return outbid

        in_parts(self.people, ask)
        halves = [(0, books.price.size // 2), (books.price.size // 2, books.price.size)]
        some, others = side_by_side(halves, seat)
        return Waiting(some.person | others.person, some.word | others.word)

    def _repaired(self, books: Books, choice: IntArray, step: float, patience: int) -> Round:
        """Lower the prices of free seats until none is left, or the proof is good enough."""
        places = Seating(
            choice,
            np.empty(self.people, np.float32),
            books.price,
            np.diff(self.market.seat) - books.filled,
        )
        budget = patience * (READS * self.market.opening.size + PEACE)
        self._value(self.market, choice, places.worth)
        passes, proof = 0, None
        while self._idle(places).any():
            least = self._least(places, passes)
            step = compete(self._suitors(places, least), places, least, step, budget)
            passes, proof = passes + 1, self._proof(places)
            if self.large and proof.gap <= self.gap:
                break
        return Round(choice, proof or self._proof(places), step)

    def _least(self, places: Seating, passes: int) -> FloatArray:
        """Where prices may fall to in this pass: far where a seat is free, a little elsewhere."""
        drop = np.where(self._idle(places), FAR, NEAR) * (self.units.top * GROW**passes)
        least = np.maximum(places.price - drop.astype(np.float32), np.float32(0.0))
        return np.where(places.price > self.units.closed, least, np.float32(np.inf))

    def _proof(self, places: Seating) -> Certificate:
        """The value of the seats, written into `worth`, and what the prices prove."""
        value = self._value(self.given, places.choice, places.worth)
        bound = max(value, self.bound(places.price))  # below the value only by rounding
        if not self.units.plain:
            self._value(self.market, places.choice, places.worth)
        return Certificate(value, bound, self.units.prices(places.price))

    def _value(self, market: AuctionMarket, choice: IntArray, worth: FloatArray) -> float:
        return self._sum(lambda first, last: value_of(market, choice, worth, first, last))

    def _idle(self, places: Seating) -> BoolArray:
        """Which openings ask a price and have a free seat."""
        return (places.free > 0) & (places.price > self.units.closed)

    def _suitors(self, places: Seating, least: FloatArray) -> Suitors:
        """Who would come somewhere if prices fell to `least`."""
        found = in_parts(
            self.people, lambda first, last: near(self.market, places, least, first, last)
        )
        pairs = LooseEdges(*(np.concatenate(column) for column in zip(*found, strict=True)))
        return by_opening(pairs, places.price.size)

    def _sum(self, part: Callable[[int, int], float]) -> float:
        return fsum(in_parts(self.people, part))


def nobody(people: int) -> Waiting:
    """Room for so many people to wait in."""
    words = -(-people // 64)
    return Waiting(np.zeros(words, np.uint64), np.zeros(-(-words // 64), np.uint64))


def solve(
    edges: Edges,
    capacity: IntArray,
    top: float,
    *,
    gap: float,
    prices: FloatArray | None,
    after_round: Callable[[Round], None] = lambda _: None,
) -> tuple[Round, int]:
    """Run rounds from coarse to fine until one proves `gap`; return the best one and how many.

    `top` is the highest score at an opening with seats, above 0. Openings without seats get a price
    that nobody pays, at no cost to the bound.
    """
    solver = Solver(edges, capacity, top, gap)
    units, ceiling = solver.units, solver.ceiling / solver.units.unit
    usual, floor = ceiling / edges.people, units.top * FLOOR
    step, start = max(gap * usual * FINE, floor), prices
    if start is None or capacity @ units.price(start) >= ceiling:
        start = units.prices(solver.rough(units.closed.copy(), max(usual * COARSE, step)))
    price = units.price(start - MARGIN * step * units.unit)
    best = last = solver.round(price, step, patience=1)
    after_round(best)
    rounds = 1
    while best.certificate.gap > gap and last.step > floor and rounds < ROUNDS:
        rounds, step = rounds + 1, max(last.step / SHRINK, floor)
        price = units.price(last.certificate.prices - MARGIN * step * units.unit)
        last = solver.round(price, step, patience=rounds)
        after_round(last)
        best = min(best, last, key=lambda each: each.certificate.gap)
    return best, rounds
