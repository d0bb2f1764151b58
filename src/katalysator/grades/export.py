"""Measures and grades as tables to take along; none says who gave a grade."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.http import HttpResponseBase

from katalysator.core.downloads import as_sheet
from katalysator.engine.matching import Measure
from katalysator.grades.learning import Answers
from katalysator.grades.measures import BoardMeasures, GroupQuality, RankingQuality
from katalysator.grades.models import USEFUL, Grade

_DECIMALS: Final = 6
_FIGURES: Final = ("ndcg", "first", "three")
_COLUMNS: Final = (
    "need", "offer", "grade", "useful", "side", "reason", "remark", "market", "chosen", "score",
    "quick", "outdated", "at",
)  # fmt: skip
_OUTCOMES: Final = ("need", "offer", "accepted")
"""What `katalysator learn` reads beside the downloads of needs and offers."""


def grades_csv(grades: Iterable[Grade]) -> HttpResponseBase:
    """Every grade with the words of who gave it, but not with their name."""
    return as_sheet("katalysator-grades", _COLUMNS, map(_cells, grades))


def _cells(grade: Grade) -> list[Any]:
    return [
        grade.need_id, grade.offer_id, grade.value, _yes(grade.is_useful), grade.side, grade.reason,
        grade.remark, grade.market, grade.chosen, round(grade.score, _DECIMALS),
        round(grade.quick, _DECIMALS), _yes(grade.is_outdated), grade.at.isoformat(timespec="seconds"),
    ]  # fmt: skip


def outcomes_csv(said: Answers) -> HttpResponseBase:
    """One row a pair, as the site itself learns from it: yes where its mean grade is useful."""
    rows = [(*pair, _yes(value >= USEFUL)) for pair, value in said.items()]
    return as_sheet("katalysator-outcomes", _OUTCOMES, rows)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def measures_csv(found: BoardMeasures) -> HttpResponseBase:
    """Every figure of the page, with the interval around it."""
    rows = [[kind, name, *_figures(figures)] for kind, name, figures in found.groups()]
    named = [
        f"{who}{figure}{part}"
        for who in ("", "quick_")
        for figure in _FIGURES
        for part in ("", "_low", "_high")
    ]
    gain = ["gain", "gain_low", "gain_high"]
    header = ["group", "name", "needs", "pairs", *named, *gain]
    return as_sheet("katalysator-measures", header, rows)


def _figures(figures: GroupQuality) -> Iterator[Any]:
    yield from (figures.needs, figures.pairs)
    for ranking in (figures.ours, figures.quick):
        for name in _FIGURES:
            yield from _numbers(_of(ranking, name))
    yield from _numbers(figures.gain)


def _of(ranking: RankingQuality | None, name: str) -> Measure | None:
    return getattr(ranking, name) if ranking else None


def _numbers(measure: Measure | None) -> list[Any]:
    if measure is None:
        return ["", "", ""]
    return [round(each, _DECIMALS) for each in (measure.value, measure.low, measure.high)]
