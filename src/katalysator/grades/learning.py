"""What grades teach: how many times each part of a score should count, and what that is worth.

Only the named parts of scores go in, and what people said of pairs; nothing about people or
organisations does. It is the learning of `katalysator learn` (`engine/matching/calibration.py`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    FEWEST_OUTCOMES,
    Calibration,
    Part,
    held_back_odds,
    mean_interval,
)
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.grades.measures import (
    Worth,
    by_need,
    gains,
    graded_pairs,
    useful_among,
)
from katalysator.grades.models import USEFUL, Grade
from katalysator.grades.queries import GradeQuerySet
from katalysator.matches.pairs import ListingPair, scored_pairs

FEWEST_PAIRS: Final = 60
_NOT_OF_TEXTS: Final = (Grade.Reason.PLACE, Grade.Reason.SIZE, Grade.Reason.KNOWN)
"""Reasons that say nothing of whether the two texts fit."""
Answers = Mapping[ListingPair, float]
"""The mean grade of each pair."""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A measure with the old weights and with the new, on pairs held back; `gain` is paired by need."""

    before: float
    after: float
    gain: float
    low: float
    high: float
    needs: int

    @classmethod
    def of(
        cls, before: Sequence[float], after: Sequence[float], *, less: bool = False
    ) -> "BeforeAfter":
        """From the value of each need; `less` where less is better."""
        old, new = np.array(before, np.float64), np.array(after, np.float64)
        found = mean_interval(old - new if less else new - old)
        means = float(old.mean()), float(new.mean())
        return cls(*means, found.value, found.low, found.high, found.count)


@dataclass(frozen=True, slots=True)
class Taught:
    """How many times each part should count, from how many pairs, and what that is worth."""

    counts: Mapping[Part, float]
    pairs: int
    useful: int
    worth: Mapping[str, BeforeAfter]


def mean_grades(grades: GradeQuerySet) -> Answers:
    """What all that was said comes to, for each pair: by both sides and the bureau alike.

    Left out is what was said of other texts, and what says nothing of texts. Cost: one query.
    """
    said = defaultdict[ListingPair, list[int]](list)
    telling = grades.of_texts_now().exclude(reason__in=_NOT_OF_TEXTS)
    for need, offer, value in telling.order_by("pk").values_list("need_id", "offer_id", "value"):
        said[need, offer].append(value)
    return {pair: sum(values) / len(values) for pair, values in said.items()}


def answers(grades: GradeQuerySet) -> Answers:
    """The same, where it is enough to learn from. Raises Conflict where it is not."""
    found = mean_grades(grades)
    _require_enough(found)
    return found


def _require_enough(found: Answers) -> None:
    if len(found) < FEWEST_PAIRS:
        raise Conflict(
            "too-few-grades",
            _("Too few pairs were graded to learn from: %(count)s of at least %(fewest)s."),
            hint=_("Grade some more."),
            count=len(found),
            fewest=FEWEST_PAIRS,
        )
    useful = sum(value >= USEFUL for value in found.values())
    if min(useful, len(found) - useful) < FEWEST_OUTCOMES:
        raise Conflict(
            "grades-alike",
            _("Useful: %(useful)s, not useful: %(useless)s. It takes %(fewest)s of each to learn."),
            useful=useful,
            useless=len(found) - useful,
            fewest=FEWEST_OUTCOMES,
        )


def teach(grades: GradeQuerySet) -> Taught:
    """Learn from grades. Raises Conflict for too few, and for grades that speak against every part.

    Cost: a score for each pair, and six small regressions.
    """
    said = answers(grades)
    parts = dict(scored_pairs(list(said)).plain.parts)
    parts.pop(Part.JUDGE, None)  # it has seen few, and is no part of what is learned
    yes = np.array([value >= USEFUL for value in said.values()])
    try:
        counts = Calibration().fit(parts, yes).counts_
        odds = held_back_odds(parts, yes, [need for need, _offer in said])
    except ValueError:
        raise Conflict(
            "grades-unfit",
            _("Nothing can be learned from these grades: no part of the score speaks for a yes."),
            hint=_("Grade pairs of other needs, and look whether yes and no have traded places."),
        ) from None
    before = np.asarray(np.sum(list(parts.values()), axis=0), np.float64)
    return Taught(counts, len(said), int(yes.sum()), _worth(said, grades, before, odds))


def _worth(
    said: Answers, grades: GradeQuerySet, before: FloatArray, after: FloatArray
) -> dict[str, BeforeAfter]:
    """Log loss on all pairs, the order of needs on pairs of the grading page; both by need."""
    found = {"log-loss": _loss(said, before, after)}
    ways = [_ranked_by(said, odds) for odds in (before, after)]
    kept = [pair for pair in graded_pairs(grades.of_texts_now()) if (pair.need, pair.offer) in said]
    lists = [each for each in by_need(kept) if any(pair.is_useful for pair in each)]
    if len(lists) > 1:
        found["ndcg"] = BeforeAfter.of(*(gains(lists, way) for way in ways))
        found["first"] = BeforeAfter.of(*(useful_among(lists, way, 1) for way in ways))
    return found


def _ranked_by(said: Answers, odds: FloatArray) -> Worth:
    worth = dict(zip(said, odds.tolist(), strict=True))
    return lambda pair: worth[pair.need, pair.offer]


def _loss(said: Answers, before: FloatArray, after: FloatArray) -> BeforeAfter:
    _, need = np.unique([need for need, _offer in said], return_inverse=True)
    yes = np.array([value >= USEFUL for value in said.values()], np.float64)
    losses = (np.logaddexp(0.0, odds) - yes * odds for odds in (before, after))
    means = [(np.bincount(need, loss) / np.bincount(need)).tolist() for loss in losses]
    return BeforeAfter.of(*means, less=True)
