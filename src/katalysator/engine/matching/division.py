"""Dividing the seats: who gets which offer when all choose at once, and at what price.

A need that asks for several (a school with twenty students) seeks that many seats; it may find
them at one offer or at many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.allocation import Certificate, Edges, allocate
from katalysator.engine.matching.profiles import FloatArray
from katalysator.engine.matching.scoring import Rows, Scores

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Seats of each pair, int64 (E,); price of each offer, float64 (O,); the proof of the value."""

    seats: IntArray
    price: FloatArray
    certificate: Certificate


def divide(scores: Scores, wants: IntArray, capacity: IntArray) -> Division:
    """Divide the seats so that the sum of scores is as high as can be.

    Parameters: scored pairs (E,), ordered by need; `wants` (N,), the seats that each need asks;
    `capacity` (O,), the seats that each offer has. Only pairs with a positive score count. Cost:
    the auction's, near linear in the pairs of all seekers.
    """
    seeker, pair = _seekers(scores, wants, capacity)
    edges = Edges.from_pairs(
        seeker,
        scores.offer[pair],
        np.maximum(scores.total[pair], 0.0),
        persons=int(seeker.max(initial=-1)) + 1,
        openings=len(capacity),
    )
    result = allocate(edges, capacity)
    seats = np.zeros(len(scores.need), np.int64)
    got = result.opening[seeker] == scores.offer[pair]
    np.add.at(seats, pair[got], 1)
    return Division(seats, result.certificate.prices, result.certificate)


def _seekers(scores: Scores, wants: IntArray, capacity: IntArray) -> tuple[Rows, Rows]:
    """Each need as so many seekers as it wants seats: seeker number and pair number, both (S,)."""
    within_reach = np.zeros(len(wants), np.int64)
    np.add.at(within_reach, scores.need, capacity[scores.offer])
    copies = np.minimum(wants, within_reach)
    first = np.concatenate([[0], np.cumsum(copies)[:-1]]) if len(copies) else copies
    pairs = np.flatnonzero(scores.total > 0)
    times = copies[scores.need[pairs]]
    pair = np.repeat(pairs, times)
    turn = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    return (first[scores.need[pair]] + turn).astype(np.intp), pair
