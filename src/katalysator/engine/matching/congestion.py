"""What the prices of an allocation mean for a ranked list: crowded options give way, a little.

Only differences of price between the options of one person matter, so the cheapest option, and with
it an only option, keeps its score. Whatever was good enough to be shown stays good enough.
"""

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import refuse

NEAR_TIE = 0.05  # share of the price that counts in a small market
SMALL, LARGE = 1_000, 100_000  # people
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


def share_for(people: int) -> float:
    """How much of the price should count in a market of so many people.

    `NEAR_TIE` up to `SMALL` people, where a list should show what fits best and a price may only
    settle near-ties; all of it from `LARGE` people on, where congestion costs more matches than
    order does; in between it grows with the logarithm.
    """
    size = np.log(max(people, 1))
    return float(np.interp(size, np.log([SMALL, LARGE]), [NEAR_TIE, 1.0]))


def discount(
    person: IntArray, score: FloatArray, price: FloatArray, *, share: float, least: float = 0.0
) -> FloatArray:
    """What to add to the score of each pair before ranking: 0 or less.

    Parameters
    ----------
    person : integer array, shape (E,)
        Whose option each pair is, counted from 0.
    score, price : arrays, shape (E,)
        Score of the pair, and price of its opening.
    share : float
        Part of the price that counts, from 0 to 1; see `share_for`.
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
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share is {share}; it must lie between 0 and 1")
    cost = np.asarray(price, np.float64)
    refuse("row {0}: price is {1}; it must be a finite number", ~np.isfinite(cost), cost)
    room = np.maximum(np.asarray(score, np.float64) - least, 0.0)
    lowest = np.full(int(person.max(initial=-1)) + 1, np.inf)
    np.minimum.at(lowest, person, np.where(room > 0.0, cost, np.inf))
    extra = np.maximum(cost - lowest[person], 0.0)
    loss: FloatArray = np.minimum(share * extra, LIMIT * room)
    return -loss
