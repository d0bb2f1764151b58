"""One order out of several scores of the same items: meaning, skills, words."""

from collections.abc import Sequence

import numpy as np

from katalysator.engine.arrays import Float32Array, Float64Array, FloatArray, Int64Array, Rows
from katalysator.engine.matching.retrieval.facets import Within
from katalysator.engine.matching.retrieval.index import ANYTHING, Index

_CONSTANT = 60.0  # of reciprocal rank fusion, as its authors set it


def hybrid(
    index: Index,
    query: Float32Array,
    others: Sequence[FloatArray],
    k: int = 20,
    *,
    weights: Sequence[float] | None = None,
    within: Within = ANYTHING,
) -> tuple[Int64Array, Float64Array]:
    """The k best items within the choices by meaning and other scores together.

    Parameters
    ----------
    index, query, within
        As in `Index.search`.
    others : sequence of arrays, each of shape (n,)
        Further scores of all items, such as `SkillSpace.coverage` or a cosine of words.
    k : int
        How many.
    weights : sequence of float, optional
        Of meaning and of each other score, for a weighted sum: when the scores are of one scale.
        Without weights the ranks are fused, which needs no scale and forgets the distances.

    Returns
    -------
    rows, scores
        The best first, equal ones by row.

    Notes
    -----
    Exact: all items within the choices are scored, at the cost of `Index.scores`.

    """
    for other in others:
        if np.shape(other) != (len(index),):
            raise ValueError(f"others must be of shape ({len(index)},), not {np.shape(other)}")
    rows, meaning = index.scores(query, within=within)
    parts = [meaning, *(other[rows] for other in others)]
    fused = reciprocal_ranks(parts) if weights is None else weighted_sum(parts, weights)
    best = np.lexsort((rows, -fused))[:k]
    return rows[best], fused[best]


def weighted_sum(scores: Sequence[FloatArray], weights: Sequence[float]) -> Float64Array:
    """The sum of scores of the same items, each (n,), times a weight each."""
    if len(scores) != len(weights):
        raise ValueError(f"there are {len(scores)} scores, but {len(weights)} weights")
    return np.asarray(np.asarray(weights, np.float64) @ np.stack(scores).astype(np.float64))


def reciprocal_ranks(scores: Sequence[FloatArray]) -> Float64Array:
    """Reciprocal rank fusion of scores of the same items, each (n,).

    The sum of ``1 / (60 + rank)``, where ranks count from 1 and equal scores share the best of
    theirs (Cormack, Clarke and Buettcher 2009).
    """
    return np.asarray(sum(1.0 / (_CONSTANT + _ranks(each)) for each in scores), np.float64)


def _ranks(scores: FloatArray) -> Rows:
    rising = np.sort(scores)
    return len(scores) - np.searchsorted(rising, scores, side="right") + 1
