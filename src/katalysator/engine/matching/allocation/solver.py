"""`allocate` and its yardstick `exact`: the largest total score under capacities, proven.

Here too are the markets that need no solver.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import (
    UNPLACED,
    Allocation,
    Certificate,
    checked_prices,
    checked_seats,
    of_people,
    rows,
    verify,
)
from katalysator.engine.matching.allocation.edges import Edges

if TYPE_CHECKING:  # imports numba
    from katalysator.engine.matching.allocation.passes import Round

FINEST = 1e-6  # gap that single precision can prove; `exact` proves more, of small markets


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


def allocate(
    edges: Edges,
    capacity: IntArray,
    *,
    gap: float = 1e-4,
    earlier: Allocation | None = None,
    after_round: Callable[["Round"], None] = lambda _: None,
) -> Allocation:
    """Give seats so that the total score is within `gap` of the best possible.

    Parameters
    ----------
    edges : Edges
        P people, O openings, E edges.
    capacity : integer array, shape (O,)
        Seats of each opening, at least 0.
    gap : float
        Wanted relative distance to the bound, from 1e-6 to 1.
    earlier : Allocation, optional
        Yesterday's allocation of a like market to start from: who sat where, at which prices. It
        changes the time, not the quality, and may be wrong in any way. Where only the prices are
        known, nobody need be seated. It is ignored where its prices can prove nothing, and where all
        scores tie: such a market is solved as fast without.
    after_round : callable
        Is given each finished round (`choice`, `certificate`, `step`): to save it, say, or to show
        how far the work is.

    Returns
    -------
    Allocation
        Its certificate states the gap reached. It exceeds `gap` only where the increments that
        single precision can see, or 20 rounds, did not suffice.

    Raises
    ------
    ValueError
        For capacities or an earlier allocation that do not belong to the market. Nothing has been done yet.

    Notes
    -----
    An auction with capacities and falling increments: unplaced people bid for their best opening,
    an opening keeps its highest bids and its lowest one is the price. Coarse passes find prices that
    are near, a fine one proves the gap; where it leaves free seats at a price, the opening lowers it
    (reverse auction). How fast increments fall depends on what the first pass finds: where nearly
    everybody gets a seat, prices hang on long chains of people, so that passes are nearer to each
    other. Where scores tie, prices are rounded to multiples of what they have in common, which
    proves equal scores after one coarse pass (see `units`). Bids are made in single precision, in a
    fixed order: the same input gives the same bits. The certificate is reckoned in double.

    From an earlier allocation, who finds the own seat within an increment of the best keeps it, and
    bids for it as high as the second best allows. Only the others bid one by one, then free seats come
    down in price as above. From a million edges on an allocation keeps which pairs are near and a digest
    of each row (`Allocation.near`), so that only those rows are read again that differ, and those of
    people who now have clearly less; all of them once every few such starts, when prices have fallen
    as far as is known. Rows may be changed in place, and nobody need say which: one that
    differs is overlooked about once in 2 ** 32. `verify` does not rely on that.

    A round loses at most its increment a person. Cost: some 3 to 5 bids a person in all, of at most
    one row each; `python -m bench.engine` shows it, and what is left of it from an earlier allocation
    when 1 % of the rows changed. Memory beside the edges: 16 bytes a person, 8 a seat and 40 an
    opening, and 12 bytes for each near pair, for some time thrice; what is kept, 12 bytes a near pair
    and 25 a person. A first call compiles for some 10 s; later processes read the machine code from
    disk in a second, where a folder is writable.

    References
    ----------
    .. [1] D. P. Bertsekas and D. A. Castanon, "The auction algorithm for the transportation
       problem", Annals of Operations Research 20, 1989.
    .. [2] D. P. Bertsekas, "Auction algorithms for network flow problems: a tutorial introduction",
       Computational Optimization and Applications 1, 1992.
    .. [3] D. P. Bertsekas, D. A. Castanon and H. Tsaknakis, "Reverse auction and the solution of
       inequality constrained assignment problems", SIAM Journal on Optimization 3, 1993.
    .. [4] G. Demange, D. Gale and M. Sotomayor, "Multi-item auctions", Journal of Political Economy
       94, 1986.

    Examples
    --------
    >>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
    >>> result = allocate(edges, [1, 1])
    >>> result.opening.tolist(), round(result.certificate.value, 3)
    ([1, 0], 1.5)

    """
    seats = checked_seats(edges, capacity)
    if earlier is not None:
        of_people(edges, earlier.opening)
        checked_prices(edges, earlier.certificate.prices)
    if not FINEST <= gap < 1.0:
        raise ValueError(f"gap is {gap}; it must lie between {FINEST} and 1, for instance 1e-4")
    top = highest(edges, seats)
    if top == 0.0:
        return nobody(edges, seats)
    from katalysator.engine.matching.allocation.course import solve

    best, rounds = solve(edges, seats, top, gap=gap, earlier=earlier, after_round=after_round)
    return Allocation(best.choice, best.certificate, rounds, best.near)
