"""Pairs in rows, one row for each need, put in order within their rows."""

import numpy as np

from katalysator.engine.arrays import FloatArray, Int64Array, IntArray, Rows

_CELLS = 1 << 20  # pairs, and what their rows lack to the longest one, that are sorted at once


def falling(
    count: IntArray,
    score: FloatArray,
    offer: IntArray,
) -> Rows:
    """The numbers of all pairs, row after row, by falling score within a row; equal ones by offer.

    `count` (N,) is the length of each row, `score` and `offer` are of shape (E,). Cost: rows are
    sorted side by side, as wide as the longest of them.
    """
    if not score.size:
        return np.zeros(0, np.intp)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(count)])
    step = max(1, _CELLS // int(count.max()))
    return np.concatenate(
        [
            _falling(start[first : first + step + 1], score, offer)
            for first in range(0, len(count), step)
        ]
    )


def _falling(start: Int64Array, score: FloatArray, offer: IntArray) -> Rows:
    count = np.diff(start)
    filled = np.arange(int(count.max(initial=0))) < count[:, None]
    own = slice(start[0], start[-1])
    lost, column = np.full(filled.shape, np.inf), np.zeros(filled.shape, np.int64)
    lost[filled], column[filled] = -score[own], offer[own]
    order = np.lexsort((column, lost), axis=1)
    order += start[:-1, None]
    flat: Rows = order[filled]
    return flat


def ranks(count: IntArray) -> Rows:
    """The place of each pair in its row, from 0 on."""
    ends = np.cumsum(count)
    place: Rows = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count)
    return place
