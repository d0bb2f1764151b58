"""Compiled part of the shortlist: the best offers of each need by meaning and words.

A product of matrices gives every score but for the rare words; these are few, and are added along
lists of the offers that hold them. All this is float32. The best are then put in order: scores too
close to be told apart so are computed again in float64, with those just below the last.
"""

from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import Array
from katalysator.engine.compiling import kernel, vector_kernel
from katalysator.engine.matching.retrieval.kernels import dot, empty, highest, offer, sort

SLACK = 2e-4  # twice what float32 sums over some thousand places can be wrong
_BLOCK = 64


class Words(NamedTuple):
    """Weighted words of profiles: row ``i`` is ``start[i]:start[i + 1]``."""

    start: Array
    bucket: Array
    weight: Array


class Texts(NamedTuple):
    """One side: unit rows of meaning, float32 (n, d), and the words."""

    meaning: Array
    words: Words


class Postings(NamedTuple):
    """Rare words by number: the columns of the block that hold it, and the weights there."""

    start: Array
    column: Array
    weight: Array


class OfferBlock(NamedTuple):
    """C offers that the choices of some needs leave: their rows, and their rare words.

    `place` (buckets,) gives a common word its place among the common ones, and a rare word of
    number r ``-1 - r``; words that no offer holds share the last number.
    """

    offer: Array
    place: Array
    rare: Postings


class Limits(NamedTuple):
    """What is looked at pair by pair: owners, and ranges as float64 (spans, n)."""

    need_owner: Array
    offer_owner: Array
    need_low: Array
    need_high: Array
    offer_low: Array
    offer_high: Array


class Desk(NamedTuple):
    """Room to work in: a best list, and the words of one need by bucket."""

    value: Array
    place: Array
    words: Array


@kernel
def beside(texts: Texts, rows: Array, place: Array, share: float, dense: Array) -> None:
    """Lay meaning and common words of some rows side by side, the words times `share`.

    `dense` is float32 (len(rows), d + number of common words), all 0.
    """
    width = texts.meaning.shape[1]
    for n, row in enumerate(rows):
        dense[n, :width] = texts.meaning[row]
        for entry in range(texts.words.start[row], texts.words.start[row + 1]):
            column = place[texts.words.bucket[entry]]
            if column >= 0:
                dense[n, width + column] = np.float32(share) * texts.words.weight[entry]


@kernel
def post(words: Words, rows: Array, place: Array, count: int) -> Postings:
    """Turn the rare words of some offers around. Cost: their words, and `count` rare words."""
    start = np.zeros(count + 1, np.int64)
    for row in rows:
        for n in range(words.start[row], words.start[row + 1]):
            if place[words.bucket[n]] < 0:
                start[-place[words.bucket[n]]] += 1
    for number in range(count):
        start[number + 1] += start[number]
    column, weight = np.empty(start[-1], np.int32), np.empty(start[-1], np.float32)
    free = start[:-1].copy()
    for number, row in enumerate(rows):
        for n in range(words.start[row], words.start[row + 1]):
            rare = -1 - place[words.bucket[n]]
            if rare >= 0:
                column[free[rare]], weight[free[rare]] = number, words.weight[n]
                free[rare] += 1
    return Postings(start, column, weight)


@kernel
def add_rare(near: Array, words: Words, need: int, block: OfferBlock, share: float) -> None:
    """Add the rare words of a need to its row of scores."""
    start, column, weight = block.rare
    for n in range(words.start[need], words.start[need + 1]):
        rare, factor = -1 - block.place[words.bucket[n]], np.float32(share) * words.weight[n]
        if rare >= 0:
            for entry in range(start[rare], start[rare + 1]):
                near[column[entry]] += factor * weight[entry]


@kernel
def spread(words: Words, need: int, values: Array) -> None:
    """Lay the words of a need out by bucket."""
    for n in range(words.start[need], words.start[need + 1]):
        values[words.bucket[n]] = words.weight[n]


@kernel
def take_away(words: Words, need: int, values: Array) -> None:
    """Undo `spread`."""
    for n in range(words.start[need], words.start[need + 1]):
        values[words.bucket[n]] = 0.0


