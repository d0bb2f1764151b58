"""Weights and chances learned from what became of introductions: accepted, or not.

With few outcomes the weights stay those that were chosen by hand; with many they follow the
outcomes. Nothing here decides who meets whom.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike

from katalysator.engine.arrays import BoolArray, Float64Array, FloatArray
from katalysator.engine.matching.scoring import Part, Weights

PRIOR: Final = 500.0  # outcomes that the weights chosen by hand are worth
SLOPE: Final = (
    8.0  # log-odds a unit of score, before outcomes: 0.1 more makes 69 % of an even chance
)

_POSITIVE: Final = (Part.SUBJECT, Part.WORDS, Part.SKILLS, Part.AREAS, Part.REGION)
_PARTS: Final = (*_POSITIVE, Part.DIRECTION, Part.MUTUAL)
_KNOWN: Final = 0.02  # what one outcome says of a part: p(1 - p) = 1/4, variance in [0, 1] = 1/12
_STAYS: Final = 0.05  # of a part's log-odds, whatever the outcomes say
_GROWS: Final = 2.0  # times what a part takes away, whatever the outcomes say
_FOLDS: Final = 5
FEWEST_OUTCOMES: Final = 2 * _FOLDS
"""Of each outcome, for any to be held back."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Chance of a yes by score: ``1 / (1 + exp(-(intercept + slope * score)))``, slope >= 0."""

    intercept: float
    slope: float


def probability(score: ArrayLike, curve: Curve) -> FloatArray:
    """Chance that a pair of this score accepts each other, shape of `score`; it never falls.

    Source: J. Platt, "Probabilistic outputs for support vector machines", 1999.

    Examples
    --------
    >>> probability([0.25, 0.5, 0.75], Curve(intercept=-4.0, slope=8.0)).round(2).tolist()
    [0.12, 0.5, 0.88]

    """
    return _logistic(curve.intercept + curve.slope * np.asarray(score, np.float64))


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
        The new weights; the positive ones sum to 1. None falls below a twentieth of what its
        evidence was before, so that it can come back, and what takes away at most doubles.
    curve_ : Curve
        From a score by the new weights to a chance, see `probability`.
    outcomes_ : int
        Number of outcomes learned from.

    Notes
    -----
    Maximum a posteriori with a Gaussian prior. First the curve of the old score (Platt): its slope
    turns weights into log-odds. Then every log-odds slope is drawn to slope * weight with the same
    precision, `prior` times what one outcome says of a part. Both problems are convex, so the
    answer is the only one. O(n) for each of some tens of steps. The mutual part depends on the other
    weights; it is taken as it was scored. Pressure is left out: it tells of the market, not of the
    pair. Introductions are no random sample of pairs, so the chances hold for pairs like those
    that were introduced.

    References
    ----------
    .. [1] J. Platt, "Probabilistic outputs for support vector machines", 1999.
    .. [2] A. Gelman and others, "A weakly informative default prior distribution for logistic and
       other regression models", Annals of Applied Statistics 2, 2008.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> parts = {part: random.random(40) * weight for part, weight in zip(Part, (0.65, 0.01))}
    >>> accepted = parts[Part.SUBJECT] > 0.3
    >>> found = Calibration().fit(parts, accepted)
    >>> found.outcomes_, round(found.weights_.subject, 2)
    (40, 0.66)

    """

    weights: Weights = field(default_factory=Weights)
    prior: float = PRIOR
    weights_: Weights = field(init=False)
    curve_: Curve = field(init=False)
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
        share = self._shares(parts, yes.size)
        score = share @ np.array(astuple(self.weights))
        if np.ptp(score) == 0.0:
            raise ValueError("all scores are alike; nothing can be learned from them")
        known = self.prior * _KNOWN
        old = _posterior(score[:, None], yes, np.array([SLOPE]), known, stays=0.0)
        centre = old[1] * np.array(astuple(self.weights))
        self._keep(_posterior(share, yes, centre, known, stays=_STAYS))
        self.outcomes_ = yes.size
        return self

    def predict(self, parts: Mapping[Part, ArrayLike]) -> FloatArray:
        """Chance of a yes for pairs whose parts were scored with `weights`, float64 (n,)."""
        if not self.outcomes_:
            raise ValueError("there is nothing to predict from before `fit`")
        size = np.size(next(iter(parts.values()))) if parts else 0
        return probability(
            self._shares(parts, size) @ np.array(astuple(self.weights_)), self.curve_
        )

    def _keep(self, found: FloatArray) -> None:
        """Take the intercept and the slopes apart into weights and a curve."""
        slope = float(found[1 : len(_POSITIVE) + 1].sum())
        if slope <= 0.0:
            raise ValueError(
                "the outcomes speak against every part of the score; look at them first"
            )
        losses = astuple(self.weights)[len(_POSITIVE) :]
        most = np.array([*[1.0] * len(_POSITIVE), *(_GROWS * weight for weight in losses)])
        self.weights_ = Weights(*np.minimum(found[1:] / slope, most).tolist())
        self.curve_ = Curve(float(found[0]), slope)

    def _shares(self, parts: Mapping[Part, ArrayLike], size: int) -> FloatArray:
        """How far each part was met, as a share of its weight, (n, 7); the last two at most 0."""
        share = np.zeros((size, len(_PARTS)))
        for column, (part, weight) in enumerate(zip(_PARTS, astuple(self.weights), strict=True)):
            value = np.asarray(parts.get(part, np.zeros(size)), np.float64)
            if value.shape != (size,):
                raise ValueError(f"{part} has {value.size} values for {size} outcomes")
            if not np.isfinite(value).all():
                raise ValueError(f"{part} has values that are not finite")
            share[:, column] = value / weight if weight else 0.0
        return share


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
    >>> parts = {part: random.random(999) * weight for part, weight in zip(Part, (0.65, 0.01))}
    >>> held_back(parts, parts[Part.WORDS] > 0.005).is_better
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


def _chosen(parts: Mapping[Part, FloatArray], rows: BoolArray) -> dict[Part, FloatArray]:
    return {part: np.asarray(parts[part])[rows] for part in _PARTS if part in parts}


def _outcomes(accepted: ArrayLike) -> FloatArray:
    yes = np.asarray(accepted, np.float64)
    if yes.ndim != 1 or not np.isin(yes, (0.0, 1.0)).all():
        raise ValueError("accepted must be a list of 0 and 1, or of no and yes")
    if yes.size == 0 or yes.min() == yes.max():
        raise ValueError("all outcomes are alike; it takes some of each to learn from them")
    return yes


def _posterior(
    share: FloatArray, yes: FloatArray, centre: FloatArray, known: float, *, stays: float
) -> FloatArray:
    """Intercept and slopes with the highest posterior, none below `stays` times its centre; (1 + k,)."""
    from scipy.optimize import minimize

    def loss(at: FloatArray) -> tuple[float, FloatArray]:
        odds, off = at[0] + share @ at[1:], at[1:] - centre
        wrong = _logistic(odds) - yes
        slope = np.concatenate([[wrong.sum()], share.T @ wrong + known * off])
        value = np.logaddexp(0.0, odds).sum() - yes @ odds + known * (off @ off) / 2.0
        return float(value), slope

    first = np.concatenate([[0.0], centre])
    bounds = [(None, None), *((low, None) for low in (stays * centre).tolist())]
    found = minimize(
        loss,
        first,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1_000},
    )
    answer: FloatArray = found.x
    return answer


def _logistic(odds: Float64Array) -> FloatArray:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * odds)), np.float64)
