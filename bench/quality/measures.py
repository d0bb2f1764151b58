"""Measures of a ranking against grades."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from bench.quality.sets import GOOD_GRADE
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching.ranking_measures import TOP, ndcg as ndcg_of_one

__all__ = [
    "TOP",
    "Grades",
    "Ranking",
    "gain_error",
    "gain_interval",
    "ndcg",
    "standard_error",
    "useful_among",
]
Ranking = Mapping[str, Sequence[str]]
"""The offers of each need, the best first."""
Grades = Mapping[str, Mapping[str, int]]


def ndcg(ranking: Ranking, grades: Grades, needs: Iterable[str] | None = None) -> float:
    """Mean nDCG of the first five over the needs (default: all) that have a graded offer.

    See `ranking_measures`; 1 means that no order of all offers could do better.
    """
    wanted = grades.keys() if needs is None else set(needs)
    return _mean(_of_each(ranking, {need: grades[need] for need in grades if need in wanted}))


def standard_error(ranking: Ranking, grades: Grades) -> float:
    """How far another draw of as many needs would put `ndcg`, usually."""
    found = _of_each(ranking, grades)
    return float(np.std(found, ddof=1) / np.sqrt(len(found)))


def useful_among(ranking: Ranking, grades: Grades, first: int) -> float:
    """Share of the needs that have a useful offer, grade 2 or 3, with one among their first few."""
    return _mean(
        float(any(row.get(offer, 0) >= GOOD_GRADE for offer in ranking.get(need, ())[:first]))
        for need, row in grades.items()
        if max(row.values()) >= GOOD_GRADE
    )


def gain_interval(ranking: Ranking, other: Ranking, grades: Grades) -> tuple[float, float, float]:
    """How much better a ranking is than another: mean nDCG, and the middle 95 % of its bootstrap.

    Source: Efron and Tibshirani 1993, paired by need.
    """
    gain, drawn = _gains(ranking, other, grades)
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return gain, low, high


def gain_error(ranking: Ranking, other: Ranking, grades: Grades) -> tuple[float, float]:
    """The same, and how far another draw of as many needs would put it, usually."""
    gain, drawn = _gains(ranking, other, grades)
    return gain, float(drawn.std())


def _gains(ranking: Ranking, other: Ranking, grades: Grades) -> tuple[float, FloatArray]:
    """The mean gain, and that of 10,000 draws of as many needs."""
    gain = np.array(_of_each(ranking, grades)) - np.array(_of_each(other, grades))
    drawn = np.random.default_rng(0).choice(gain, (10_000, gain.size)).mean(axis=1)
    return float(gain.mean()), drawn


def _of_each(ranking: Ranking, grades: Grades) -> list[float]:
    return [_of_one(ranking.get(need, ()), row) for need, row in grades.items()]


def _of_one(offers: Sequence[str], row: Mapping[str, int]) -> float:
    return ndcg_of_one([row.get(offer, 0) for offer in offers], list(row.values()))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")
