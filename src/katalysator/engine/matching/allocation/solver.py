"""`allocate`: the largest total score under capacities, with a proof of quality."""

from katalysator.engine.matching.allocation.certificate import (
    Allocation,
    checked_prices,
    checked_seats,
)
from katalysator.engine.matching.allocation.edges import Edges, FloatArray, IntArray
from katalysator.engine.matching.allocation.optimum import highest, nobody


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
    seats = checked_seats(edges, capacity)
    first = None if prices is None else checked_prices(edges, prices)
    if not 0.0 < gap < 1.0:
        raise ValueError(f"gap is {gap}; it must lie between 0 and 1, for instance 1e-4")
    top = highest(edges, seats)
    if top == 0.0:
        return nobody(edges, seats)
    from katalysator.engine.matching.allocation.rounds import solve

    best, rounds = solve(edges, seats, top, gap=gap, prices=first)
    return Allocation(best.choice, best.certificate, rounds)
