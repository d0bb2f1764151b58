"""Scores that are all multiples of one number: equal ones, marks, yes and no; numpy only.

Where scores tie, best prices are multiples of that number too: the linear programme of the prices
is totally unimodular [1]_, and for equal scores this is Koenig's theorem [2]_, by which the largest
matching has as many pairs as the smallest cover has nodes. So prices found with a coarse increment
need only be rounded to prove what finer ones would take long to find.

References
----------
.. [1] A. J. Hoffman and J. B. Kruskal, "Integral boundary points of convex polyhedra", Annals of
   Mathematics Studies 38, 1956.
.. [2] D. Koenig, "Graphs and matrices", Matematikai es Fizikai Lapok 38, 1931.

"""

from collections.abc import Iterator
from functools import partial, reduce
from typing import Final

import numpy as np

from katalysator.engine.arrays import FloatArray

_SAMPLE: Final = 4_096  # scores that are looked at
_UP: Final = (0.75, 0.5, 0.25)  # what is added before a price is rounded down


def grain(score: FloatArray, least: float) -> float:
    """The largest number of which a sample of the scores are multiples, give or take `least`.

    0 where there is none. A wrong one does no harm: prices of any kind bound the total.
    """
    some = np.unique(score[:: max(1, score.size // _SAMPLE)])
    some = some[some > least]
    return reduce(partial(_common, least=least), some[::-1].tolist(), 0.0)


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
