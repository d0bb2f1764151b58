"""Give people seats: the largest total score under capacities, with a proof of quality.

One market is a sparse bipartite graph: people on one side, openings with seats on the other, a
score of at least 0 on every edge that the hard constraints allow. Each person gets at most one
opening, an opening at most as many people as it has seats; staying out is worth 0. `allocate`
maximises the total score by an auction; its prices bound how much better any other allocation could
be. The compiled kernels live in `auction` and `rounds` and are loaded only when there is something
to solve.
"""

from dataclasses import dataclass

import numpy as np

from katalysator.engine.matching.edges import Certificate, Edges, FloatArray, IntArray, refuse

__all__ = ["UNPLACED", "Allocation", "Certificate", "Edges", "allocate", "exact", "verify"]

UNPLACED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Who got which opening.

    Parameters
    ----------
    opening : int32 array, shape (P,)
        The opening of each person, `UNPLACED` (-1) for people who stay out.
    certificate : Certificate
        How good this is, proven.
    rounds : int
        Passes of the auction, from coarse to fine; 0 where no auction was needed.

    """

    opening: IntArray
    certificate: Certificate
    rounds: int

    @property
    def placed(self) -> int:
        """Number of people with a seat."""
        return int(np.count_nonzero(self.opening != UNPLACED))


def allocate(
    edges: Edges, capacity: IntArray, *, gap: float = 1e-4, prices: FloatArray | None = None
) -> Allocation:
    """Give seats so that the total score is within `gap` of the best possible.

    Parameters
    ----------
    edges : Edges
        P people, O openings, E edges.
    capacity : integer array, shape (O,)
        Seats of each opening, at least 0.
    gap : float
        Wanted relative distance to the bound, between 0 and 1.
    prices : array, shape (O,), optional
        Prices of a like market (yesterday's certificate) to start from. They change the time, not
        the quality; prices that prove less than no prices at all are ignored.

    Returns
    -------
    Allocation
        Its certificate states the gap reached. It exceeds `gap` only where increments of 1e-12 of
        the highest score, or 40 rounds, did not suffice.

    Notes
    -----
    An auction with capacities and falling increments: unplaced people bid for their best opening,
    an opening keeps its highest bids and its lowest one is the price; where a start from prices
    leaves free seats at a price, the opening lowers it (reverse auction). A price war, with equal
    scores and scarce seats, is met by coarser increments. One thread, fixed order: the same input
    gives the same bits.

    A round loses at most its increment a person; all rounds take some 8 bids a person, of at most
    one row each. `python -m bench.allocation` shows 6 to 8 million edges a second. Memory: 24 bytes
    a person, 12 a seat and 28 an opening; 8 an edge more (12 for float64) where prices must be
    lowered. A first call for a type of score compiles for some 3 s; later processes read the
    machine code from disk in 0.6 s, where a folder is writable.

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
    >>> result = allocate(edges, np.array([1, 1]))
    >>> result.opening.tolist(), round(result.certificate.value, 3)
    ([1, 0], 1.5)

    """
    seats = _seats(edges, capacity)
    first = None if prices is None else _prices(edges, prices)
    if not 0.0 < gap < 1.0:
        raise ValueError(f"gap is {gap}; it must lie between 0 and 1, for instance 1e-4")
    top = _top(edges, seats)
    if top == 0.0:
        return _nobody(edges, seats)
    from katalysator.engine.matching.rounds import solve

    best, rounds = solve(edges, seats, top, gap=gap, prices=first)
    return Allocation(best.choice, best.certificate, rounds)


def verify(edges: Edges, capacity: IntArray, allocation: Allocation) -> Certificate:
    """Check an allocation without trusting whoever made it, and recompute its certificate.

    Parameters
    ----------
    edges, capacity
        As given to `allocate`.
    allocation : Allocation
        Only `opening` and the certificate's prices are read.

    Returns
    -------
    Certificate
        Value and bound in float64 from the edges, the capacities and the prices alone.

    Raises
    ------
    ValueError
        When somebody sits where no edge leads, an opening holds more people than seats, or a price
        is negative or not finite.

    Notes
    -----
    numpy only; O(E) time, 30 bytes an edge.

    """
    seats = _seats(edges, capacity)
    prices = _prices(edges, allocation.certificate.prices)
    choice = allocation.opening
    if choice.shape != (edges.people,):
        raise ValueError(f"opening has shape {choice.shape}, but there are {edges.people} people")
    row = _rows(edges)
    taken = edges.opening == choice[row]
    astray = choice != UNPLACED
    astray[row[taken]] = False
    refuse("person {0} sits at opening {1}, where no edge leads", astray, choice)
    load = np.bincount(choice[choice != UNPLACED], minlength=edges.openings)
    refuse("opening {0} has fewer seats than the {1} people in it", load > seats, load)
    worth, profit = np.zeros((2, edges.people))
    np.maximum.at(worth, row[taken], edges.score[taken])
    np.maximum.at(profit, row, edges.score - prices[edges.opening])
    return Certificate(float(worth.sum()), float(seats @ prices + profit.sum()), prices)


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
    seats = _seats(edges, capacity)
    top = _top(edges, seats)
    if top == 0.0:
        return _nobody(edges, seats)
    share, shadow = _programme(edges, seats, np.minimum(edges.score, top) / top)
    taken = (share > 0.5) & (edges.score > 0.0)
    choice = np.full(edges.people, UNPLACED, np.int32)
    choice[_rows(edges)[taken]] = edges.opening[taken]
    prices = np.maximum(_closed(edges, seats), shadow * top)
    draft = Allocation(choice, Certificate(0.0, 0.0, prices), rounds=0)
    return Allocation(choice, verify(edges, seats, draft), rounds=0)


def _programme(edges: Edges, seats: IntArray, worth: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Solve the linear programme; return the share of each edge and the price of each opening."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    row = np.concatenate([_rows(edges), edges.people + edges.opening])
    column = np.tile(np.arange(worth.size), 2)
    shape = (edges.people + edges.openings, worth.size)
    constraints = csr_array((np.ones(row.size), (row, column)), shape=shape)
    limits = np.concatenate([np.ones(edges.people), seats])
    optimum = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        -worth.astype(np.float64), constraints, limits, method="highs-ds"
    )
    return optimum.x, -optimum.ineqlin.marginals[edges.people :]


def _top(edges: Edges, seats: IntArray) -> float:
    """Highest score at an opening with seats, or 0."""
    return float(edges.score.max(initial=0.0, where=(seats > 0)[edges.opening]))


def _closed(edges: Edges, seats: IntArray) -> FloatArray:
    """Prices that nobody pays for openings without seats, 0 for the others; shape (O,)."""
    return np.where(seats == 0, float(edges.score.max(initial=0.0)), 0.0)


def _nobody(edges: Edges, seats: IntArray) -> Allocation:
    """The only sensible allocation where no edge to a seat is worth anything."""
    choice = np.full(edges.people, UNPLACED, np.int32)
    return Allocation(choice, Certificate(0.0, 0.0, _closed(edges, seats)), rounds=0)


def _rows(edges: Edges) -> IntArray:
    """The person of each edge, shape (E,)."""
    return np.repeat(np.arange(edges.people), np.diff(edges.start))


def _seats(edges: Edges, capacity: IntArray) -> IntArray:
    seats = np.asarray(capacity)
    if seats.shape != (edges.openings,):
        raise ValueError(f"capacity has shape {seats.shape}, not ({edges.openings},)")
    if seats.size and not np.issubdtype(seats.dtype, np.integer):
        raise ValueError(f"capacity must hold whole numbers of seats, not {seats.dtype}")
    refuse("opening {0}: capacity is {1}; it must be at least 0", seats < 0, seats)
    return seats.astype(np.int64)


def _prices(edges: Edges, prices: FloatArray) -> FloatArray:
    given = np.asarray(prices, np.float64)
    if given.shape != (edges.openings,):
        raise ValueError(f"prices have shape {given.shape}, not ({edges.openings},)")
    wrong = ~np.isfinite(given) | (given < 0.0)
    refuse("opening {0}: price is {1}; it must be a finite number, at least 0", wrong, given)
    return given
