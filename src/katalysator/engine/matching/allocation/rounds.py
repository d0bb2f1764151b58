"""The rounds of the auction, from coarse to fine increments; imports numba through `auction`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import fsum
from typing import NamedTuple

import numpy as np

from katalysator.engine.matching.allocation.auction import (
    Books,
    Market,
    Waiting,
    degrees,
    forward,
    profits,
    put_all,
    resume,
    seated,
    value_of,
)
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.allocation.edges import Edges, FloatArray, IntArray, ScoreArray
from katalysator.engine.matching.allocation.reverse import Places, compete, gather

FINE = 4.0  # first increment: this many times what surely proves the gap
SHRINK = 4.0  # between rounds the increment falls by this factor
MARGIN = 4.0  # a round starts this many increments below the last prices: raising is cheaper
FLOOR = 2.0**-40  # smallest increment, as part of the highest score
ROUNDS = 20
SLACK = 0.25  # of the gap: what free seats at a price may cost the proof ...
PASSES = 8  # ... after so many passes that lowered such prices
BIDS, READS, PEACE = 24, 4, 100_000  # a price war: more bids a person or reads an edge than these
_SMALL = 1e-20  # scores below this, or above its inverse, are counted in another unit
_BLOCK = 1 << 16  # people summed at once: the same sums on any number of threads
_THREADS = 2


class Round(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment."""

    choice: IntArray
    certificate: Certificate
    step: float


