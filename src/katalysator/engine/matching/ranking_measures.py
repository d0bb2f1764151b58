"""How good a ranking is against grades, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, nan, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

TOP: Final = 5
_DRAWS: Final = 2_000
_MIDDLE: Final = (0.025, 0.975)
_Z: Final = 1.959964  # spreads on both sides that hold 95 %


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean or a share of `count` cases, with the interval that holds the truth 95 times in 100."""

    value: float
    low: float
    high: float
    count: int


def ndcg(ranked: Sequence[float], known: Sequence[float], *, top: int = TOP) -> float:
    """Gain of the first `top`, as a share of the best that could be.

    Parameters: `ranked`, the grades in the order of the ranking; `known`, all grades that there are, in
    any order. A grade g gains 2**g - 1, less by the logarithm of its place. Returns 0 to 1; nan where
    there is nothing to gain. Source: Jarvelin and Kekalainen, 2002.

    Examples
    --------
    >>> ndcg([0, 3], [3, 0]) == 1 / log2(3)
    True

    """
    best = _gain(sorted(known, reverse=True)[:top])
    return _gain(ranked[:top]) / best if best else nan


def _gain(grades: Sequence[float]) -> float:
    gains = ((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
    return float(sum(gains))


def mean_interval(values: ArrayLike, *, seed: int = 0) -> Measure:
    """The mean of n values, and the middle 95 % of what other draws of n would give.

    Source: the bootstrap, Efron and Tibshirani 1993. Cost: 2,000 n.
    """
    found = np.asarray(values, np.float64)
    drawn = np.random.default_rng(seed).choice(found, (_DRAWS, found.size)).mean(axis=1)
    low, high = np.quantile(drawn, _MIDDLE).tolist()
    return Measure(float(found.mean()), low, high, found.size)


def share_interval(yes: int, count: int) -> Measure:
    """The share of `count` cases that are so, with the interval of Wilson (1927): never outside 0 to 1.

    Examples
    --------
    >>> found = share_interval(8, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.49, 0.943)

    """
    share, square = yes / count, _Z * _Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    reach = _Z * sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    return Measure(share, max(0.0, middle - reach), min(1.0, middle + reach), count)
