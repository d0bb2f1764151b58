"""What an allocation is and the proof that it carries, checked without trusting its maker."""

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import EdgeBlock, Edges, refuse

if TYPE_CHECKING:  # imports numba
    from katalysator.engine.matching.allocation.near_kernels import NearPairs

UNPLACED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Proof of quality: no allocation whatever is worth more than `bound`.

    Parameters
    ----------
    value : float
        Total score of the seats given.
    bound : float
        ``sum(capacity * prices) + sum over people of max(0, max over edges of score - price)``. By
        weak duality of linear programming it holds for any prices of at least 0.
    prices : float64 array, shape (O,)
        What a seat of each opening is worth in this market, in units of score: the cut-off that a
        further person must beat. 0 for every opening with a free seat.

    """

    value: float
    bound: float
    prices: FloatArray

    @property
    def gap(self) -> float:
        """Share of the bound that may be missing, from 0 (proven optimal) to 1."""
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0.0 else 0.0


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
    near : NearPairs, optional
        What the solver read in the rows, which shortens a start from here. Some 2 bytes an edge, for
        markets of a million edges and more; drop it with `dataclasses.replace`.

    """

    opening: IntArray
    certificate: Certificate
    rounds: int
    near: "NearPairs | None" = None

    @property
    def placed(self) -> int:
        """Number of people with a seat."""
        return int(np.count_nonzero(self.opening != UNPLACED))


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
    numpy only and in double precision; O(E) time, 50 MB beside the edges.

    """
    seats = checked_seats(edges, capacity)
    prices = checked_prices(edges, allocation.certificate.prices)
    choice = of_people(edges, allocation.opening)
    sums = [_verified(edges, choice, prices, block) for block in edges.blocks()]
    load = np.bincount(choice[choice != UNPLACED], minlength=edges.openings)
    refuse("opening {0} has fewer seats than the {1} people in it", load > seats, load)
    value, profit = fsum(each[0] for each in sums), fsum(each[1] for each in sums)
    return Certificate(value, cost(seats, prices) + profit, prices)


def _verified(
    edges: Edges, choice: IntArray, prices: FloatArray, block: EdgeBlock
) -> tuple[float, float]:
    """Value of the seats of some people, and the sum of their best profits at these prices."""
    opening, score = edges.opening[block.edges], edges.score[block.edges]
    mine, person = choice[block.people], block.person - block.people.start
    taken = opening == mine[person]
    astray = mine != UNPLACED
    astray[person[taken]] = False
    if astray.any():
        who = int(astray.argmax())
        raise ValueError(
            f"person {block.people.start + who} sits at opening {mine[who]}, where no edge leads"
        )
    worth, profit = np.zeros((2, mine.size))
    np.maximum.at(worth, person[taken], score[taken])
    np.maximum.at(profit, person, score - prices[opening])
    return float(worth.sum()), float(profit.sum())


def cost(seats: IntArray, prices: FloatArray) -> float:
    """What these seats cost together, in double precision.

    Not by ``@``: for many openings the library behind that starts threads, which afterwards look for
    work at full speed for longer than a run from an earlier allocation takes.
    """
    return float((seats * prices).sum(dtype=np.float64))


def of_people(edges: Edges, opening: IntArray) -> IntArray:
    """A choice for each person, or a sentence that says how many it should have."""
    if opening.shape != (edges.people,):
        raise ValueError(f"opening has shape {opening.shape}, but there are {edges.people} people")
    return opening


def rows(edges: Edges) -> IntArray:
    """The person of each edge, shape (E,)."""
    return np.repeat(np.arange(edges.people), np.diff(edges.start))


def checked_seats(edges: Edges, capacity: IntArray) -> IntArray:
    seats = np.asarray(capacity)
    if seats.shape != (edges.openings,):
        raise ValueError(f"capacity has shape {seats.shape}, not ({edges.openings},)")
    if seats.size and not np.issubdtype(seats.dtype, np.integer):
        raise ValueError(f"capacity must hold whole numbers of seats, not {seats.dtype}")
    refuse("opening {0}: capacity is {1}; it must be at least 0", seats < 0, seats)
    return seats.astype(np.int64)


def checked_prices(edges: Edges, prices: FloatArray) -> FloatArray:
    given = np.asarray(prices, np.float64)
    if given.shape != (edges.openings,):
        raise ValueError(f"prices have shape {given.shape}, not ({edges.openings},)")
    wrong = ~np.isfinite(given) | (given < 0.0)
    refuse("opening {0}: price is {1}; it must be a finite number, at least 0", wrong, given)
    return given
