"""Measures and grades as tables to take along; nobody is named in them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.http import HttpResponse

from katalysator.core.cleaning import harmless
from katalysator.engine.matching import Measure
from katalysator.grades.measures import BoardMeasures, GroupQuality, RankingQuality
from katalysator.grades.models import Grade

_DECIMALS: Final = 6
_FIGURES: Final = ("ndcg", "first", "three")
_COLUMNS: Final = (
    "need", "offer", "accepted", "grade", "side", "reason", "market", "chosen", "score", "quick",
    "outdated", "at",
)  # fmt: skip
"""`need`, `offer` and `accepted` are what `katalysator learn` reads beside a table of listings."""


def grades_csv(grades: Iterable[Grade]) -> HttpResponse:
    """Every grade, without who gave it."""
    return _csv("katalysator-grades.csv", _COLUMNS, map(_cells, grades))


def _cells(grade: Grade) -> list[Any]:
    accepted = "yes" if grade.is_useful else "no"
    return [
        grade.need_id, grade.offer_id, accepted, grade.value, grade.side, grade.reason, grade.market,
        grade.chosen, round(grade.score, _DECIMALS), round(grade.quick, _DECIMALS),
        "yes" if grade.is_outdated else "no", grade.at.isoformat(timespec="seconds"),
    ]  # fmt: skip


def measures_csv(found: BoardMeasures) -> HttpResponse:
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
    return _csv("katalysator-measures.csv", header, rows)


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


def _csv(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerows([harmless(cell) for cell in row] for row in (header, *rows))
    return response
