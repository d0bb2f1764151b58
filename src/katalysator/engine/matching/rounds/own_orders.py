"""Rounds in which both sides said whom they would rather meet: nobody who would rather have each other is kept apart."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.stable import blocking_pairs, stable

UNWANTED: Final = 0.0
"""What a side thinks of what it does not want to meet."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnOrderChoice:
    """Which pairs are taken, bool (E,); in how many both could want each other, and the blocking pairs among these.

    `blocking` holds numbers of pairs, rising; a stable choice has none.
    """

    taken: BoolArray
    wanted: int
    blocking: IntArray


def round_by_own_orders(
    need: IntArray, offer: IntArray, asks: FloatArray, gives: FloatArray, places: IntArray
) -> OwnOrderChoice:
    """Let needs ask for the offers that they would rather meet, and offers keep whom they would rather have.

    Parameters
    ----------
    need, offer : integer arrays, shape (E,)
        The sides of each pair, counted from 0; no pair twice.
    asks, gives : float arrays, shape (E,)
        What the need, and what the offer of each pair thinks of the other: higher is rather, `UNWANTED` (0) is never.
    places : integer array, shape (O,)
        How many needs each offer takes. A need takes one offer.

    Returns
    -------
    OwnOrderChoice
        Needs have the best that they can have in any choice without a blocking pair. `blocking` was sought apart from
        how the choice was made: see `blocking_pairs`.

    Notes
    -----
    Deferred acceptance: no need can get a better offer by saying another order than its own. Equal opinions go by the
    lower number. O(E log E). Source: D. Gale and L. S. Shapley, 1962; A. E. Roth, 1982.

    Examples
    --------
    >>> need, offer = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> asks, gives = np.array([2.0, 1.0, 2.0, 1.0]), np.array([1.0, 2.0, 2.0, 1.0])
    >>> round_by_own_orders(need, offer, asks, gives, np.array([1, 1])).taken.tolist()
    [False, True, True, False]

    """
    wanted = np.flatnonzero((asks > UNWANTED) & (gives > UNWANTED))
    taken = np.zeros(need.size, np.bool_)
    if not wanted.size:
        return OwnOrderChoice(taken, 0, np.empty(0, np.int64))
    order = wanted[np.lexsort((offer[wanted], -asks[wanted], need[wanted]))]
    people = int(need.max()) + 1
    start = np.searchsorted(need[order], np.arange(people + 1)).astype(np.int64)
    edges = Edges(start, offer[order].astype(np.int32), asks[order].astype(np.float64), places.size)
    theirs = gives[order].astype(np.float64)
    chosen = stable(edges, places, theirs).opening
    mine = chosen[need[order]]
    taken[order[(mine != UNPLACED) & (mine == edges.opening)]] = True
    blocking = blocking_pairs(edges, places, theirs, chosen)
    return OwnOrderChoice(taken, int(wanted.size), np.sort(order[blocking]))
