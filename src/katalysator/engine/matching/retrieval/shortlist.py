"""Which pairs are worth a full score: the best few offers of each need, under the constraints."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.profiles import Side

WORDS_SHARE = 0.3  # of a cosine of words, against a whole cosine of meaning
_CHUNK = 256

Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


def shortlist(
    needs: Side,
    offers: Side,
    constraints: Constraints,
    *,
    size: int = 50,
    tick: Callable[[int], None] = lambda _: None,
) -> Pairs:
    """The `size` best allowed offers of each need by meaning and words.

    Returns rows of needs and of offers, both of shape (E,), E <= size * len(needs), by need.
    Cost: one dense product (n, d) x (d, m) and one sparse, in chunks of needs; `tick` is called
    with the number of needs done. Recall is that of the fused score itself: nothing is
    approximated.
    """
    theirs, their_words = offers.reading.meaning.T.copy(), offers.words.T.tocsr()
    found: list[NDArray[np.intp]] = []
    for first in range(0, len(needs), _CHUNK):
        rows = range(first, min(first + _CHUNK, len(needs)))
        near = needs.reading.meaning[rows.start : rows.stop] @ theirs
        near += WORDS_SHARE * (needs.words[rows.start : rows.stop] @ their_words).toarray()
        found += [_best(near[n], constraints.allowed(i), size) for n, i in enumerate(rows)]
        tick(rows.stop)
    counts = [len(best) for best in found]
    return np.repeat(np.arange(len(needs)), counts), np.concatenate([np.zeros(0, np.intp), *found])


def _best(near: NDArray[np.float32], allowed: NDArray[np.bool_], size: int) -> NDArray[np.intp]:
    """The `size` nearest allowed columns, the nearest first; ties by column."""
    columns = np.flatnonzero(allowed)
    if len(columns) > size:
        columns = columns[np.argpartition(-near[columns], size - 1)[:size]]
        columns.sort()
    return columns[np.argsort(-near[columns], kind="stable")]
