"""Which pairs are worth a full score: the best few offers of each need, under the constraints.

Needs that make the same closed choices are taken together: what they may meet is gathered once and
compared in one product of matrices. The compiled part is in `pairing`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, Float32Array, FloatArray, Int32Array, Rows
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.habits import QUICK
from katalysator.engine.matching.sides import Side

if TYPE_CHECKING:
    from katalysator.engine.matching.retrieval.pairing import Limits, Texts, Words

WORDS_SHARE = 0.6  # of a cosine of words, against a whole cosine of meaning
CONCEPTS_SHARE = 0.025  # of what two texts share of concepts, and of skills, likewise
_TIMES = 16  # as many as the least get a full score, at most
_PART = 0.04  # ... and of all offers no less than this, up to that
_COMMON = 1 / 8  # share of the offers from which on a word is cheaper as a column of a matrix
_WORTH = 32  # needs; for fewer, a matrix of common words costs more than it saves
_FEW = 1 << 16  # pairs; so few are compared sooner than the kernels are compiled
_CELLS = 1 << 22  # pairs compared in one product: 16 MB
_MANY = 4_096  # needs for which offers are gathered once

RowPairs = tuple[Rows, Rows]


def in_sight_of(offers: int, least: int) -> int:
    """How many of so many offers get a full score: more where there are more to miss.

    `least` up to a thousand offers, from there on as the root of their number and no less than one in twenty-five of
    them, up to sixteen times as many.
    """
    wanted = max(least, least * sqrt(offers / 1_000), _PART * offers)
    return int(min(_TIMES * least, wanted))


def shortlist(
    needs: Side,
    offers: Side,
    constraints: Constraints,
    *,
    size: int = 50,
    tick: Callable[[int], None] = lambda _: None,
) -> RowPairs:
    """The `size` best allowed offers of each need by meaning, words, concepts and skills.

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
    The order is nearly that of the score: the cosine of meaning, set against what is usual for the
    offer, plus shares of what words, concepts and skills have in common, in float64; equal ones keep the
    order of the offers. Nothing is approximated, and the same input gives the same
    pairs on any number of processors. Cost: for each need one product with the offers that its
    closed choices leave; the memory beside the input is that of `found` (4 bytes a pair), and of
    one copy of the offers for each processor.

    """
    if 0 < len(needs) * len(offers) <= _FEW:
        tick(len(needs))
        return _among_few(_asking(needs), _giving(offers), constraints, size)
    work = _Work.of(needs, offers, constraints, size)
    done = 0
    for count in work.run(os.cpu_count() or 1):
        done += count
        tick(done)
    kept = np.arange(work.found.shape[1]) < work.counts[:, None]
    return np.repeat(np.arange(len(needs)), work.counts), work.found[kept].astype(np.intp)


def _among_few(needs: "_Said", offers: "_Said", constraints: Constraints, size: int) -> RowPairs:
    """The same of a small market, all of it at once and in float64."""
    words = (needs.words @ offers.words.T).toarray().astype(np.float64)
    near = needs.meaning.astype(np.float64) @ offers.meaning.T.astype(np.float64)
    near += WORDS_SHARE * words
    near = near.round(12)  # equals are equal, however the processor sums
    found = []
    for row, worth in enumerate(near):
        allowed = np.flatnonzero(constraints.allowed(row))
        found.append(allowed[np.argsort(-worth[allowed], kind="stable")[:size]])
    count = np.array([len(each) for each in found], np.intp)
    return np.repeat(np.arange(len(found)), count), np.concatenate([np.zeros(0, np.intp), *found])


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """Words of the offers, common ones and rare ones counted apart; `place` as in `pairing.Block`."""

    place: Int32Array
    common: int
    rare: int

    @classmethod
    def of(cls, words: "Words", columns: int, share: float) -> "_Vocabulary":
        """Words are common that more than this share of the offers hold."""
        held = np.bincount(words.bucket, minlength=columns)
        is_common = held > share * (len(words.start) - 1)
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
        asking, giving = _asking(needs).texts(), _giving(offers).texts()
        columns = sum(each.shape[1] for each in (offers.words, offers.concepts, offers.skills))
        return cls(
            asking,
            giving,
            constraints,
            limits(constraints),
            _Vocabulary.of(giving.words, columns, _COMMON),
            _Vocabulary.of(giving.words, columns, 1.0),
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
        from katalysator.engine.matching.retrieval.kernels import products
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


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """Meaning, float32 (n, d + 1), and words with concepts and skills, CSR, of one side as it is compared."""

    meaning: Float32Array
    words: sparse.csr_array

    @classmethod
    def of(cls, side: Side, meaning: FloatArray) -> "_Said":
        told = sparse.hstack([side.concepts, side.skills]) * np.sqrt(CONCEPTS_SHARE / WORDS_SHARE)
        words = sparse.csr_array(sparse.hstack([side.words, told], "csr"))
        return cls(np.ascontiguousarray(meaning, np.float32), words)

    def texts(self) -> "Texts":
        """The same as the kernels read it."""
        from katalysator.engine.matching.retrieval.pairing import Texts, Words

        start, column = self.words.indptr.astype(np.int64), self.words.indices
        weight = self.words.data.astype(np.float32, copy=False)
        return Texts(self.meaning, Words(start, column.astype(np.int32, copy=False), weight))


def _asking(needs: Side) -> _Said:
    meaning = needs.reading.meaning
    return _Said.of(needs, np.hstack([meaning, np.ones((len(needs), 1), np.float32)]))


def _giving(offers: Side) -> _Said:
    """Offers so laid out that a product with a need is nearly the standardised likeness of both."""
    usual = QUICK.spread / offers.standing.spread[:, :1]
    vectors = offers.reading.meaning * (1.0 + usual) / 2
    return _Said.of(offers, np.hstack([vectors, -offers.standing.mean[:, :1] * usual / 2]))


def batches(signature: Rows) -> list[Rows]:
    """Rows of needs to compare together: all of one signature, in parts where they are many."""
    order = np.argsort(signature, kind="stable")
    alike = np.split(order, np.flatnonzero(np.diff(signature[order])) + 1)
    return [rows[first : first + _MANY] for rows in alike for first in range(0, len(rows), _MANY)]


def within_reach(constraints: Constraints, rows: Rows) -> BoolArray:
    """Offers whose ranges meet the widest of these needs, bool (O,)."""
    meets = np.ones(constraints.offers, np.bool_)
    for span in constraints.spans:
        meets &= span.reaches(span.need_low[rows].min(), span.need_high[rows].max())
    return meets


def limits(constraints: Constraints) -> "Limits":
    """Owners and ranges in arrays."""
    from katalysator.engine.matching.retrieval.pairing import Limits

    spans = constraints.spans
    return Limits(
        constraints.apart.need,
        constraints.apart.offer,
        _rows([span.need_low for span in spans], constraints.needs),
        _rows([span.need_high for span in spans], constraints.needs),
        _rows([span.offer_low for span in spans], constraints.offers),
        _rows([span.offer_high for span in spans], constraints.offers),
    )


def _rows(ends: Sequence[FloatArray], count: int) -> FloatArray:
    """Ends one under another, (spans, count): two dimensions also where there are no ranges."""
    return np.array(ends, np.float64).reshape(len(ends), count)
