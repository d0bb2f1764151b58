"""Measures of a ranking against grades."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import Final

import numpy as np

from bench.quality.sets import GOOD_GRADE

TOP: Final = 5
Ranking = Mapping[str, Sequence[str]]
"""The offers of each need, the best first."""
Grades = Mapping[str, Mapping[str, int]]


def ndcg(ranking: Ranking, grades: Grades, needs: Iterable[str] | None = None) -> float:
    """Mean nDCG of the first five over the needs (default: all) that have a graded offer.

    A grade g gains 2**g - 1, halved and so on by the logarithm of its place (Jarvelin and
    Kekalainen, 2002); 1 means that no order of all offers could do better.
    """
    wanted = grades.keys() if needs is None else set(needs)
    return _mean(_of_each(ranking, {need: grades[need] for need in grades if need in wanted}))


def standard_error(ranking: Ranking, grades: Grades) -> float:
    """How far another draw of as many needs would put `ndcg`, usually."""
    found = _of_each(ranking, grades)
    return float(np.std(found, ddof=1) / np.sqrt(len(found)))


def first_is_good(ranking: Ranking, grades: Grades) -> float:
    """P@1: share of the needs with a graded offer whose first offer has grade 2 or 3."""
    return _mean(
        float(any(row.get(offer, 0) >= GOOD_GRADE for offer in ranking.get(need, ())[:1]))
        for need, row in grades.items()
    )


def _of_each(ranking: Ranking, grades: Grades) -> list[float]:
    return [_of_one(ranking.get(need, ()), row) for need, row in grades.items()]


def _of_one(offers: Sequence[str], row: Mapping[str, int]) -> float:
    return _gain([row.get(offer, 0) for offer in offers]) / _gain(
        sorted(row.values(), reverse=True)
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:TOP], 1))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")