@vector_kernel
def shared_words(words: Words, row: int, values: Array) -> float:
    """Inner product of the words of an offer with those laid out."""
    total = 0.0
    for n in range(words.start[row], words.start[row + 1]):
        total += np.float64(values[words.bucket[n]]) * np.float64(words.weight[n])
    return total


@kernel
def exact(needs: Texts, offers: Texts, need: int, other: int, words: Array, share: float) -> float:
    """The score of one pair, in float64; `words` are those of the need, laid out."""
    meaning = dot(needs.meaning[need], offers.meaning[other])
    return meaning + share * shared_words(offers.words, other, words)


@kernel
def allows(limits: Limits, need: int, other: int) -> bool:
    """Whether owners differ and all ranges overlap."""
    owner = limits.offer_owner[other]
    if owner >= 0 and owner == limits.need_owner[need]:
        return False
    for span in range(limits.need_low.shape[0]):
        if limits.offer_low[span, other] > limits.need_high[span, need]:
            return False
        if limits.offer_high[span, other] < limits.need_low[span, need]:
            return False
    return True


@kernel
def nearest(near: Array, block: OfferBlock, limits: Limits, need: int, desk: Desk) -> int:
    """Put the allowed columns of the highest scores on the desk, in order; return how many."""
    empty(desk.value, desk.place)
    for first in range(0, near.size, _BLOCK):
        last = min(first + _BLOCK, near.size)
        if highest(near, first, last) <= desk.value[0]:
            continue
        for column in range(first, last):
            beats = near[column] > desk.value[0]
            if beats and allows(limits, need, block.offer[column]):
                offer(desk.value, desk.place, near[column], column)
    return sort(desk.value, desk.place)


@kernel
def is_close(values: Array, rank: int, count: int) -> bool:
    """Whether a neighbour in a falling list, or what follows its end, is too near to be sure."""
    if rank == count - 1 or values[rank] - values[rank + 1] <= SLACK:
        return True
    return rank > 0 and values[rank - 1] - values[rank] <= SLACK


@kernel
def settle(
    near: Array,
    needs: Texts,
    offers: Texts,
    block: OfferBlock,
    limits: Limits,
    need: int,
    share: float,
    count: int,
    desk: Desk,
) -> int:
    """Put the columns on the desk in their true order, with those that come too near the last."""
    value, place = desk.value[:count].copy(), desk.place[:count].copy()
    empty(desk.value, desk.place)
    least = value[count - 1] - SLACK if count == desk.value.size else np.inf
    for rank in range(count):
        score, near[place[rank]] = value[rank], -np.inf
        if is_close(value, rank, count):
            score = exact(needs, offers, need, block.offer[place[rank]], desk.words, share)
        offer(desk.value, desk.place, score, place[rank])
    for first in range(0, near.size, _BLOCK):
        last = min(first + _BLOCK, near.size)
        if highest(near, first, last) < least:
            continue
        for column in range(first, last):
            if near[column] >= least and allows(limits, need, block.offer[column]):
                score = exact(needs, offers, need, block.offer[column], desk.words, share)
                offer(desk.value, desk.place, score, column)
    return sort(desk.value, desk.place)


@kernel
def best_offers(
    near: Array,
    rows: Array,
    needs: Texts,
    offers: Texts,
    block: OfferBlock,
    limits: Limits,
    share: float,
    found: Array,
    counts: Array,
) -> None:
    """Write the best offers of some needs to their rows of `found`, (N, size), and how many.

    `near`, float32 (len(rows), C), holds the scores without the rare words, and is used up.
    """
    size, buckets = found.shape[1], block.place.size
    desk = Desk(np.empty(size), np.empty(size, np.int64), np.zeros(buckets, np.float32))
    for n, need in enumerate(rows):
        add_rare(near[n], needs.words, need, block, share)
        count = nearest(near[n], block, limits, need, desk)
        if count == 0:
            continue
        spread(needs.words, need, desk.words)
        counts[need] = settle(near[n], needs, offers, block, limits, need, share, count, desk)
        take_away(needs.words, need, desk.words)
        for rank in range(counts[need]):
            found[need, rank] = block.offer[desk.place[rank]]
