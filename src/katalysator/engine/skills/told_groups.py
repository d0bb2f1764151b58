"""How groups of people fare in scenarios: counts, and of which groups all of them may be told."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, Int64Array, IntArray
from katalysator.engine.skills.national.cells import COUNTS, OF_SEATS, and_total
from katalysator.engine.skills.suppression import told_sums


class GroupCounts(NamedTuple):
    """Those who are placed and who are not, of G groups and of all in a last row, in S scenarios; see `group_counts`.

    Attributes
    ----------
    counts : int64 array, (G + 1, S, 2)
        How many are placed, and how many are not.
    told : bool array, (G + 1,)
        Whether all numbers of a group may be told.

    """

    counts: Int64Array
    told: BoolArray


def group_counts(group: IntArray, size: int, placed: BoolArray) -> GroupCounts:
    """People by group, (P,) from 0 to ``size - 1``, of whom some are `placed` in scenarios, (S, P).

    A group is told with all of its numbers or not at all; nobody is too few as well. Cost: see `told_sums`.

    >>> group = np.repeat([0, 1], [40, 30])
    >>> group_counts(group, 2, np.arange(70)[None] % 2 == 0).counts[:, 0].tolist()
    [[20, 20], [15, 15], [35, 35]]
    """
    inner = np.stack(
        [[np.bincount(group[who], minlength=size) for who in (each, ~each)] for each in placed]
    ).transpose(2, 0, 1)
    counts = np.concatenate([inner, inner.sum(axis=0, keepdims=True)])
    return GroupCounts(counts, _told(counts))


def _told(counts: Int64Array) -> BoolArray:
    rows, scenarios, _both = counts.shape
    numbers = scenarios * COUNTS
    each = sparse.kron(sparse.eye_array(scenarios), OF_SEATS)
    parts = sparse.csr_array(sparse.kron(and_total(rows - 1), each, format="csr"))
    sums = (counts @ OF_SEATS.T).reshape(rows * numbers)
    whole = (rows - 1) * numbers
    wholes = [(whole + number, [*range(number, whole, numbers)]) for number in range(numbers)]
    row = np.repeat(np.arange(rows), numbers)
    told = told_sums(parts, sums, parts[:0], sums[:0], wholes, together=row, nobody_is_few=True)
    return np.asarray(told.reshape(rows, numbers).all(axis=1))