class Solver:
    """One market, laid out for the kernels, which reckon in single precision.

    Scores in double precision, and single ones near the ends of their range, are counted in units
    of the highest score; what is proven is always proven on the scores as given.
    """

    def __init__(self, edges: Edges, capacity: IntArray, top: float, gap: float) -> None:
        """Lay out the seats; an opening never needs more than one beyond its number of suitors."""
        self.capacity, self.gap = capacity, gap
        plain = edges.score.dtype == np.float32 and _SMALL < top < 1.0 / _SMALL
        self.unit = 1.0 if plain else top
        self.top = top / self.unit
        seats, wanted = np.zeros(edges.openings + 1, np.int64), capacity
        if capacity.max(initial=0) > edges.people or capacity.sum() > 4 * edges.people:
            wanted = np.minimum(capacity, degrees(edges.opening, edges.openings) + 1)
        np.cumsum(wanted, out=seats[1:])
        self.given = Market(edges.start, edges.opening, edges.score, seats)
        score = edges.score if plain else (np.minimum(edges.score, top) / top).astype(np.float32)
        self.market = self.given._replace(score=score)
        self.closed = np.where(capacity == 0, score.max(), 0.0).astype(np.float32)
        self.ceiling = self.bound(self.closed)

    @property
    def people(self) -> int:
        """Number of people."""
        return self.market.start.size - 1

    def price(self, prices: FloatArray) -> ScoreArray:
        """Prices as the kernels count them: no higher than any score, closed where nobody may."""
        own = (np.minimum(prices, self.top * self.unit) / self.unit).astype(np.float32)
        return np.maximum(own, self.closed)

    def prices(self, price: ScoreArray) -> FloatArray:
        """Prices in units of the scores, those of openings without seats beyond any score."""
        never = float(self.given.score.max()) if self.unit != 1.0 else 0.0
        return np.where(self.capacity == 0, never, 0.0) + price.astype(np.float64) * self.unit

    def bound(self, price: ScoreArray) -> float:
        """What no allocation can exceed, by these prices (weak duality), in units of the scores."""
        asked = price if self.unit == 1.0 else self.prices(price)
        shares = self._by_block(lambda first, last: profits(self.given, asked, first, last))
        return float(self.capacity @ asked.astype(np.float64)) + shares

    def round(
        self, price: ScoreArray, choice: IntArray | None, step: float, patience: int
    ) -> Round:
        """One pass from given prices, and perhaps from seats: bid, then lower idle prices."""
        size = self.market.seat[-1]
        books = Books(price, np.empty(size, np.uint64), np.zeros(price.size, np.int32))
        waiting = self._everybody() if choice is None else self._resumed(books, choice, step)
        budget = patience * (BIDS * self.people + PEACE)
        last, _ = forward(self.market, books, waiting, step, budget)
        now = np.empty(self.people, np.int32)
        seated(self.market, books, now)
        return self._repaired(books, now, float(last), patience)

    def _everybody(self) -> Waiting:
        waiting = self._nobody()
        put_all(waiting, self.people)
        return waiting

    def _nobody(self) -> Waiting:
        words = -(-self.people // 64)
        return Waiting(np.zeros(words, np.uint64), np.zeros(-(-words // 64), np.uint64))

    def _resumed(self, books: Books, choice: IntArray, step: float) -> Waiting:
        waiting = self._nobody()
        resume(self.market, books, waiting, choice, step)
        return waiting

    def _repaired(self, books: Books, choice: IntArray, step: float, patience: int) -> Round:
        """Lower the prices of free seats, as long as they spoil the proof; then prove."""
        worth = np.empty(self.people, np.float32)
        value = self._value(self.market, choice, worth)
        places = Places(choice, worth, books.price, np.diff(self.market.seat) - books.filled)
        budget = patience * (READS * self.market.opening.size + PEACE)
        passes = 0
        while (idle := self._idle(places)) > 0.0:
            if (passes := passes + 1) > PASSES and idle <= SLACK * self.gap * value:
                break
            wanted = (places.free > 0) & (places.price > 0.0) & (self.capacity > 0)
            suitors = gather(self.market, places, wanted)
            step = compete(suitors, places, wanted, step, budget)
        value = self._value(self.given, choice, worth)
        bound = max(value, self.bound(books.price))  # below the value only by rounding
        return Round(choice, Certificate(value, bound, self.prices(books.price)), step)

    def _value(self, market: Market, choice: IntArray, worth: ScoreArray) -> float:
        return self._by_block(lambda first, last: value_of(market, choice, worth, first, last))

    def _idle(self, places: Places) -> float:
        """What free seats cost the proof: their prices, which nobody pays."""
        rent = np.where(self.capacity > 0, places.free, 0) * places.price.astype(np.float64)
        return float(rent.sum())

    def _by_block(self, part: Callable[[int, int], float]) -> float:
        borders = [*range(0, self.people, _BLOCK), self.people]
        with ThreadPoolExecutor(_THREADS) as threads:
            return fsum(threads.map(lambda block: part(*block), pairwise(borders)))


def solve(
    edges: Edges,
    capacity: IntArray,
    top: float,
    *,
    gap: float,
    prices: FloatArray | None,
    opening: IntArray | None = None,
    after_round: Callable[[Round], None] = lambda _: None,
) -> tuple[Round, int]:
    """Run rounds from coarse to fine until one proves `gap`; return the best one and how many.

    `top` is the highest score at an opening with seats, above 0. Openings without seats get a price
    that nobody pays, at no cost to the bound.
    """
    solver = Solver(edges, capacity, top, gap)
    usual, floor = solver.ceiling / solver.unit / edges.people, solver.top * FLOOR
    step = max(gap * usual * FINE, floor)
    price, choice = solver.closed.copy(), None
    if prices is not None and solver.bound(solver.price(prices)) < solver.ceiling:
        price, choice = solver.price(prices), opening
        if choice is None:
            price = np.maximum(price - np.float32(MARGIN * step), solver.closed)
    best = last = solver.round(price, choice, step, patience=1)
    after_round(best)
    rounds = 1
    while best.certificate.gap > gap and last.step > floor and rounds < ROUNDS:
        rounds, step = rounds + 1, max(last.step / SHRINK, floor)
        price = solver.price(last.certificate.prices - MARGIN * step * solver.unit)
        last = solver.round(price, last.choice, step, patience=rounds)
        after_round(last)
        best = min(best, last, key=lambda each: each.certificate.gap)
    return best, rounds
