"""Dividing the seats: who gets which offer when all choose at once, at what price, and what that means.

A need that asks for several (a school with twenty students) seeks that many seats; it may find
them at one offer or at many. In a ranked list crowded options give way, a little: only differences of
price between the options of one person matter, so the cheapest option, and with it an only option,
keeps its score. Whatever was good enough to be shown stays good enough.
"""

from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, Int64Array, IntArray, Rows
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.allocation.edges import BLOCK, Edges, refuse
from katalysator.engine.matching.allocation.solver import allocate, exact
from katalysator.engine.matching.ordering import falling

NEAR_TIE = 0.05  # share of the price that counts for whoever has few options
LOOKED_AT, PLENTY = 5, 25  # options
WORTH_A_LOOK = 0.5  # of the best score of somebody; what has less is no option beside it
LIMIT = 0.9  # of what a score has above the least that is shown: no option loses more


def pressure(opening: IntArray, score: FloatArray, prices: FloatArray) -> FloatArray:
    """How hard each opening is fought for.

    Parameters
    ----------
    opening, score : arrays, shape (E,)
        The pairs that the allocation was made from.
    prices : array, shape (O,)
        Prices of its certificate.

    Returns
    -------
    float64 array, shape (O,)
        From 0 (a seat is free) to 1 (the cut-off is the best score that anybody has there). 0 for
        openings that nobody could use. Cost O(E).

    """
    best = np.zeros(prices.size)
    np.maximum.at(best, opening, score)
    fought = np.minimum(prices, best)
    return np.divide(fought, best, out=np.zeros(prices.size), where=best > 0.0)


def share_for(person: IntArray, score: FloatArray) -> FloatArray:
    """How much of the price should count in the list of each person.

    Who has no more options than are looked at anyway asks all of them, in whatever order: there a
    list should show what fits best, and a price may only settle near-ties (`NEAR_TIE`). Who has
    `PLENTY` will ask only those that come first: there congestion costs more matches than order
    does, and all of the price counts. In between it grows with the logarithm.

    Parameters
    ----------
    person : integer array, shape (E,)
        Whose option each pair is, counted from 0.
    score : array, shape (E,)
        Score of the pair. What has less than half of the person's best is no option.

    Returns
    -------
    float64 array, shape (P,)
        From `NEAR_TIE` to 1. Cost O(E).

    """
    people = int(person.max(initial=-1)) + 1
    best = np.zeros(people)
    np.maximum.at(best, person, score)
    real = (score > 0.0) & (score >= WORTH_A_LOOK * best[person])
    options = np.bincount(person[real], minlength=people)
    return np.interp(
        np.log(np.maximum(options, 1)), np.log([LOOKED_AT, PLENTY]), [NEAR_TIE, 1.0]
    ).astype(np.float64)


def discount(
    person: IntArray,
    score: FloatArray,
    price: FloatArray,
    *,
    share: float | FloatArray,
    least: float = 0.0,
) -> FloatArray:
    """What to add to the score of each pair before ranking: 0 or less.

    Parameters
    ----------
    person : integer array, shape (E,)
        Whose option each pair is, counted from 0.
    score, price : arrays, shape (E,)
        Score of the pair, and price of its opening.
    share : float, or array of shape (P,)
        Part of the price that counts, from 0 to 1, for all or for each person; see `share_for`.
    least : float
        What a score must exceed to be shown. Other pairs are no options: they lose nothing, and
        their prices do not count as the cheapest.

    Returns
    -------
    float64 array, shape (E,)
        ``-min(share * (price - lowest price among the person's options), LIMIT * (score - least))``:
        at most `share` times the difference in price moves one option past another, and none falls
        to `least`. Cost O(E).

    Raises
    ------
    ValueError
        For a share outside 0 to 1, and prices that are not finite: they would spoil the order
        without a word.

    References
    ----------
    .. [1] G. Demange, D. Gale and M. Sotomayor, "Multi-item auctions", Journal of Political Economy
       94, 1986: at these prices everybody's best net option is, but for ties, the seat allocated.

    """
    part = np.asarray(share, np.float64)
    if not ((part >= 0.0) & (part <= 1.0)).all():
        raise ValueError(f"share is {share}; it must lie between 0 and 1")
    cost = np.asarray(price, np.float64)
    refuse("row {0}: price is {1}; it must be a finite number", ~np.isfinite(cost), cost)
    room = np.maximum(np.asarray(score, np.float64) - least, 0.0)
    lowest = np.full(int(person.max(initial=-1)) + 1, np.inf)
    np.minimum.at(lowest, person, np.where(room > 0.0, cost, np.inf))
    extra = np.maximum(cost - lowest[person], 0.0)
    counts = part[person] if part.ndim else part
    loss: FloatArray = np.minimum(counts * extra, LIMIT * room)
    return -loss


