"""The optimum of a small market by linear programming, and the markets that need no solver."""

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import (
    UNPLACED,
    Allocation,
    Certificate,
    checked_seats,
    rows,
    verify,
)
from katalysator.engine.matching.allocation.edges import Edges


def exact(edges: Edges, capacity: IntArray) -> Allocation:
    """Optimum of a small market by linear programming: the yardstick for `allocate`.

    Parameters
    ----------
    edges, capacity
        As for `allocate`; meant for up to some 100,000 edges.

    Returns
    -------
    Allocation
        A vertex of the polytope, which is integral because the constraint matrix is totally
        unimodular (Hoffman and Kruskal 1956); its prices are the dual values of the capacities.
        Exact to the solver's tolerance of 1e-7 of the highest score.

    """
    seats = checked_seats(edges, capacity)
    top = highest(edges, seats)
    if top == 0.0:
        return nobody(edges, seats)
    share, shadow = _programme(edges, seats, np.minimum(edges.score, top) / top)
    taken = (share > 0.5) & (edges.score > 0.0)
    choice = np.full(edges.people, UNPLACED, np.int32)
    choice[rows(edges)[taken]] = edges.opening[taken]
    prices = np.maximum(closed_prices(edges, seats), shadow * top)
    draft = Allocation(choice, Certificate(0.0, 0.0, prices), rounds=0)
    return Allocation(choice, verify(edges, seats, draft), rounds=0)


def _programme(edges: Edges, seats: IntArray, worth: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Solve the linear programme; return the share of each edge and the price of each opening."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    row = np.concatenate([rows(edges), edges.people + edges.opening])
    column = np.tile(np.arange(worth.size), 2)
    shape = (edges.people + edges.openings, worth.size)
    constraints = csr_array((np.ones(row.size), (row, column)), shape=shape)
    limits = np.concatenate([np.ones(edges.people), seats])
    optimum = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        -worth.astype(np.float64), constraints, limits, method="highs-ds"
    )
    return optimum.x, -optimum.ineqlin.marginals[edges.people :]


def highest(edges: Edges, seats: IntArray) -> float:
    """Highest score at an opening with seats, or 0."""
    if (seats > 0).all():
        return edges.top
    return float(edges.score.max(initial=0.0, where=(seats > 0)[edges.opening]))


def closed_prices(edges: Edges, seats: IntArray) -> FloatArray:
    """Prices that nobody pays for openings without seats, 0 for the others; shape (O,)."""
    return np.where(seats == 0, edges.top, 0.0)


def nobody(edges: Edges, seats: IntArray) -> Allocation:
    """The only sensible allocation where no edge to a seat is worth anything."""
    choice = np.full(edges.people, UNPLACED, np.int32)
    return Allocation(choice, Certificate(0.0, 0.0, closed_prices(edges, seats)), rounds=0)
