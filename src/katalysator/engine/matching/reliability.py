"""How well chances that were said fit what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import FloatArray

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Outcomes with like chances: how many, the chance that was said, the share accepted."""

    count: int
    predicted: float
    observed: float


def reliability(
    predicted: FloatArray, accepted: ArrayLike, *, bins: int = _BINS
) -> tuple[Bin, ...]:
    """Said against seen, in bins of like size by rising chance; equal chances stay together.

    Source: M. DeGroot and S. Fienberg, "The comparison and evaluation of forecasters", 1983.
    """
    said, seen = np.asarray(predicted, np.float64), np.asarray(accepted, np.float64)
    border = np.unique(np.quantile(said, np.arange(1, bins) / bins)) if said.size else said
    place = np.searchsorted(border, said, side="left")
    count = np.bincount(place, minlength=border.size + 1)
    filled = np.flatnonzero(count)
    mean = [np.bincount(place, weights=each)[filled] / count[filled] for each in (said, seen)]
    return tuple(map(Bin, count[filled].tolist(), mean[0].tolist(), mean[1].tolist()))


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of said and seen, by size of the bins; 0 is best.

    Source: M. Naeini, G. Cooper and M. Hauskrecht, 2015. Even a perfect forecast of n outcomes shows
    some 0.4 * sqrt(bins / n) by chance.
    """
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.predicted - each.observed) for each in bins) / max(total, 1)


def brier(predicted: FloatArray, accepted: ArrayLike) -> float:
    """Mean squared distance of the chance and what happened, 0 to 1; 0 is best. Source: Brier 1950."""
    return float(np.mean((np.asarray(predicted) - np.asarray(accepted, np.float64)) ** 2))
