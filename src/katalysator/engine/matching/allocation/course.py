"""The course of an auction: which passes, from coarse to fine, and where they start.

It imports numba through `passes`.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching.allocation.certificate import Allocation
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.passes import Round, Solver

COARSE: Final = 0.2  # first increment, of what a person usually has
COARSER: Final = 10.0  # a pass is worth while if its increment is this many times the fine one
SHRINK: Final = 4.0  # between rounds the increment falls by this factor
MARGIN: Final = 24.0  # a round starts this many increments below the last prices
ROUNDS: Final = 20


class Pass(NamedTuple):
    """How far below the last prices a pass starts, and its increment; of what a person usually has."""

    below: float
    step: float


OUTSIDE: Final = 0.02  # of the people: where more stay without a seat, seats are scarce
SCARCE: Final = (Pass(0.12, 0.02), Pass(0.013, 0.0))
PLENTY: Final = (Pass(0.3, 0.033), Pass(0.05, 0.0056), Pass(0.03, 0.0))
"""The passes after the first; the last stands for the fine one, whose increment follows from the gap."""


def solve(
    edges: Edges,
    capacity: IntArray,
    top: float,
    *,
    gap: float,
    earlier: Allocation | None,
    after_round: Callable[[Round], None] = lambda _: None,
) -> tuple[Round, int]:
    """Run rounds from coarse to fine until one proves `gap`; return the best one and how many.

    `top` is the highest score at an opening with seats, above 0. Openings without seats get a price
    that nobody pays, at no cost to the bound.
    """
    solver = Solver(edges, capacity, top, gap)
    best = last = resumed(solver, earlier) or approached(solver)
    after_round(best)
    rounds = 1
    while best.certificate.gap > gap and last.step > solver.floor and rounds < ROUNDS:
        rounds, step = rounds + 1, max(last.step / SHRINK, solver.floor)
        price = solver.lowered(solver.units.price(last.certificate.prices), MARGIN * step)
        last = solver.round(price, step, patience=rounds)
        after_round(last)
        best = min(best, last, key=lambda each: each.certificate.gap)
    return best, rounds


def resumed(solver: Solver, earlier: Allocation | None) -> Round | None:
    """The first round from an earlier allocation; none where its prices are of no use.

    Where all scores tie a coarse pass from no prices proves the gap sooner; and prices may be so high
    that they prove nothing. Where most lose their seats all of them bid, from somewhat lower prices.
    """
    if earlier is None or solver.grain > COARSE * solver.usual:
        return None
    price, step = solver.units.price(earlier.certificate.prices), solver.fine
    choice = earlier.opening.astype(np.int32, copy=False)
    solver.near.recall(earlier.near, choice, price)
    wanted, bound = solver.appraised(choice, price, step)
    if bound >= solver.ceiling:
        return None
    return solver.renewed(wanted, price.copy(), step, patience=1) or solver.round(
        solver.lowered(price, MARGIN * step), step, patience=1
    )


def approached(solver: Solver) -> Round:
    """The first round, from prices near the best; or a coarse pass that proves the gap.

    Only the prices of coarse passes count, so free seats may keep one: everybody bids anew in the
    next. They are too high, by up to their increment and more where a chain of people would have to
    move on, so the next pass starts lower.
    """
    price = solver.units.closed.copy()
    outside, found = solver.coarse(price, solver.usual * COARSE)
    for below, step in SCARCE if outside > OUTSIDE * solver.people else PLENTY:
        if found:
            return found
        price = solver.lowered(price, below * solver.usual)
        if step * solver.usual <= COARSER * solver.fine:
            break
        _, found = solver.coarse(price, step * solver.usual)
    return solver.round(price, solver.fine, patience=1)
