"""The API of grades: how good the matching is, for the bureau."""

from typing import Literal

import rules
from django.http import Http404, HttpRequest
from ninja import Router

from katalysator.core.api import Resource
from katalysator.engine.matching import Measure
from katalysator.grades.measures import (
    BoardMeasures,
    GroupQuality,
    RankingQuality,
    ReliabilityBin,
    measured,
)
from katalysator.grades.models import Grade

router = Router(tags=["grades"], by_alias=True)

_DECIMALS = 6


class MeasureResource(Resource):
    """A mean or a share of `count` cases, and where the truth lies in 95 cases of 100."""

    value: float
    low: float
    high: float
    count: int


class RankingResource(Resource):
    """How well a ranking does: nDCG@5, and how often its first, or one of three, is useful."""

    ndcg: MeasureResource
    first: MeasureResource
    three: MeasureResource


class QualityResource(Resource):
    """The figures of a group of pairs; null where `moreNeeds` are wanted yet.

    `name` is a market of /markets, `same` or `across` for languages, a month, or empty for all.
    `quick` is the simple baseline, `gain` what nDCG@5 rises by over it.
    """

    group: Literal["all", "market", "language", "month"]
    name: str
    needs: int
    pairs: int
    more_needs: int
    ours: RankingResource | None
    quick: RankingResource | None
    gain: MeasureResource | None


class ReliabilityResource(Resource):
    """Pairs with a chance from `low` to `high`: what was said on average, and the share that is useful."""

    low: float
    high: float
    said: float
    seen: MeasureResource


class MeasuresResource(Resource):
    """How good the matching is by the grades of the bureau, and whether chances come true."""

    groups: list[QualityResource]
    reliability: list[ReliabilityResource]


@router.get("/measures", response={200: MeasuresResource, 404: None})
def measures(request: HttpRequest) -> MeasuresResource:
    """How good the matching is; there for the bureau only."""
    if not (request.user.is_authenticated and rules.has_perm("grades.measure", request.user)):
        raise Http404
    return measures_resource(measured(Grade.objects.visible_to(request.user)))


def measures_resource(found: BoardMeasures) -> MeasuresResource:
    """All figures of the page."""
    return MeasuresResource(
        groups=[_group(*each) for each in found.groups()],
        reliability=[_bin(each) for each in found.reliability],
    )


def _group(kind: str, name: str, figures: GroupQuality) -> QualityResource:
    return QualityResource(
        group=kind,
        name=name,
        needs=figures.needs,
        pairs=figures.pairs,
        more_needs=figures.more,
        ours=_ranking(figures.ours) if figures.ours else None,
        quick=_ranking(figures.quick) if figures.quick else None,
        gain=_measure(figures.gain) if figures.gain else None,
    )


def _ranking(found: RankingQuality) -> RankingResource:
    return RankingResource(
        ndcg=_measure(found.ndcg), first=_measure(found.first), three=_measure(found.three)
    )


def _bin(found: ReliabilityBin) -> ReliabilityResource:
    said = round(found.said, _DECIMALS)
    return ReliabilityResource(low=found.low, high=found.high, said=said, seen=_measure(found.seen))


def _measure(found: Measure) -> MeasureResource:
    value, low, high = (round(each, _DECIMALS) for each in (found.value, found.low, found.high))
    return MeasureResource(value=value, low=low, high=high, count=found.count)
