"""`python -m bench.quality.learning`: what each part of the score is worth, learned from the boards.

Logistic regression with a small ridge, on what was seen of each pair and with no part that speaks
against a match it is found in. Each board is predicted by what the others taught, too.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Final

import numpy as np
from scipy.optimize import minimize

from bench.quality.measures import ndcg, useful_among
from bench.quality.rankings import Candidates
from bench.quality.sets import BOARDS, GOOD_GRADE, GradedSet, board
from bench.quality.vectors import encoders
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Part, Weights, chance, score

_RIDGE: Final = 3.0
_LEARNED: Final = ("meaning", "careful", "concepts", "words", "skills")
_NOTHING: Final = Weights(*(0.0 for _ in astuple(Weights())))


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was seen of the pairs of a board, (E, k), and which are useful, (E,)."""

    graded: GradedSet
    candidates: Candidates
    features: FloatArray
    useful: FloatArray


def seen(name: str, learned: Sequence[str]) -> Seen:
    """Read a board, and take each part of the score for its unit."""
    graded = board(name, later=False)
    candidates = Candidates.of(graded, *encoders())
    features = [_feature(candidates, each) for each in learned]
    useful = candidates.useful(graded, GOOD_GRADE)
    return Seen(graded, candidates, np.stack(features, axis=1), useful)


def learn(boards: Sequence[Seen]) -> FloatArray:
    """The start, and the weight of each unit; (1 + k,)."""
    features = np.concatenate([each.features for each in boards])
    useful = np.concatenate([each.useful for each in boards])
    spread = features.std(axis=0)  # each is held as firmly, in whatever unit it is
    found = minimize(
        _loss,
        np.zeros(1 + features.shape[1]),
        (features / spread, useful),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *[(0.0, None)] * features.shape[1]],
        options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 1_000},
    ).x
    answer: FloatArray = np.concatenate([found[:1], found[1:] / spread])
    return answer


def _loss(at: FloatArray, features: FloatArray, useful: FloatArray) -> tuple[float, FloatArray]:
    """What the weights cost, in log-likelihood and ridge, and its slope."""
    odds = at[0] + features @ at[1:]
    wrong = chance(odds) - useful
    slope = np.concatenate([[wrong.sum()], features.T @ wrong + _RIDGE * at[1:]])
    worth = np.logaddexp(0.0, odds).sum() - useful @ odds + _RIDGE * (at[1:] @ at[1:]) / 2
    return float(worth), slope


def main() -> None:
    for name, learned in (
        ("quick", [each for each in _LEARNED if each != "careful"]),
        ("both", list(_LEARNED)),
    ):
        boards = [seen(each, learned) for each in BOARDS]
        found = learn(boards)
        print(
            name,
            {"start": _short(found[0]), **dict(zip(learned, map(_short, found[1:]), strict=True))},
        )
        for held in boards:
            taught = learn([each for each in boards if each is not held])
            ranking = held.candidates.ranked(taught[0] + held.features @ taught[1:])
            grades = held.graded.grades
            print(f"  {held.graded.name}, by the others: nDCG@5 {ndcg(ranking, grades):.3f}, "
                  f"first is useful {useful_among(ranking, grades, 1):.2f}")  # fmt: skip


def _feature(candidates: Candidates, name: str) -> FloatArray:
    """What was seen, in its unit: the score with a weight of 1 for it, and 0 for all others."""
    weights = replace(_NOTHING, **{name: 1.0})
    scores = score(candidates.needs, candidates.offers, *candidates.pairs, weights)
    return scores.odds - scores.parts[Part.START]


def _short(value: float) -> float:
    return round(float(value), 2)


if __name__ == "__main__":
    main()
