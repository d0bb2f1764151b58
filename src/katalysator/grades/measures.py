"""How good this coalition's matching is by the grades of its own bureau, and whether chances come true.

Only grades from the grading page count: nobody chose those pairs, and nobody saw a score. A ranking is
measured on the graded offers of a need alone (Sakai 2007, condensed lists), by the scores of the
moment of grading, which had learned nothing from these grades.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final

import numpy as np
from django.utils.timezone import localtime

from katalysator.engine.matching import (
    GOOD,
    POSSIBLE,
    STRONG,
    Measure,
    mean_interval,
    ndcg,
    share_interval,
)
from katalysator.grades.models import USEFUL, Grade
from katalysator.grades.queries import GradeQuerySet

FEWEST_NEEDS: Final = 8
"""With something to find, before a figure is told."""
FEWEST_OFFERS: Final = 3
"""Graded for a need, before there is anything to rank."""
_RANKED: Final = frozenset(Grade.Chosen.values) - {
    Grade.Chosen.CARD,
    Grade.Chosen.MET,
    Grade.Chosen.UNCERTAIN,
}
"""How pairs are chosen that rankings are measured on: by several rankings, or by lot."""
_BY_SCORE: Final = {Grade.Chosen.SCORE, Grade.Chosen.UNCERTAIN, Grade.Chosen.RANDOM}
"""How pairs are chosen that chances are measured on: by nothing but the score, or by lot."""
_LANGUAGES: Final = ("same", "across")
_BORDERS: Final = (0.0, 0.1, POSSIBLE, GOOD, STRONG, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class GradedPair:
    """A pair with the mean of its grades, and what was said of it when it was first graded."""

    need: int
    offer: int
    market: str
    is_across: bool
    month: str
    grade: float
    score: float
    quick: float
    chosen: str

    @property
    def is_useful(self) -> bool:
        """Whether those who graded it would introduce the two, on average."""
        return self.grade >= USEFUL


Worth = Callable[[GradedPair], float]
by_score: Worth = attrgetter("score")
by_quick: Worth = attrgetter("quick")


def graded_pairs(grades: GradeQuerySet) -> list[GradedPair]:
    """Pairs from the grading page, in the order in which they came. Cost: one query."""
    found = defaultdict[tuple[int, int], list[Grade]](list)
    rows = grades.of_page().select_related("need", "offer").order_by("at", "pk")
    for row in rows.only(*_READ):
        found[row.need_id, row.offer_id].append(row)
    return [_pair(said) for said in found.values()]


_READ: Final = (
    *("need", "offer", "market", "value", "score", "quick", "chosen", "at"),
    *("need__language", "offer__language"),
)


def _pair(said: Sequence[Grade]) -> GradedPair:
    first = said[0]
    return GradedPair(
        need=first.need_id,
        offer=first.offer_id,
        market=first.market,
        is_across=first.need.language != first.offer.language,
        month=f"{localtime(first.at):%Y-%m}",
        grade=sum(each.value for each in said) / len(said),
        score=first.score,
        quick=first.quick,
        chosen=first.chosen,
    )


@dataclass(frozen=True, slots=True)
class RankingQuality:
    """How well a ranking does: nDCG@5, how often its first, or one of three, is useful."""

    ndcg: Measure
    first: Measure
    three: Measure


@dataclass(frozen=True, slots=True)
class GroupQuality:
    """The figures of some pairs; None where there are too few needs, `more` of which are wanted.

    `ours` is the whole score, `quick` the simple baseline: the quick encoder alone; `gain` is what
    nDCG@5 rises by, paired by need.
    """

    pairs: int
    needs: int
    ours: RankingQuality | None
    quick: RankingQuality | None
    gain: Measure | None

    @property
    def more(self) -> int:
        """How many needs with a useful offer are wanted yet."""
        return max(0, FEWEST_NEEDS - self.needs)


def quality(pairs: Iterable[GradedPair]) -> GroupQuality:
    """Measure what was graded. Cost: that of some bootstraps."""
    ranked = [pair for pair in pairs if pair.chosen in _RANKED]
    lists = [each for each in by_need(ranked) if any(pair.is_useful for pair in each)]
    if len(lists) < FEWEST_NEEDS:
        return GroupQuality(len(ranked), len(lists), None, None, None)
    gain = np.array(gains(lists, by_score)) - np.array(gains(lists, by_quick))
    return GroupQuality(
        len(ranked),
        len(lists),
        _ranking(lists, by_score),
        _ranking(lists, by_quick),
        mean_interval(gain),
    )


def by_need(pairs: Iterable[GradedPair]) -> list[list[GradedPair]]:
    """The graded offers of each need that has enough of them."""
    found = defaultdict[int, list[GradedPair]](list)
    for pair in pairs:
        found[pair.need].append(pair)
    return [each for each in found.values() if len(each) >= FEWEST_OFFERS]


def gains(lists: Sequence[Sequence[GradedPair]], worth: Worth) -> list[float]:
    """The nDCG@5 of each need."""
    ranked = [[pair.grade for pair in _in_order(each, worth)] for each in lists]
    return [ndcg(grades, grades) for grades in ranked]


def useful_among(lists: Sequence[Sequence[GradedPair]], worth: Worth, first: int) -> list[bool]:
    """Whether each need has a useful offer among its first few."""
    return [any(pair.is_useful for pair in _in_order(each, worth)[:first]) for each in lists]


def _ranking(lists: Sequence[Sequence[GradedPair]], worth: Worth) -> RankingQuality:
    one, three = (sum(useful_among(lists, worth, first)) for first in (1, 3))
    return RankingQuality(
        mean_interval(gains(lists, worth)),
        share_interval(one, len(lists)),
        share_interval(three, len(lists)),
    )


def _in_order(pairs: Sequence[GradedPair], worth: Worth) -> list[GradedPair]:
    """The best first; equals in the order of the offers."""
    return sorted(pairs, key=lambda pair: (-worth(pair), pair.offer))


def by_group(
    pairs: Sequence[GradedPair], key: Callable[[GradedPair], str]
) -> Iterator[tuple[str, GroupQuality]]:
    """The figures of each group, those first that come first in the alphabet."""
    for name, group in groupby(sorted(pairs, key=key), key):
        yield name, quality(list(group))


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs of about one score: what was said on average, and how many were useful."""

    low: float
    high: float
    said: float
    seen: Measure


