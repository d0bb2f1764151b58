"""The rounds of the auction, from coarse to fine increments; imports numba through `auction`."""

from collections.abc import Callable
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
    seated,
    value_of,
)
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.allocation.edges import Edges, FloatArray, IntArray, ScoreArray
from katalysator.engine.matching.allocation.parts import in_parts
from katalysator.engine.matching.allocation.reverse import (
    Pairs,
    Places,
    Suitors,
    by_opening,
    compete,
    near,
)

FINE = 4.0  # first increment: this many times what surely proves the gap
SHRINK = 4.0  # between rounds the increment falls by this factor
MARGIN = 4.0  # a round starts this many increments below the last prices: raising is cheaper
FLOOR = 2.0**-40  # smallest increment, as part of the highest score
ROUNDS = 20
LARGE = 1_000_000  # edges from which on free seats may keep a price, if the proof is good enough
BIDS, READS, PEACE = 24, 4, 100_000  # a price war: more bids a person or reads an edge than these
DROP, GROW = 2.0**-3, 2.0  # first fall of prices looked at, of the highest score; its growth
_SMALL = 1e-20  # scores below this, or above its inverse, are counted in another unit


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
        self.large = edges.score.size > LARGE
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
        self.closed = np.where(capacity == 0, score.max(initial=0.0), 0.0).astype(np.float32)
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
        never = float(self.given.score.max(initial=0.0)) if self.unit != 1.0 else 0.0
        return np.where(self.capacity == 0, never, 0.0) + price.astype(np.float64) * self.unit

    def bound(self, price: ScoreArray) -> float:
        """What no allocation can exceed, by these prices (weak duality), in units of the scores."""
        asked = price if self.unit == 1.0 else self.prices(price)
        shares = self._sum(lambda first, last: profits(self.given, asked, first, last))
        return float(self.capacity @ asked.astype(np.float64)) + shares

    def round(self, price: ScoreArray, step: float, patience: int) -> Round:
        """One pass from given prices: everybody bids, then idle prices come down."""
        size = self.market.seat[-1]
        books = Books(price, np.empty(size, np.uint64), np.zeros(price.size, np.int32))
        budget = patience * (BIDS * self.people + PEACE)
        last, _ = forward(self.market, books, self._everybody(), step, budget)
        now = np.empty(self.people, np.int32)
        seated(self.market, books, now)
        return self._repaired(books, now, float(last), patience)

    def _everybody(self) -> Waiting:
        words = -(-self.people // 64)
        waiting = Waiting(np.zeros(words, np.uint64), np.zeros(-(-words // 64), np.uint64))
        put_all(waiting, self.people)
        return waiting

    def _repaired(self, books: Books, choice: IntArray, step: float, patience: int) -> Round:
        """Lower the prices of free seats until none is left, or the proof is good enough."""
        places = Places(
            choice,
            np.empty(self.people, np.float32),
            books.price,
            np.diff(self.market.seat) - books.filled,
        )
        budget = patience * (READS * self.market.opening.size + PEACE)
        drop, proof = DROP * self.top, self._proof(places)
        while self._idle(places) and not (self.large and proof.gap <= self.gap):
            step = compete(self._suitors(places, drop), places, step, drop, budget)
            drop, proof = GROW * drop, self._proof(places)
        return Round(choice, proof, step)

    def _proof(self, places: Places) -> Certificate:
        """The value of the seats, written into `worth`, and what the prices prove."""
        value = self._value(self.given, places.choice, places.worth)
        bound = max(value, self.bound(places.price))  # below the value only by rounding
        if self.unit != 1.0:
            self._value(self.market, places.choice, places.worth)
        return Certificate(value, bound, self.prices(places.price))

    def _value(self, market: Market, choice: IntArray, worth: ScoreArray) -> float:
        return self._sum(lambda first, last: value_of(market, choice, worth, first, last))

    def _idle(self, places: Places) -> bool:
        """Whether an opening asks a price and has a free seat."""
        return bool(((places.free > 0) & (places.price > self.closed)).any())

    def _suitors(self, places: Places, drop: float) -> Suitors:
        """Who would come somewhere if prices fell by `drop`."""
        found = in_parts(
            self.people, lambda first, last: near(self.market, places, drop, first, last)
        )
        pairs = Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))
        return by_opening(pairs, places.price.size)

    def _sum(self, part: Callable[[int, int], float]) -> float:
        return fsum(in_parts(self.people, part))


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
    usual, floor = solver.ceiling / solver.unit / edges.people, solver.top * FLOOR
    step, price = max(gap * usual * FINE, floor), solver.closed.copy()
    if prices is not None and solver.bound(solver.price(prices)) < solver.ceiling:
        price = solver.price(prices - MARGIN * step * solver.unit)
    best = last = solver.round(price, step, patience=1)
    after_round(best)
    rounds = 1
    while best.certificate.gap > gap and last.step > floor and rounds < ROUNDS:
        rounds, step = rounds + 1, max(last.step / SHRINK, floor)
        price = solver.price(last.certificate.prices - MARGIN * step * solver.unit)
        last = solver.round(price, step, patience=rounds)
        after_round(last)
        best = min(best, last, key=lambda each: each.certificate.gap)
    return best, rounds
