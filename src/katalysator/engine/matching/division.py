"""Dividing the seats: who gets which offer when all choose at once, and at what price.

A need that asks for several (a school with twenty students) seeks that many seats; it may find
them at one offer or at many.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.matching.allocation import Certificate, Edges, allocate
from katalysator.engine.matching.profiles import FloatArray
from katalysator.engine.matching.scoring import Rows, Scores

IntArray = NDArray[np.int64]
Choice = NDArray[np.integer[Any]]

MOST_SEATS = 1_000  # of one need; more would not change who fits, only the length of the work
_ROUNDS = 50  # of rivals who drive one another up; so long a chain says nothing to a reader


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Seats of each pair, int64 (E,); price of each offer, float64 (O,); the proof of the value.

    The price is what the next in line would pay: 0 where nobody else would rather have a seat.
    """

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
    owner = np.zeros(edges.people, np.intp)
    owner[seeker] = scores.need[pair]
    price = _lowest(edges, owner, result.opening, result.certificate.prices)
    return Division(seats, price, result.certificate)


def _lowest(edges: Edges, owner: Rows, choice: Choice, highest: FloatArray) -> FloatArray:
    """What the next in line would pay for a seat of each offer: the lowest competitive price, (O,).

    An auction's price may be higher, up to what the seat is worth to its holder; but being keen
    does not make an offer wanted by others. From nothing, prices rise to what those outside would
    rather pay than keep what they have. A need that has a seat is no rival to itself: `owner` is
    the need of each seeker, (P,). Cost: one pass over the edges a round. Source: Demange, Gale and
    Sotomayor, 1986.
    """
    person = np.repeat(np.arange(edges.people), np.diff(edges.start))
    inside = choice[person] == edges.opening
    seat = owner[person] * edges.openings + edges.opening
    outside = ~np.isin(seat, seat[inside])
    price, keeps = np.zeros(edges.openings), np.zeros(edges.people)
    for _ in range(_ROUNDS):
        keeps[person[inside]] = edges.score[inside] - price[edges.opening[inside]]
        rival = np.zeros_like(price)
        np.maximum.at(rival, edges.opening[outside], (edges.score - keeps[person])[outside])
        before, price = price, np.minimum(rival, highest)
        if np.array_equal(before, price):
            break
    return price


def _seekers(scores: Scores, wants: IntArray, capacity: IntArray) -> tuple[Rows, Rows]:
    """Each need as so many seekers as it wants seats: seeker number and pair number, both (S,)."""
    within_reach = np.zeros(len(wants), np.int64)
    np.add.at(within_reach, scores.need, capacity[scores.offer])
    copies = np.minimum(np.minimum(wants, within_reach), MOST_SEATS)
    first = np.concatenate([[0], np.cumsum(copies)[:-1]]) if len(copies) else copies
    pairs = np.flatnonzero(scores.total > 0)
    times = copies[scores.need[pairs]]
    pair = np.repeat(pairs, times)
    turn = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    return (first[scores.need[pair]] + turn).astype(np.intp), pair
