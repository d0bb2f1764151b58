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
from typing import Final, NamedTuple, Self

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, Float64Array, Int64Array
from katalysator.engine.matching.group_fairness import SMALLEST_GROUP

_ZERO: Final = 1e-7
Wholes = Sequence[tuple[int, Sequence[int]]]


def told_sums(
    parts: BoolArray | sparse.csr_array,
    counts: Int64Array,
    guarded: BoolArray | sparse.csr_array,
    guarded_counts: Int64Array,
    wholes: Wholes = (),
    *,
    together: Int64Array | None = None,
    fixed: BoolArray | None = None,
    nobody_is_few: bool = False,
) -> BoolArray:
    """Which of C sums may be told, bool (C,).

    Parameters
    ----------
    parts : bool array or CSR, (C, P)
        Which of P smallest parts each sum counts.
    counts : int64 array, (C,)
        The sums.
    guarded : bool array or CSR, (G, P)
        Further sums that nobody may find out where they are small, though they are not told themselves.
    guarded_counts : int64 array, (G,)
        Those sums.
    wholes
        Sums, each with sums that are parts of it and share nothing: what the told parts leave of it may not be small.
    together : int64 array, (C,)
        Sums with the same number are told together or not at all; without it each stands alone.
    fixed : bool array, (C,)
        Sums that are told elsewhere, and stay told.
    nobody_is_few
        Whether a sum of nobody is small too: for groups of which it may not be told that nobody, or everybody, is meant.

    Returns
    -------
    bool array, (C,)
        True for what may be told: never 1 to 9 people, and nobody at all unless another small sum would follow from it.

    Raises
    ------
    ValueError
        For arrays that do not fit each other.

    Notes
    -----
    Of what gives a small sum away the smallest sum is hidden, until nothing does. It guards against whoever knows the
    told sums and no more: bounds that follow because nobody counts less than zero are not looked at.
    Cost: what is told of a single part is set aside; O(C' P' min(C', P')) of the rest for each turn, of which there are few.

    Examples
    --------
    Of three parts and their total one is small; so a second one is hidden with it:

    >>> parts = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], bool)
    >>> counts = np.array([4, 20, 30, 54])
    >>> told_sums(parts, counts, parts[:0], counts[:0]).tolist()
    [False, False, True, True]

    """
    _check(parts, counts, guarded, guarded_counts)
    sums = _GuardedSums.of(parts, counts, together, fixed, nobody_is_few=nobody_is_few)
    small = sums.is_small(counts)
    secret = _distinct(
        sparse.csr_array(
            sparse.vstack(
                [sums.parts[small], sparse.csr_array(guarded)[sums.is_small(guarded_counts)]]
            )
        )
    )
    told = sums.without(~small, np.flatnonzero(small))
    while True:
        hidden = sums.left_small(told, wholes) or sums.giving_away(told, secret)
        if not hidden:
            return told
        told = sums.without(told, np.array(sorted(hidden)))


class _GuardedSums(NamedTuple):
    """The sums, and in which order they are hidden where one of several must be: `cost`, what is least first."""

    parts: sparse.csr_array
    counts: Int64Array
    together: Int64Array
    fixed: BoolArray
    cost: Int64Array
    nobody_is_few: bool

    @classmethod
    def of(
        cls,
        parts: BoolArray | sparse.csr_array,
        counts: Int64Array,
        together: Int64Array | None,
        fixed: BoolArray | None,
        *,
        nobody_is_few: bool,
    ) -> Self:
        size = counts.size
        never = np.iinfo(np.int64).max
        stays = np.zeros(size, np.bool_) if fixed is None else fixed
        cost = np.where(stays, never, np.where(counts > 0, counts, never - 1))
        alone = np.arange(size) if together is None else together
        of = sparse.csr_array(sparse.csr_array(parts).astype(np.float64))
        return cls(of, counts, alone, stays, cost, nobody_is_few)

    def is_small(self, counts: Int64Array) -> BoolArray:
        """Which numbers of people are too few to be told."""
        return np.asarray((counts < SMALLEST_GROUP) & ((counts > 0) | self.nobody_is_few))

    def without(self, told: BoolArray, hidden: Int64Array) -> BoolArray:
        """What is told when some sums are not, nor what goes with them."""
        also = np.isin(self.together, self.together[hidden])
        return np.asarray(told & (~also | self.fixed))

    def left_small(self, told: BoolArray, wholes: Wholes) -> set[int]:
        """The smallest told part of each whole of which the told parts leave too few people; itself where no part has any."""
        found = set()
        for whole, parts in wholes:
            if not told[whole]:
                continue
            shown = [each for each in parts if told[each]]
            left = np.array(self.counts[whole] - self.counts[shown].sum())
            if self.is_small(left) and (left > 0 or len(shown) < len(parts)):
                some = [each for each in shown if self.counts[each]]
                found.add(min(some, key=lambda each: (self.cost[each], each), default=whole))
        return {each for each in found if not self.fixed[each]}

    def giving_away(self, told: BoolArray, secret: sparse.csr_array) -> set[int]:
        """Of the told sums that together give a small one away the smallest, for each that is given away."""
        known = _ToldParts.of(self.parts, np.flatnonzero(told), self.counts)
        found = set()
        for used in known.that_tell(secret):
            best = used[np.lexsort((used, self.cost[used]))[0]]
            found.add(int(best))
        return {each for each in found if not self.fixed[each]}


