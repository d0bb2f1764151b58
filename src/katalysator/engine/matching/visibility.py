"""How much each person of a market is seen, and how much prices take off: all in steps of its pairs.

The ranked lists are made in steps, so that the memory does not grow with the pairs. A pair whose score
is 0 stands in no list.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import Array, FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.seats import discount, share_for

MOST_PAIRS: Final = 5_000_000
"""Pairs that are ranked; sorting more takes too much memory."""
_SEED: Final = 0


def exposure(member: Array, rank: ArrayLike, members: int) -> FloatArray:
    """How much each member is seen: the sum of ``1 / log2(1 + rank)`` over the lists it is in.

    Parameters
    ----------
    member, rank : integer arrays, shape (E,)
        Who stands at each place, counted from 0, and which place it is, counted from 1.
    members : int
        Number of members M.

    Returns
    -------
    float64 array, shape (M,)
        In units of a first place. O(E).

    References
    ----------
    .. [1] A. Singh and T. Joachims, "Fairness of exposure in rankings", KDD 2018.

    Examples
    --------
    >>> exposure(np.array([0, 1, 1]), [1, 1, 3], members=3).tolist()
    [1.0, 1.5, 0.0]

    """
    place = np.asarray(rank)
    if place.size and place.min() < 1:
        raise ValueError(f"rank is {place.min()}; the first place is 1")
    weight = (1.0 / np.log2(1.0 + place)).astype(np.float64)
    return np.bincount(member, weights=weight, minlength=members).astype(np.float64)


def price_effect(person: Array, discount: ArrayLike, people: int) -> FloatArray:
    """What prices take off the scores in each person's list: mean of ``-discount``, float64 (P,).

    `person` (E,) says whose pair each is, `discount` (E,) what `pressure.discount` gave; 0 for an
    empty list. O(E).
    """
    count = np.bincount(person, minlength=people)
    lost = np.bincount(person, weights=-np.asarray(discount, np.float64), minlength=people)
    return lost / np.maximum(count, 1)


def market_exposure(edges: Edges, most: int = MOST_PAIRS) -> tuple[FloatArray, int]:
    """How much openings would see of each person, were their lists ranked by score.

    Returns
    -------
    exposure : float64 array, shape (P,)
        In units of a first place.
    openings : int
        Those counted: all, or else as many drawn by lot as have `most` pairs together, at least 1.

    Notes
    -----
    O(E) and a sort of at most `most` pairs, 60 bytes each. Scores equal in single precision go by
    lot too: the order of the file, often that of a label, must not decide who is seen.

    """
    random = np.random.default_rng(_SEED)
    drawn = _drawn(edges, most, random)
    pair = _by_score(edges, random.permutation(_pairs_of(edges, drawn)))
    person = np.searchsorted(edges.start, pair, side="right") - 1
    return exposure(person, _ranks(edges.opening[pair]), edges.people), drawn.size


def market_price_effect(edges: Edges, prices: FloatArray) -> FloatArray:
    """What prices take off the scores in the list of each person, on average; float64 (P,). O(E)."""
    found = np.zeros(edges.people)
    for people, span, everybody in edges.blocks():
        person, score = everybody - people.start, edges.score[span]
        share = share_for(person, score)
        taken = discount(person, score, prices[edges.opening[span]], share=share)
        listed = score > 0.0
        found[people] = price_effect(person[listed], taken[listed], people.stop - people.start)
    return found


def _drawn(edges: Edges, most: int, random: np.random.Generator) -> IntArray:
    """Openings in a random order, as long as their lists fit in `most` pairs together."""
    length = np.zeros(edges.openings, np.int64)
    for _people, span, _everybody in edges.blocks():
        listed = edges.opening[span][edges.score[span] > 0.0]
        length += np.bincount(listed, minlength=edges.openings)
    order = random.permutation(edges.openings)
    fitting = np.count_nonzero(np.cumsum(length[order]) <= most)
    return order[: max(fitting, 1)]


def _pairs_of(edges: Edges, openings: IntArray) -> IntArray:
    """The places of the pairs that stand in the lists of these openings."""
    wanted = np.zeros(edges.openings, np.bool_)
    wanted[openings] = True
    found = [
        span.start + np.flatnonzero(wanted[edges.opening[span]] & (edges.score[span] > 0.0))
        for _people, span, _everybody in edges.blocks()
    ]
    return np.concatenate([np.empty(0, np.int64), *found])


def _by_score(edges: Edges, pair: IntArray) -> IntArray:
    """The pairs opening by opening, the highest score first, equal ones in the order given.

    One number holds both, for the bits of floats of at least 0 rise with them: 3 times as fast as
    `lexsort`.
    """
    with np.errstate(over="ignore"):  # infinite is still the highest
        bits = edges.score[pair].astype(np.float32).view(np.int32)
    key = (edges.opening[pair].astype(np.int64) + 1 << 32) - bits
    return pair[np.argsort(key, kind="stable")]


def _ranks(opening: IntArray) -> IntArray:
    """The place of each row within its opening, from 1; openings stand together."""
    first = np.flatnonzero(np.diff(opening, prepend=-1))
    length = np.diff(first, append=opening.size)
    return np.arange(1, opening.size + 1) - np.repeat(first, length)