MOST_SEATS = 1_000  # of one need; more would not change who fits, only the length of the work
_SMALL = 4_000  # pairs of seekers; so few are solved sooner than the auction is compiled
_ROUNDS = 50  # of rivals who drive one another up; so long a chain says nothing to a reader


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Seats of each pair, int64 (E,); price of each offer, float64 (O,); the proof of the value.

    The price is what the next in line would pay: 0 where nobody else would rather have a seat.
    """

    seats: Int64Array
    price: FloatArray
    certificate: Certificate


def divide(
    need: Rows, offer: Rows, score: FloatArray, wants: Int64Array, capacity: Int64Array
) -> Division:
    """Divide the seats so that the sum of scores is as high as can be.

    Parameters: pairs and their scores, each (E,), ordered by need; `wants` (N,), the seats that each need asks;
    `capacity` (O,), the seats that each offer has. Only pairs with a positive score count. Cost:
    the auction's, near linear in the pairs of all seekers. Memory: some 80 bytes a pair.
    """
    edges, pair = _seekers(need, offer, score, wants, capacity)
    solve = exact if edges.score.size <= _SMALL else allocate
    result = solve(edges, capacity)
    person = np.repeat(np.arange(edges.people, dtype=np.int32), np.diff(edges.start))
    inside = result.opening[person] == edges.opening
    seats = np.bincount(pair[inside], minlength=len(need))
    outside = seats[pair] == 0
    price = _lowest(edges, person, inside, outside, result.certificate.prices)
    return Division(seats, price, result.certificate)


def _lowest(
    edges: Edges, person: IntArray, inside: BoolArray, outside: BoolArray, highest: FloatArray
) -> FloatArray:
    """What the next in line would pay for a seat of each offer: the lowest competitive price, (O,).

    An auction's price may be higher, up to what the seat is worth to its holder; but being keen
    does not make an offer wanted by others. From nothing, prices rise to what those outside would
    rather pay than keep what they have. `inside` (E,) are the edges that got a seat, `outside`
    those whose need got none there: a need that has a seat is no rival to itself. Cost: one pass
    over the edges, and one over those of the people whose own price rose a round. Source: Demange,
    Gale and Sotomayor, 1986.
    """
    holder, held = person[inside], edges.opening[inside]
    price, keeps, rival = np.zeros(edges.openings), np.zeros(edges.people), np.zeros(edges.openings)
    keeps[holder] = edges.score[inside]
    some = np.flatnonzero(outside)
    for _ in range(_ROUNDS):
        for first in range(0, len(some), BLOCK):
            part = some[first : first + BLOCK]
            np.maximum.at(rival, edges.opening[part], edges.score[part] - keeps[person[part]])
        before, price = price, np.minimum(rival, highest)
        if np.array_equal(before, price):
            break
        keeps[holder] = edges.score[inside] - price[held]
        risen = np.zeros(edges.people, np.bool_)
        risen[holder] = price[held] > before[held]
        some = np.flatnonzero(outside & risen[person])
    return price


def _seekers(
    need: Rows, offer: Rows, score: FloatArray, wants: Int64Array, capacity: Int64Array
) -> tuple[Edges, Rows]:
    """Each need as so many seekers as it wants seats and could get: their edges, and their pairs."""
    within_reach = np.bincount(need, capacity[offer], len(wants))
    copies = np.minimum(np.minimum(wants, within_reach), MOST_SEATS).astype(np.int64)
    order = falling(np.bincount(need, minlength=len(wants)), score, offer)
    order = order[score[order] > 0]
    count = np.bincount(need[order], minlength=len(wants))
    length = np.repeat(count, copies)
    end = np.cumsum(length)
    start = np.concatenate([np.zeros(1, np.int64), end])
    shift = np.repeat(np.cumsum(count) - count, copies) - start[:-1]
    pair = order[np.arange(start[-1]) + np.repeat(shift, length)]
    edges = Edges(start, offer[pair].astype(np.int32), score[pair], len(capacity))
    return edges, pair
