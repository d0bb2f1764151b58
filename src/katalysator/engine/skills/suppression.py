"""Which sums over people may be told: none of too few, nor one that follows from sums that are told.

A sum counts some of the smallest parts into which people are divided, such as those of one pilot who came as far as one
stage. Whoever reads several sums can add and subtract them; so what is told must leave every small sum undetermined,
which is a question of ranks, and no difference of a whole and its parts may be small either.

References
----------
.. [1] L. H. Cox, "Suppression methodology and statistical disclosure control", Journal of the American Statistical
   Association 75, 1980.

"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, Float64Array, Int64Array
from katalysator.engine.matching.group_fairness import SMALLEST_GROUP

_ZERO: Final = 1e-7


def told_sums(
    parts: BoolArray,
    counts: Int64Array,
    guarded: BoolArray,
    guarded_counts: Int64Array,
    wholes: Sequence[tuple[int, Sequence[int]]] = (),
) -> BoolArray:
    """Which of C sums may be told, bool (C,).

    Parameters
    ----------
    parts : bool array, (C, P)
        Which of P smallest parts each sum counts.
    counts : int64 array, (C,)
        The sums.
    guarded : bool array, (G, P)
        Further sums that nobody may find out where they are small, though they are not told themselves.
    guarded_counts : int64 array, (G,)
        Those sums.
    wholes
        Sums, each with sums that are parts of it and share nothing: what the told parts leave of it may not be small.

    Returns
    -------
    bool array, (C,)
        True for what may be told. Nobody at all is told; 1 to 9 people never.

    Raises
    ------
    ValueError
        For arrays that do not fit each other.

    Notes
    -----
    Of what gives a small sum away the smallest sum is hidden, until nothing does. It guards against whoever knows the
    told sums and no more: bounds that follow because nobody counts less than zero are not looked at.
    Cost: O(C P min(C, P)) for each turn, of which there are few.

    Examples
    --------
    Of three parts and their total one is small; so a second one is hidden with it:

    >>> parts = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], bool)
    >>> counts = np.array([4, 20, 30, 54])
    >>> told_sums(parts, counts, parts[:0], counts[:0]).tolist()
    [False, False, True, True]

    """
    _check(parts, counts, guarded, guarded_counts)
    told = ~_is_small(counts)
    secret = np.concatenate([parts[_is_small(counts)], guarded[_is_small(guarded_counts)]])
    secret = np.unique(secret, axis=0).astype(float)
    while True:
        hidden = _left_small(counts, told, wholes) or _giving_away(parts, counts, told, secret)
        if not hidden:
            return told
        told[list(hidden)] = False


def _left_small(
    counts: Int64Array, told: BoolArray, wholes: Sequence[tuple[int, Sequence[int]]]
) -> set[int]:
    """The smallest told part of each whole of which the told parts leave too few people; itself where no part has any."""
    found = set()
    for whole, parts in wholes:
        mine = [each for each in parts if told[each] and counts[each]]
        left = int(counts[whole] - counts[mine].sum())
        if told[whole] and _is_small(np.array(left)):
            found.add(min(mine, key=lambda each: (counts[each], each), default=whole))
    return found


def _giving_away(
    parts: BoolArray, counts: Int64Array, told: BoolArray, secret: Float64Array
) -> set[int]:
    """Of the told sums that together give a small one away the smallest, for each that is given away."""
    shown = np.flatnonzero(told & (counts > 0))
    empty = parts[told & (counts == 0)].any(axis=0)
    known = parts[shown][:, ~empty].astype(float)
    asked = secret[:, ~empty]
    if not (known.size and asked.size):
        return set()
    factors = np.linalg.pinv(known.T) @ asked.T
    is_known = np.abs(known.T @ factors - asked.T).max(axis=0) < _ZERO
    found = set()
    for column in np.flatnonzero(is_known):
        used = shown[np.abs(factors[:, column]) > _ZERO]
        if used.size:
            found.add(int(used[np.lexsort((used, counts[used]))[0]]))
    return found


def _is_small(counts: Int64Array) -> BoolArray:
    return np.asarray((counts > 0) & (counts < SMALLEST_GROUP))


def _check(
    parts: BoolArray, counts: Int64Array, guarded: BoolArray, guarded_counts: Int64Array
) -> None:
    if parts.ndim != 2 or parts.shape[0] != counts.size:
        raise ValueError(f"parts of shape {parts.shape} do not fit {counts.size} sums")
    if guarded.ndim != 2 or guarded.shape != (guarded_counts.size, parts.shape[1]):
        raise ValueError(
            f"guarded of shape {guarded.shape} does not fit {guarded_counts.size} sums of {parts.shape[1]} parts"
        )
