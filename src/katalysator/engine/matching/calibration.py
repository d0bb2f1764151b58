"""Weights learned from what became of introductions: accepted, or not.

With few outcomes the weights stay what they were; with many they follow the outcomes. Nothing here
decides who meets whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import BoolArray, FloatArray
from katalysator.engine.matching.scoring import LEARNED, READ, Part, Weights, chance

PRIOR: Final = 500.0  # outcomes that the weights of before are worth

_LEAST, _MOST = 0.05, 4.0  # times a part may come to count, whatever the outcomes say
_SMALL: Final = 0.25  # variance; a part that varies less is held as if it varied so much
_KNOWN: Final = 0.25  # p(1 - p) of an even chance: what one outcome says, times a part's variance
_FOLDS: Final = 5
FEWEST_OUTCOMES: Final = 2 * _FOLDS
"""Of each outcome, for any to be held back."""


@dataclass(slots=True, eq=False)
class Calibration:
    """Logistic regression of the outcomes on the named parts, held by the weights that there are.

    Parameters
    ----------
    weights : Weights
        What the parts were scored with, and the centre of the prior.
    prior : float
        How many outcomes these weights are worth: after so many, data and prior count alike.

    Attributes
    ----------
    weights_ : Weights
        The new weights: those of before, each part times what it was found to count, at least a
        twentieth and at most four times. Where a pair starts from stays: introductions are no random
        sample of pairs.
    counts_ : mapping of Part to float
        How many times each part counts of what it counted before.
    shift_ : float
        Log-odds by which pairs that were introduced are accepted more often than the score says.
    outcomes_ : int
        Number of outcomes learned from.

    Notes
    -----
    Maximum a posteriori with a Gaussian prior: each part counts once as much as before, with a
    precision of `prior` times what one outcome says of it; a part that hardly varies is held more
    firmly, and one that does not vary stays as it is. The problem is convex, so the answer is the
    only one. O(n) for each of some tens of steps.

    References
    ----------
    .. [1] J. Platt, "Probabilistic outputs for support vector machines", 1999.
    .. [2] A. Gelman and others, "A weakly informative default prior distribution for logistic and
       other regression models", Annals of Applied Statistics 2, 2008.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> parts = {part: random.normal(size=400) for part in (Part.MEANING, Part.WORDS)}
    >>> found = Calibration(prior=50).fit(parts, parts[Part.MEANING] > 0.3)
    >>> found.outcomes_, found.counts_[Part.MEANING] > 2.0, found.counts_[Part.WORDS] < 1.0
    (400, True, True)

    """

    weights: Weights = field(default_factory=Weights)
    prior: float = PRIOR
    weights_: Weights = field(init=False)
    counts_: Mapping[Part, float] = field(init=False)
    shift_: float = field(init=False)
    outcomes_: int = field(init=False, default=0)

    def fit(self, parts: Mapping[Part, ArrayLike], accepted: ArrayLike) -> Self:
        """Learn from n introductions: each part of their scores, (n,), and whether accepted, (n,).

        Raises
        ------
        ValueError
            For lists of unequal length, parts that are not finite, outcomes that are not 0 or 1 or
            all alike, scores that are all alike, and outcomes that speak against every part.

        """
        if not 0.0 < self.prior < np.inf:
            raise ValueError(f"prior is {self.prior}; it must be a number of outcomes above 0")
        yes = _outcomes(accepted)
        start, value = _values(parts, yes.size)
        if np.ptp(start + value.sum(axis=1)) == 0.0:
            raise ValueError("all scores are alike; nothing can be learned from them")
        variance = value.var(axis=0)
        held = np.where(variance > 0.0, np.maximum(variance, _SMALL), 0.0)
        found = _posterior(start, value, yes, self.prior * _KNOWN * held)
        if (found[1:][variance > 0.0] <= _LEAST).all():
            raise ValueError(
                "the outcomes speak against every part of the score; look at them first"
            )
        self.shift_, self.counts_ = (
            float(found[0]),
            dict(zip(LEARNED, found[1:].tolist(), strict=True)),
        )
        self.weights_ = self.weights.times(self.counts_)
        self.outcomes_ = yes.size
        return self

    def predict(self, parts: Mapping[Part, ArrayLike]) -> FloatArray:
        """Chance of a yes for pairs whose parts were scored with `weights`, float64 (n,)."""
        if not self.outcomes_:
            raise ValueError("there is nothing to predict from before `fit`")
        size = np.size(next(iter(parts.values()))) if parts else 0
        start, value = _values(parts, size)
        return chance(
            start + self.shift_ + value @ np.array([self.counts_[part] for part in LEARNED])
        )


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Concordance of the old and the new weights on outcomes that were not learned from.

    `error` is the standard error of how much the new ones gain.
    """

    before: float
    after: float
    error: float

    @property
    def is_better(self) -> bool:
        """Whether the new weights gain more than twice the standard error."""
        return self.after - self.before > 2.0 * self.error


def concordance(score: ArrayLike, accepted: ArrayLike) -> float:
    """How often a pair that took scores above one that did not, 0 to 1; ties count half.

    Source: the area under the ROC curve; J. Hanley and B. McNeil, 1982. Cost: a sort.

    Examples
    --------
    >>> concordance([0.1, 0.4, 0.4, 0.9], [False, True, False, True])
    0.875

    """
    from scipy.stats import rankdata

    yes = _outcomes(accepted)
    took = yes.sum()
    above = rankdata(np.asarray(score, np.float64)) @ yes - took * (took + 1) / 2
    return float(above / (took * (yes.size - took)))


