"""Scores and prices as the kernels count them, in single precision, and back; numpy only."""

from typing import Final

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.edges import Edges

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
        shut = capacity == 0
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
