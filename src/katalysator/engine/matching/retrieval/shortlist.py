"""Which pairs are worth a full score: the best few offers of each need, under the constraints.

Needs that make the same closed choices are taken together: what they may meet is gathered once and
compared in one product of matrices. The compiled part is in `pairing`.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, Int32Array, Rows
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.profiles import Side
from katalysator.engine.matching.retrieval.batches import batches, limits, within_reach

if TYPE_CHECKING:
    from katalysator.engine.matching.retrieval.pairing import Limits, Texts

WORDS_SHARE = 0.3  # of a cosine of words, against a whole cosine of meaning
_COMMON = 1 / 8  # share of the offers from which on a word is cheaper as a column of a matrix
_WORTH = 32  # needs; for fewer, a matrix of common words costs more than it saves
_CELLS = 1 << 22  # pairs compared in one product: 16 MB

RowPairs = tuple[Rows, Rows]


def shortlist(
    needs: Side,
    offers: Side,
    constraints: Constraints,
    *,
    size: int = 50,
    tick: Callable[[int], None] = lambda _: None,
) -> RowPairs:
    """The `size` best allowed offers of each need by meaning and words.

    Parameters
    ----------
    needs, offers : Side
        Both sides, read; unit rows of meaning and of words.
    constraints : Constraints
        Made of the same profiles in the same order.
    size : int
        Most offers for each need.
    tick
        Called with the number of needs done, now and then, from the calling thread.

    Returns
    -------
    need, offer : intp arrays, shape (E,)
        Rows of both sides, E <= size * len(needs): by need, and for each need the best first.

    Notes
    -----
    The score is the cosine of meaning plus `WORDS_SHARE` times that of words, in float64; equal
    scores keep the order of the offers. Nothing is approximated, and the same input gives the same
    pairs on any number of processors. Cost: for each need one product with the offers that its
    closed choices leave; the memory beside the input is that of `found` (4 bytes a pair), and of
    one copy of the offers for each processor.

    """
    work = _Work.of(needs, offers, constraints, size)
    done = 0
    for count in work.run(os.cpu_count() or 1):
        done += count
        tick(done)
    kept = np.arange(work.found.shape[1]) < work.counts[:, None]
    return np.repeat(np.arange(len(needs)), work.counts), work.found[kept].astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """Words of the offers, common ones and rare ones counted apart; `place` as in `pairing.Block`."""

    place: Int32Array
    common: int
    rare: int

    @classmethod
    def of(cls, words: sparse.csr_matrix, share: float) -> "_Vocabulary":
        """Words are common that more than this share of the offers hold."""
        held = np.bincount(words.indices, minlength=words.shape[1])
        is_common = held > share * words.shape[0]
        is_rare = ~is_common & (held > 0)
        rare = int(is_rare.sum())
        number = np.where(is_rare, np.cumsum(is_rare) - 1, rare)
        place = np.where(is_common, np.cumsum(is_common) - 1, -1 - number)
        return cls(place.astype(np.int32), int(is_common.sum()), rare + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Both sides as the kernel reads them, and where the result is written.

    `words` is the vocabulary for many needs, `few_words` that for few, in which all words are rare;
    `found` (N, size) and `counts` (N,) are the result by need.
    """

    needs: "Texts"
    offers: "Texts"
    constraints: Constraints
    limits: "Limits"
    words: _Vocabulary
    few_words: _Vocabulary
    found: Int32Array
    counts: Rows

    @classmethod
    def of(cls, needs: Side, offers: Side, constraints: Constraints, size: int) -> "_Work":
        return cls(
            _texts(needs),
            _texts(offers),
            constraints,
            limits(constraints),
            _Vocabulary.of(offers.words, _COMMON),
            _Vocabulary.of(offers.words, 1.0),
            np.zeros((len(needs), min(size, len(offers))), np.int32),
            np.zeros(len(needs), np.intp),
        )

    def run(self, threads: int) -> Iterator[int]:
        """Do all batches; tells how many needs each one had."""
        if not self.found.size:
            yield len(self.found)
            return
        with ThreadPoolExecutor(threads) as pool:
            try:
                yield from pool.map(self._do, batches(self.constraints.signatures()))
            finally:
                pool.shutdown(cancel_futures=True)

    def _do(self, rows: Rows) -> int:
        """Find the best offers of needs of one signature; tells how many needs these were."""
        from katalysator.engine.matching.retrieval.matrix_product import products
        from katalysator.engine.matching.retrieval.pairing import OfferBlock, best_offers, post

        chosen = self.constraints.chosen(int(rows[0])) & within_reach(self.constraints, rows)
        offers = np.flatnonzero(chosen)
        words = self.words if len(rows) >= _WORTH else self.few_words
        rare = post(self.offers.words, offers, words.place, words.rare)
        block = OfferBlock(offers, words.place, rare)
        theirs = _dense(self.offers, offers, words, 1.0)
        step = max(1, min(_CELLS // max(1, len(offers)), len(rows)))
        near = np.empty((step, len(offers)), np.float32)
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            scores = near[: len(some)]
            products(_dense(self.needs, some, words, WORDS_SHARE), theirs, scores)
            given = self.needs, self.offers, block, self.limits, WORDS_SHARE
            best_offers(scores, some, *given, self.found, self.counts)
        return len(rows)


def _dense(side: "Texts", rows: Rows, words: _Vocabulary, share: float) -> Float32Array:
    """Meaning and common words of some rows, side by side."""
    from katalysator.engine.matching.retrieval.pairing import beside

    dense = np.zeros((len(rows), side.meaning.shape[1] + words.common), np.float32)
    beside(side, rows, words.place, share, dense)
    return dense


def _texts(side: Side) -> "Texts":
    from katalysator.engine.matching.retrieval.pairing import Texts, Words

    words = Words(
        side.words.indptr.astype(np.int64),
        side.words.indices.astype(np.int32, copy=False),
        side.words.data.astype(np.float32, copy=False),
    )
    return Texts(np.ascontiguousarray(side.reading.meaning, np.float32), words)