def held_back(
    parts: Mapping[Part, FloatArray],
    accepted: ArrayLike,
    *,
    weights: Weights | None = None,
    prior: float = PRIOR,
) -> HeldBack:
    """Judge what would be learned: a fifth of each outcome is held back, five times.

    Raises
    ------
    ValueError
        As `Calibration.fit`; and where there are fewer than two of an outcome for every fold.

    Source: M. Stone, "Cross-validatory choice and assessment of statistical predictions", 1974.
    Cost: five times that of `fit`.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> parts = {part: random.normal(size=999) for part in (Part.MEANING, Part.WORDS)}
    >>> held_back(parts, parts[Part.WORDS] > 0.5).is_better
    True

    """
    yes = _outcomes(accepted)
    if min(yes.sum(), (1 - yes).sum()) < FEWEST_OUTCOMES:
        raise ValueError(
            f"there are fewer than {FEWEST_OUTCOMES} of an outcome, too few to hold any back"
        )
    fold = np.zeros(yes.size, np.int64)
    for outcome in (0.0, 1.0):
        rows = np.flatnonzero(yes == outcome)
        fold[rows] = np.arange(rows.size) % _FOLDS
    found = np.empty((_FOLDS, 2))
    for number in range(_FOLDS):
        held = fold == number
        learned = Calibration(weights or Weights(), prior).fit(_chosen(parts, ~held), yes[~held])
        rest = _chosen(parts, held)
        scores = np.sum(list(rest.values()), axis=0), learned.predict(rest)
        found[number] = [concordance(each, yes[held]) for each in scores]
    before, after = found.mean(axis=0).tolist()
    gain = found[:, 1] - found[:, 0]
    return HeldBack(before, after, float(gain.std(ddof=1) / np.sqrt(_FOLDS)))


def held_back_odds(
    parts: Mapping[Part, FloatArray],
    accepted: ArrayLike,
    group: ArrayLike,
    *,
    prior: float = PRIOR,
) -> FloatArray:
    """The log-odds of each pair by weights that were learned without its whole group, float64 (n,).

    `group` (n,) names what must not be in two folds, such as the need. Where pairs start from stays,
    as it will where these weights are used. Raises ValueError as `Calibration.fit`, and where there
    are fewer than two groups. Cost: five times that of `fit`.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> parts = {part: random.normal(size=600) for part in (Part.MEANING, Part.WORDS)}
    >>> yes, need = parts[Part.WORDS] > 0.5, np.arange(600) // 6
    >>> before = np.sum(list(parts.values()), axis=0)
    >>> concordance(held_back_odds(parts, yes, need), yes) > concordance(before, yes)
    True

    """
    yes = _outcomes(accepted)
    names, place = np.unique(np.asarray(group), return_inverse=True)
    if names.size < 2:
        raise ValueError("there is one group only; nothing can be held back")
    fold, odds = place % _FOLDS, np.zeros(yes.size)
    for number in range(min(_FOLDS, names.size)):
        held = fold == number
        counts = Calibration(prior=prior).fit(_chosen(parts, ~held), yes[~held]).counts_
        rest = _chosen(parts, held)
        odds[held] = np.sum([counts.get(part, 1.0) * each for part, each in rest.items()], axis=0)
    return odds


def _chosen(parts: Mapping[Part, FloatArray], rows: BoolArray) -> dict[Part, FloatArray]:
    return {part: np.asarray(parts[part])[rows] for part in parts}


def _outcomes(accepted: ArrayLike) -> FloatArray:
    yes = np.asarray(accepted, np.float64)
    if yes.ndim != 1 or not np.isin(yes, (0.0, 1.0)).all():
        raise ValueError("accepted must be a list of 0 and 1, or of no and yes")
    if yes.size == 0 or yes.min() == yes.max():
        raise ValueError("all outcomes are alike; it takes some of each to learn from them")
    return yes


def _values(parts: Mapping[Part, ArrayLike], size: int) -> tuple[FloatArray, FloatArray]:
    """Where each pair starts from, (n,), and the parts that are learned, (n, k); 0 if not given."""
    found = []
    for part in READ:
        value = np.asarray(parts.get(part, np.zeros(size)), np.float64)
        if value.shape != (size,):
            raise ValueError(f"{part} has {value.size} values for {size} outcomes")
        if not np.isfinite(value).all():
            raise ValueError(f"{part} has values that are not finite")
        found.append(value)
    return found[0], np.stack(found[1:], axis=1)


def _posterior(
    start: FloatArray, value: FloatArray, yes: FloatArray, known: FloatArray
) -> FloatArray:
    """The shift, and how many times each part counts, with the highest posterior; (1 + k,)."""
    from scipy.optimize import minimize

    def loss(at: FloatArray) -> tuple[float, FloatArray]:
        odds, off = start + at[0] + value @ at[1:], at[1:] - 1.0
        wrong = chance(odds) - yes
        slope = np.concatenate([[wrong.sum()], value.T @ wrong + known * off])
        worth = np.logaddexp(0.0, odds).sum() - yes @ odds + known @ off**2 / 2.0
        return float(worth), slope

    answer: FloatArray = minimize(
        loss,
        np.concatenate([[0.0], np.ones(value.shape[1])]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *((_LEAST, _MOST) if each else (1.0, 1.0) for each in known)],
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1_000},
    ).x
    return answer