class _ToldParts(NamedTuple):
    """What is told: `alone` parts, each by a sum of its own or by one of nobody, and `rows`, sums of what is left with others."""

    parts: sparse.csr_array
    told: Int64Array
    alone: BoolArray
    rows: Int64Array

    @classmethod
    def of(cls, parts: sparse.csr_array, told: Int64Array, counts: Int64Array) -> Self:
        size = np.diff(parts.indptr)
        by_itself = (counts[told] == 0) | (size[told] == 1)
        alone = np.zeros(parts.shape[1], np.bool_)
        alone[parts[told[by_itself]].indices] = True
        return cls(parts, told, alone, told[~by_itself])

    def that_tell(self, secret: sparse.csr_array) -> list[Int64Array]:
        """For each secret that follows from what is told, the sums by which it does. Cost: see `told_sums`."""
        from scipy import linalg  # 8 MB, that web processes do without

        rest = self.parts[self.rows][:, ~self.alone].toarray().T
        asked = secret[:, ~self.alone]
        basis, upper, order = linalg.qr(rest, mode="economic", pivoting=True)
        rank = int(np.count_nonzero(np.abs(np.diagonal(upper)) > _ZERO))
        basis = basis[:, :rank]
        inside = asked @ basis
        outside = np.diff(asked.indptr) - (inside**2).sum(axis=1)
        given = np.flatnonzero(outside < _ZERO)
        factors = linalg.solve_triangular(upper[:rank, :rank], inside[given].T)
        rows = self.rows[order[:rank]]
        return [
            self._used(secret[[row]], rows[np.abs(each) > _ZERO], each[np.abs(each) > _ZERO])
            for row, each in zip(given.tolist(), factors.T, strict=True)
        ]

    def _used(
        self, secret: sparse.csr_array, rows: Int64Array, factors: Float64Array
    ) -> Int64Array:
        """These rows, and the sums of lone parts that must be taken from them."""
        more = factors @ self.parts[rows] - secret.toarray()[0]
        lone = (np.abs(more) > _ZERO) & self.alone
        others = np.setdiff1d(self.told, self.rows)
        holding = others[self.parts[others][:, lone].sum(axis=1) > 0]
        return np.concatenate([rows, holding])


def _distinct(rows: sparse.csr_array) -> sparse.csr_array:
    rows.sort_indices()
    held = {
        tuple(rows.indices[start:end].tolist()): row
        for row, (start, end) in enumerate(zip(rows.indptr, rows.indptr[1:], strict=False))
    }
    return sparse.csr_array(rows[sorted(held.values())])


def _check(
    parts: BoolArray | sparse.csr_array,
    counts: Int64Array,
    guarded: BoolArray | sparse.csr_array,
    guarded_counts: Int64Array,
) -> None:
    if parts.ndim != 2 or parts.shape[0] != counts.size:
        raise ValueError(f"parts of shape {parts.shape} do not fit {counts.size} sums")
    if guarded.ndim != 2 or guarded.shape != (guarded_counts.size, parts.shape[1]):
        raise ValueError(
            f"guarded of shape {guarded.shape} does not fit {guarded_counts.size} sums of {parts.shape[1]} parts"
        )