def reliability(pairs: Iterable[GradedPair]) -> list[ReliabilityBin]:
    """Whether chances come true, by step; steps without pairs are left out."""
    chosen = [pair for pair in pairs if pair.chosen in _BY_SCORE]
    found = []
    for low, high in pairwise(_BORDERS):
        inside = [pair for pair in chosen if low <= pair.score < high or pair.score == high == 1.0]
        if inside:
            said = sum(pair.score for pair in inside) / len(inside)
            useful = sum(pair.is_useful for pair in inside)
            found.append(ReliabilityBin(low, high, said, share_interval(useful, len(inside))))
    return found


@dataclass(frozen=True, slots=True)
class BoardMeasures:
    """All that the coalition knows of its own matching."""

    whole: GroupQuality
    markets: Mapping[str, GroupQuality]
    languages: Mapping[str, GroupQuality]
    months: Mapping[str, GroupQuality]
    reliability: Sequence[ReliabilityBin]

    def groups(self) -> Iterator[tuple[str, str, GroupQuality]]:
        """Every group with the kind of group that it is, and its name."""
        yield "all", "", self.whole
        for kind, groups in (
            ("market", self.markets),
            ("language", self.languages),
            ("month", self.months),
        ):
            for name, figures in groups.items():
                yield kind, name, figures


def measured(grades: GradeQuerySet) -> BoardMeasures:
    """Measure the matching by these grades, as a whole and in parts. Cost: one query, and sums."""
    pairs = graded_pairs(grades)
    return BoardMeasures(
        quality(pairs),
        dict(by_group(pairs, attrgetter("market"))),
        dict(by_group(pairs, lambda pair: _LANGUAGES[pair.is_across])),
        dict(by_group(pairs, attrgetter("month"))),
        reliability(pairs),
    )
