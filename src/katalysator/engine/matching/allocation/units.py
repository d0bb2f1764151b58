"""Scores and prices as the kernels count them, in single precision, and what all scores are multiples of.

Where scores tie (equal ones, marks, yes and no), best prices are multiples of what the scores have in
common: the linear programme of the prices is totally unimodular [1]_, and for equal scores this is
Koenig's theorem [2]_, by which the largest matching has as many pairs as the smallest cover has nodes.
So prices found with a coarse increment need only be rounded to prove what finer ones would take long
to find. numpy only.

References
----------
.. [1] A. J. Hoffman and J. B. Kruskal, "Integral boundary points of convex polyhedra", Annals of
   Mathematics Studies 38, 1956.
.. [2] D. Koenig, "Graphs and matrices", Matematikai es Fizikai Lapok 38, 1931.

"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import Edges

_USEFUL: Final = 8.0  # times the least: what is smaller is not looked at further
_SAMPLE: Final = 4_096  # scores that are looked at
_UP: Final = (0.75, 0.5, 0.25)  # what is added before a price is rounded down


def grain(score: FloatArray, least: float) -> float:
    """The largest number of which a sample of the scores are multiples, give or take `least`.

    0 where there is none. A wrong one does no harm: prices of any kind bound the total.
    """
    some = np.unique(score[:: max(1, score.size // _SAMPLE)])
    common = 0.0
    for each in some[some > least][::-1].tolist():
        common = _common(common, each, least)
        if common < _USEFUL * least:
            break
    return common


def _common(one: float, other: float, least: float) -> float:
    """Greatest common measure (Euclid), where what is below `least` is nothing."""
    while other > least:
        one, other = other, abs(one - round(one / other) * other)
    return one if one > least else 0.0


def multiples(price: FloatArray, unit: float, lowest: FloatArray) -> Iterator[FloatArray]:
    """Prices rounded to multiples of `unit`, mostly up first, then mostly down; not below `lowest`."""
    for up in _UP:
        whole = np.floor(price / unit + up) * unit
        yield np.maximum(whole.astype(price.dtype), lowest)


_SMALL: Final = 1e-20  # scores below this, or above its inverse, are counted in another unit


class Units:
    """What one market is counted in.

    Scores in double precision, and single ones near the ends of their range, are counted in units
    of `unit`, the highest score at an opening with seats; so `top` is that score as counted, and
    `closed` (O,) the lowest prices: 0 where seats are, else what nobody pays. What is proven is
    always proven on the scores as given.
    """

    def __init__(self, edges: Edges, capacity: IntArray, top: float) -> None:
        self.plain = edges.score.dtype == np.float32 and _SMALL < top < 1.0 / _SMALL
        self.unit = 1.0 if self.plain else top
        self.top = top / self.unit
        self.shut = shut = capacity == 0
        beyond = edges.top if shut.any() else 0.0
        self.closed = np.where(shut, beyond if self.plain else self.top, 0.0).astype(np.float32)
        self._never = np.where(shut & (not self.plain), beyond, 0.0)

    def price(self, prices: FloatArray) -> FloatArray:
        """Prices as counted: no higher than any score, closed where nobody may."""
        own = (np.minimum(prices, self.top * self.unit) / self.unit).astype(np.float32)
        return np.maximum(own, self.closed)

    def prices(self, price: FloatArray) -> FloatArray:
        """Prices in units of the scores, those of openings without seats beyond any score."""
        return self._never + price.astype(np.float64) * self.unit


def counted(score: FloatArray, unit: float) -> FloatArray:
    """Scores in single precision, in a unit; the same array where that is how they are."""
    if score.dtype == np.float32 and unit == 1.0:
        return score
    return (np.minimum(score, unit) / unit).astype(np.float32)
