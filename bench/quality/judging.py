"""`python -m bench.quality.judging`: what a grade is worth, by judges of our own that err so often.

A stand-in judge says the grade of the board, and in one pair out of so many one step more or less. What each
grade then says beyond the score is learned from the pairs that a judge gets to see.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import minimize

from bench.quality.measures import ndcg, useful_among
from bench.quality.rankings import Candidates, by_score, judged
from bench.quality.sets import BOARDS, GOOD_GRADE, GradedSet, board
from bench.quality.vectors import encoders
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import GRADE_ODDS, Judgement, Profile, chance
from katalysator.engine.matching.blocks import silent
from katalysator.engine.matching.judging.second_stage import second_stage

_SEED: Final = 20
_RIDGE: Final = 1.0


class StandIn:
    """A judge that knows the grades of a board, and errs by a step in `errs` of all pairs."""

    def __init__(self, graded: GradedSet, errs: float) -> None:
        self.name = f"a judge that errs in {errs:.0%}"
        self._grades = graded.grades
        self._errs = errs
        self._random = np.random.default_rng(_SEED)

    def grade(self, pairs: Sequence[tuple[Profile, Profile]]) -> list[Judgement]:
        """The true grade of each pair, or one beside it."""
        return [self._judged(need.key, offer.key) for need, offer in pairs]

    def _judged(self, need: str, offer: str) -> Judgement:
        known = self._grades.get(need, {}).get(offer, 0)
        step = self._random.choice([-1, 1]) if self._random.random() < self._errs else 0
        return Judgement(int(np.clip(known + step, 0, 3)))


def main() -> None:
    quick, careful = encoders()
    boards = [board(name, later=False) for name in BOARDS]
    read = [Candidates.of(graded, quick, careful) for graded in boards]
    for graded, candidates in zip(boards, read, strict=True):
        print(f"{graded.name}, no judge: {_figures(graded, candidates, by_score(candidates))}")
    for errs in (0.0, 0.2, 0.4, 0.6):
        pairs = [_seen(*each, errs) for each in zip(boards, read, strict=True)]
        odds, grade, useful = (np.concatenate(each) for each in zip(*pairs, strict=True))
        worth = _worth(odds, grade, useful)
        print(f"errs in {errs:.0%}: a grade is worth {[round(each, 1) for each in worth.tolist()]}, "
              f"is {list(GRADE_ODDS.values())}")  # fmt: skip
        for graded, candidates in zip(boards, read, strict=True):
            value = judged(StandIn(graded, errs))(candidates)
            print(f"  {graded.name}: {_figures(graded, candidates, value)}")


def _seen(graded: GradedSet, candidates: Candidates, errs: float) -> tuple[FloatArray, ...]:
    """The score, the grade by a stand-in, and whether it is useful, of the pairs that it sees."""
    odds = by_score(candidates)
    needs, offers = candidates.needs.profiles, candidates.offers.profiles
    second = second_stage(StandIn(graded, errs), needs, offers, candidates.pairs, odds, silent)
    places = list(second.judgements)
    grades = np.array([each.grade for each in second.judgements.values()], np.float64)
    return odds[places], grades, candidates.useful(graded, GOOD_GRADE)[places]


def _worth(odds: FloatArray, grade: FloatArray, useful: FloatArray) -> FloatArray:
    """Log-odds of each grade beside the score, by logistic regression with a small ridge."""
    is_grade = grade[:, None] == np.arange(4)

    def loss(at: FloatArray) -> float:
        all_of_it = odds + is_grade @ at
        return float(np.logaddexp(0.0, all_of_it).sum() - useful @ all_of_it + _RIDGE * at @ at / 2)

    found: FloatArray = minimize(loss, np.zeros(4)).x
    return found


def _figures(graded: GradedSet, candidates: Candidates, value: FloatArray) -> str:
    ranking, useful = candidates.ranked(value), candidates.useful(graded, GOOD_GRADE)
    said = chance(value)
    loss = float(-np.mean(np.log(np.where(useful > 0, said, 1.0 - said) + 1e-12)))
    return (
        f"nDCG@5 {ndcg(ranking, graded.grades):.3f}, "
        f"first is useful {useful_among(ranking, graded.grades, 1):.2f}, log loss {loss:.4f}"
    )


if __name__ == "__main__":
    main()
