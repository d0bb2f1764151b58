"""Who is seen, who is placed and how well, group by group, with the doubt that numbers this small have.

Signals, no verdicts: groups may differ in what they look for. A group of fewer than `SMALLEST_GROUP` people
is not published; where only one is left out, its figures may still follow from a total published
elsewhere, so publish none beside these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import Array, BoolArray, FloatArray, Int64Array

SMALLEST_GROUP: Final = 10  # people; of fewer, a figure could tell who is meant
FOUR_FIFTHS: Final = 0.8  # of the best-off group's share placed; below, look closer [EEOC 1978]
SAMPLES: Final = 1_000
CONFIDENCE: Final = 0.95

_CELLS: Final = 64  # of like values; more distinct values than this are drawn by cell


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its bootstrap interval of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupFairness:
    """How a group fares in a run.

    Parameters
    ----------
    people : int
        Its size, at least `SMALLEST_GROUP`.
    exposure : Estimate or None
        Its share of all exposure over its share of the people: 1 is in proportion. None where
        nobody is shown at all.
    selection : Estimate or None
        Its share placed over that of the best-off published group. None where nobody is placed.
    quality : Estimate or None
        Mean score of its people placed. None for fewer than `SMALLEST_GROUP` of them.
    price : Estimate or None
        Mean that congestion prices take off the scores in its lists, at least 0; None without prices.

    """

    people: int
    exposure: Estimate | None
    selection: Estimate | None
    quality: Estimate | None
    price: Estimate | None

    @property
    def falls_behind(self) -> bool:
        """Whether even the upper end of its selection ratio stays below four fifths: a signal."""
        return self.selection is not None and self.selection.high < FOUR_FIFTHS


def fairness(
    group: ArrayLike,
    *,
    exposure: FloatArray,
    placed: BoolArray,
    score: FloatArray,
    price: FloatArray | None,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Mapping[str, GroupFairness | None]:
    """How each group fares in a run.

    Parameters
    ----------
    group : array, shape (P,)
        Label of each person.
    exposure, price : float64 arrays, shape (P,)
        From `visibility.exposure` and `price_effect`, or zeros where there are no lists; `price` is None
        where there are no prices.
    placed : bool array, shape (P,)
        Who has a seat.
    score : float64 array, shape (P,)
        Score of the seat; anything for people without one.
    seed, samples
        Of the bootstrap.

    Returns
    -------
    mapping of label to GroupFairness or None
        In order of the labels; None for a group of fewer than `SMALLEST_GROUP`.

    Raises
    ------
    ValueError
        For lists of unequal length, and figures that are not finite.

    Notes
    -----
    Percentile bootstrap: people are drawn anew within their group, so its size stays. O(P log P)
    for sorting; the draws cost the same for any number of people, some 15 ms a group.
    The intervals hold for people drawn alike and apart; in one allocation they compete, so take
    them as the doubt of small numbers, not of another market.

    References
    ----------
    .. [1] B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979.
    .. [2] A. Singh and T. Joachims, "Fairness of exposure in rankings", KDD 2018.
    .. [3] US EEOC, "Uniform guidelines on employee selection procedures", 29 CFR 1607.4 D, 1978.

    Examples
    --------
    >>> label = ["a"] * 20 + ["b"] * 20 + ["c"]
    >>> placed = np.arange(41) % np.repeat([2, 4, 1], [20, 20, 1]) == 0
    >>> nothing = np.zeros(41)
    >>> found = fairness(label, exposure=nothing, placed=placed, score=nothing, price=nothing)
    >>> found["b"].selection.value, found["b"].quality, found["c"]
    (0.5, None, None)

    """
    taken = np.zeros(np.size(placed)) if price is None else price
    columns = {"exposure": exposure, "placed": placed, "score": score, "price": taken}
    run = _Run(np.asarray(group), _checked(columns, placed), np.random.default_rng(seed), samples)
    return run.report(priced=price is not None)


class _Run:
    """One run, its people in order of their group; every figure is drawn once, in a fixed order."""

    def __init__(
        self,
        label: Array,
        columns: Mapping[str, FloatArray],
        random: np.random.Generator,
        samples: int,
    ) -> None:
        sizes = {name: len(column) for name, column in columns.items()} | {"group": len(label)}
        if len(set(sizes.values())) > 1:
            raise ValueError(f"the lists differ in length: {sizes}")
        self.labels, code, self.sizes = np.unique(label, return_inverse=True, return_counts=True)
        self.columns, self.random, self.samples = columns, random, samples
        order = np.argsort(code, kind="stable")
        self.members = np.split(order, np.cumsum(self.sizes)[:-1]) if order.size else []
        self.public = [n for n, size in enumerate(self.sizes.tolist()) if size >= SMALLEST_GROUP]

    def report(self, *, priced: bool) -> Mapping[str, GroupFairness | None]:
        seen, placed, price = (self.drawn(name) for name in ("exposure", "placed", "price"))
        everybody = self.sizes @ seen / max(self.sizes.sum(), 1)
        best = max(self.public, key=lambda n: float(placed[n, 0]), default=0)
        found: dict[str, GroupFairness | None] = {str(each): None for each in self.labels.tolist()}
        for n in self.public:
            found[str(self.labels[n])] = GroupFairness(
                people=int(self.sizes[n]),
                exposure=_ratio(seen[n], everybody),
                selection=_ratio(placed[n], placed[best]),
                quality=self.quality(n),
                price=_estimate(price[n]) if priced else None,
            )
        return found

    def drawn(self, name: str) -> FloatArray:
        """Means of each group: as it is, and as drawn anew; (groups, 1 + samples)."""
        column = self.columns[name]
        means = [_resampled(column[who], self.random, self.samples) for who in self.members]
        return np.array(means).reshape(len(means), 1 + self.samples)

    def quality(self, group: int) -> Estimate | None:
        who = self.members[group]
        seated = self.columns["score"][who[self.columns["placed"][who] > 0.0]]
        if seated.size < SMALLEST_GROUP:
            return None
        return _estimate(_resampled(seated, self.random, self.samples))


def _checked(columns: Mapping[str, ArrayLike], placed: BoolArray) -> dict[str, FloatArray]:
    """All as float64; the score of people without a seat does not count, so it may be anything."""
    found: dict[str, FloatArray] = {
        name: np.asarray(column, np.float64) for name, column in columns.items()
    }
    if found["score"].shape == np.shape(placed):
        found["score"] = np.where(placed, found["score"], 0.0)
    for name, column in found.items():
        if not np.isfinite(column).all():
            raise ValueError(f"{name} has values that are not finite")
    return found


def _resampled(values: FloatArray, random: np.random.Generator, samples: int) -> FloatArray:
    """Mean of the values, then the means of bootstrap samples of them; (1 + samples,).

    A sample is how often each distinct value is drawn, a multinomial count. Many values are put into
    cells of like ones first: the counts are then of cells, and what a draw within a cell adds is
    normal with the cell's variance. The mean and the variance of the sample means stay exact.
    """
    count, mean, spread = _cells(values)
    drawn = random.multinomial(values.size, count / values.size, size=samples)
    noise = np.sqrt(drawn @ spread) * random.standard_normal(samples)
    return np.concatenate([[values.mean()], (drawn @ mean + noise) / values.size])


def _cells(values: FloatArray) -> tuple[Int64Array, FloatArray, FloatArray]:
    """Size, mean and variance of the distinct values, or of at most `_CELLS` cells of them."""
    value, times = np.unique(values, return_counts=True)
    if value.size <= _CELLS:
        return times.astype(np.int64), value, np.zeros(value.size)
    total = np.cumsum(times) - times
    first = np.searchsorted(total, np.linspace(0, values.size, _CELLS, endpoint=False))
    first = np.unique(np.minimum(first, value.size - 1))
    count = np.add.reduceat(times, first)
    mean = np.add.reduceat(times * value, first) / count
    off = (value - np.repeat(mean, np.diff(first, append=value.size))) ** 2
    return count, mean, np.add.reduceat(times * off, first) / count


def _ratio(some: FloatArray, whole: FloatArray) -> Estimate | None:
    """Estimate of a ratio of two means; none where the whole is nothing, and 1 for 0 / 0."""
    if whole[0] == 0.0:
        return None
    endless = np.where(some > 0.0, np.inf, 1.0)
    return _estimate(np.divide(some, whole, out=endless, where=whole > 0.0))


def _estimate(drawn: FloatArray) -> Estimate:
    """The first is the figure, the others are its bootstrap samples."""
    tail = (1.0 - CONFIDENCE) / 2.0
    low, high = np.quantile(drawn[1:], [tail, 1.0 - tail], method="inverted_cdf")
    return Estimate(float(drawn[0]), float(low), float(high))
