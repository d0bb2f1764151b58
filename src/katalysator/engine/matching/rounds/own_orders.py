"""Rounds in which both sides said whom they would rather meet: nobody who would rather have each other is kept apart."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.stable import blocking_pairs, stable
from katalysator.engine.matching.allocation.stable_quotas import Quotas, stable_with_quotas

UNWANTED: Final = 0.0
"""What a side thinks of what it does not want to meet."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnOrderChoice:
    """Which pairs are taken, bool (E,); in how many both could want each other, and the blocking pairs among these.

    `blocking` holds numbers of pairs, rising; a stable choice has none. Where regions have a least number, `kept` holds the
    needs that fill one and would rather be elsewhere, whose pairs are no blocking ones, and `short` what each region lacks.
    """

    taken: BoolArray
    wanted: int
    blocking: IntArray
    kept: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    short: IntArray = field(default_factory=lambda: np.empty(0, np.int64))


def round_by_own_orders(
    need: IntArray,
    offer: IntArray,
    asks: FloatArray,
    gives: FloatArray,
    places: IntArray,
    quotas: Quotas | None = None,
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
    quotas : Quotas, optional
        The least number of needs in each region of offers; see `stable_with_quotas`.

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
        nobody = np.empty(0, np.int64)
        return OwnOrderChoice(taken, 0, nobody, nobody, quotas.least if quotas else nobody)
    order = wanted[np.lexsort((offer[wanted], -asks[wanted], need[wanted]))]
    people = int(need.max()) + 1
    start = np.searchsorted(need[order], np.arange(people + 1)).astype(np.int64)
    edges = Edges(start, offer[order].astype(np.int32), asks[order].astype(np.float64), places.size)
    theirs = gives[order].astype(np.float64)
    kept = np.zeros(people, np.bool_)
    short: IntArray = np.empty(0, np.int64)
    if quotas is None:
        chosen = stable(edges, places, theirs).opening
    else:
        filled = stable_with_quotas(edges, places, theirs, quotas)
        chosen, kept, short = (
            filled.opening,
            _excused(filled.kept, filled.opening, quotas),
            filled.short,
        )
    mine = chosen[need[order]]
    taken[order[(mine != UNPLACED) & (mine == edges.opening)]] = True
    blocking = order[blocking_pairs(edges, places, theirs, chosen)]
    blocking = np.sort(blocking[~kept[need[blocking]]])
    return OwnOrderChoice(taken, int(wanted.size), blocking, np.flatnonzero(kept), short)


def _excused(kept: BoolArray, opening: IntArray, quotas: Quotas) -> BoolArray:
    """Of who is kept those who may be: they sit in a region, in which no more are kept than its least number."""
    seated = np.where(kept, opening, UNPLACED)
    within = np.append(quotas.load(seated) <= quotas.least, False)
    return np.asarray(kept & (opening != UNPLACED) & within[np.append(quotas.region, -1)[opening]])
