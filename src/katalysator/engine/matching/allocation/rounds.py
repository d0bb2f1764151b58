"""The rounds of the auction, from coarse to fine increments; imports numba through `auction`."""

from math import ulp
from typing import NamedTuple

import numpy as np

from katalysator.engine.matching.allocation.auction import (
    Books,
    Market,
    by_opening,
    degrees,
    forward,
    prove,
    reverse,
)
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.allocation.edges import Edges, FloatArray, IntArray

COARSE = 16.0  # first increment: this part of a usual score
FINE = 6.0  # first increment from known prices: this many times what surely proves the gap
SHRINK = 4.0  # between rounds the increment falls by this factor
MARGIN = 10.0  # a round starts this many increments below the last prices: raising is cheaper
FLOOR = 1e-12  # smallest increment, as part of the highest score
ROUNDS = 40
BIDS, READS, PEACE = 24, 4, 100_000  # a price war: more bids a person or reads an edge than these


class Phase(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment."""

    choice: IntArray
    certificate: Certificate
    step: float


def solve(
    edges: Edges, capacity: IntArray, top: float, *, gap: float, prices: FloatArray | None
) -> tuple[Phase, int]:
    """Run phases from coarse to fine until one proves `gap`; return the best one and how many.

    `top` is the highest score at an opening with seats, above 0. Openings without seats get a price
    that nobody pays, at no cost to the bound.
    """
    market = lay_out(edges, capacity)
    closed = np.where(capacity == 0, float(edges.score.max()), 0.0)
    ceiling = prove(market, closed)
    usual, floor = ceiling / edges.people, max(top * FLOOR, ulp(0.0))
    price, step = closed, max(usual / COARSE, floor)
    if prices is not None and prove(market, np.maximum(prices, closed)) < ceiling:
        price, step = np.minimum(prices, top), max(min(step, gap * usual * FINE), floor)
    best = run(market, np.maximum(price - MARGIN * step, closed), step, patience=1)
    last, rounds = best, 1
    while best.certificate.gap > gap and last.step > floor and rounds < ROUNDS:
        rounds, step = rounds + 1, max(last.step / SHRINK, floor)
        last = run(
            market,
            np.maximum(last.certificate.prices - MARGIN * step, closed),
            step,
            patience=rounds,
        )
        best = min(best, last, key=lambda phase: phase.certificate.gap)
    return best, rounds


def lay_out(edges: Edges, capacity: IntArray) -> Market:
    """Lay out the seats; an opening never needs more than one seat beyond its number of suitors."""
    wanted = degrees(edges.opening, edges.openings)
    seat = np.zeros(edges.openings + 1, np.int64)
    np.cumsum(np.minimum(capacity, wanted + 1), out=seat[1:])
    return Market(edges.start, edges.opening, edges.score, capacity, seat)


def run(market: Market, price: FloatArray, step: float, patience: int) -> Phase:
    """One phase from given prices: forward, then reverse where a priced opening kept free seats."""
    people, seats = market.start.size - 1, int(market.seat[-1])
    books = Books(
        price=price,
        choice=np.full(people, -1, np.int32),
        worth=np.zeros(people),
        filled=np.zeros(price.size, np.int64),
        bid=np.empty(seats),
        holder=np.empty(seats, np.int32),
    )
    last, _ = forward(market, books, step, patience * (BIDS * people + PEACE))
    if np.any((price > 0.0) & (books.filled < np.diff(market.seat))):
        columns = by_opening(market, price.size)
        reverse(market, columns, books, step, patience * (READS * market.opening.size + PEACE))
    value = float(books.worth.sum())
    bound = max(value, prove(market, price))  # below the value only by rounding
    return Phase(books.choice, Certificate(value, bound, price), last)
