"""What the prices of an allocation mean for a ranked list: crowded options give way, a little.

Only differences of price between the options of one person matter, so the cheapest option, and with
it an only option, keeps its score. Nothing is ever removed.
"""

import numpy as np

from katalysator.engine.matching.allocation.edges import FloatArray, IntArray

NEAR_TIE = 0.05  # share of the price that counts in a small market
SMALL, LARGE = 1_000, 100_000  # people
LIMIT = 0.9  # of a score: no option loses more


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


def discount(person: IntArray, score: FloatArray, price: FloatArray, *, share: float) -> FloatArray:
    """What to add to the score of each pair before ranking: 0 or less.

    Parameters
    ----------
    person : integer array, shape (E,)
        Whose option each pair is, counted from 0.
    score, price : arrays, shape (E,)
        Score of the pair, and price of its opening.
    share : float
        Part of the price that counts, from 0 to 1; see `share_for`.

    Returns
    -------
    float64 array, shape (E,)
        ``-min(share * (price - lowest price among the person's options), LIMIT * score)``: at most
        `share` times the difference in price moves one option past another. Cost O(E).

    References
    ----------
    .. [1] G. Demange, D. Gale and M. Sotomayor, "Multi-item auctions", Journal of Political Economy
       94, 1986: at these prices everybody's best net option is, but for ties, the seat allocated.

    """
    lowest = np.full(int(person.max(initial=-1)) + 1, np.inf)
    np.minimum.at(lowest, person, price)
    extra = np.asarray(price, np.float64) - lowest[person]
    loss: FloatArray = np.minimum(share * extra, LIMIT * np.maximum(score, 0.0))
    return -loss
