"""The second reading on the site: the best of a need are judged in the background, and kept by their texts.

Scores take what was said from here, whichever side is looked from. Without a judge nothing is asked of
the database. A judge that fails changes nothing: the operator is told.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import numpy as np
from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from katalysator.engine.matching import (
    JUDGED,
    OF_ONE_PAIR,
    JudgeChoice,
    Judgement,
    Profile,
    Scores,
    instructs,
    is_lost,
)
from katalysator.listings.models import Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches.entries import profile
from katalysator.matches.models import MarketEntry, Match, PairJudgement
from katalysator.readings.models import ModelTrouble
from katalysator.readings.texts import digest
from katalysator.readings.trouble import is_resting, remember, watched

TextPair = tuple[str, str]
"""The digests of the texts of a need and an offer."""
_log = logging.getLogger(__name__)
AT_ONCE: Final = 8
"""Pairs that are judged before other work may go first."""
_AGAIN: Final = timedelta(
    days=1
)  # after which an answer that could not be read, or was refused, is asked for again


def wanted_judge() -> JudgeChoice:
    """Whom the operator asks to read the best pairs again; none unless that was set."""
    return JudgeChoice(settings.JUDGE, settings.MODEL_KEY_JUDGE)


def judgements(pairs: Sequence[TextPair]) -> list[Judgement | None]:
    """What is known of each pair, in order. Cost: one query where there is a judge."""
    choice = wanted_judge()
    if not choice or not pairs:
        return [None] * len(pairs)
    needs, offers = ({pair[side] for pair in pairs} for side in (0, 1))
    rows = PairJudgement.objects.filter(
        judge=choice.name, need__in=needs, offer__in=offers, grade__isnull=False
    )
    known = {(row.need, row.offer): _read(row) for row in rows}
    return [known.get(pair) for pair in pairs]


def with_judgements(scores: Scores, known: Sequence[Judgement | None]) -> Scores:
    """The scores with one more part where a judge has read any of the pairs."""
    if not any(known):
        return scores
    return scores.judged(np.array([each.odds if each else 0.0 for each in known], np.float64))


def _read(row: PairJudgement) -> Judgement:
    return Judgement(row.grade, row.why, row.flagged, judge=row.judge)


def judge_best(need: Listing) -> bool:
    """Let the judge read some of the best matches of a need that it has not; whether scores change.

    Safe to run twice: what is kept is not asked again. Cost: the judge's, eight pairs at most.
    """
    choice, found = wanted_judge(), list[Judgement]()
    matches = list(_unjudged(need, choice.name)) if choice else []
    if not matches or is_resting(ModelTrouble.Role.JUDGE, choice.spec):
        return False
    with watched(ModelTrouble.Role.JUDGE, choice.spec):
        pairs = [(profile(each.need), profile(each.offer)) for each in matches]
        judge = choice.load()
        found += judge.grade(pairs) if judge else []
        _keep(choice.name, pairs, found)
        _log.info("%s judged %s pairs", choice.name, len(found))
        _raise_if_lost(found)
    _tell_of_some(found)
    return any(each.grade is not None for each in found)


def _keep(judge: str, pairs: Sequence[tuple[Profile, Profile]], found: Sequence[Judgement]) -> None:
    """Keep what was said of these texts, or refused; a judge that could not be asked has said nothing."""
    rows = [
        PairJudgement(
            need=digest(need),
            offer=digest(offer),
            judge=judge,
            grade=each.grade,
            why=each.why,
            flagged=each.flagged,
        )
        for (need, offer), each in zip(pairs, found, strict=True)
        if each.asked and (each.fault is None or each.fault.code in OF_ONE_PAIR)
    ]
    alike = {(row.need, row.offer): row for row in rows}  # two listings may say the same
    PairJudgement.objects.bulk_create(
        alike.values(),
        update_conflicts=True,
        unique_fields=["judge", "need", "offer"],
        update_fields=["grade", "why", "flagged", "at"],
    )


def _raise_if_lost(found: Sequence[Judgement]) -> None:
    faults = [each.fault for each in found if each.fault]
    if faults and is_lost(found):
        raise faults[-1]


def _tell_of_some(found: Sequence[Judgement]) -> None:
    """Tell the operator what was the matter with some pairs; no model is named, for none is to rest."""
    faults = [each.fault for each in found if each.fault]
    if faults and not is_lost(found):
        remember(ModelTrouble.Role.JUDGE, "", faults[-1])


def matches_to_judge(judge: str) -> QuerySet[Match]:
    """The best matches of open needs and open offers that a judge has not read, or not so that it could be understood."""
    said = PairJudgement.objects.filter(
        judge=judge, need=OuterRef("need_text"), offer=OuterRef("offer_text")
    )
    lately = said.filter(grade=None, flagged=False, at__gt=timezone.now() - _AGAIN)
    settled = said.exclude(grade=None, flagged=False)
    better = Match.objects.filter(need=OuterRef("need"), score__gt=OuterRef("score"))
    counted = better.order_by().values("need").annotate(count=Count("pk")).values("count")
    matches = Match.objects.filter(need__state=OPEN, offer__state=OPEN).annotate(
        need_text=F("need__marketentry__reading__digest"),
        offer_text=F("offer__marketentry__reading__digest"),
        better=Coalesce(Subquery(counted), 0),
    )
    return matches.filter(~Exists(settled), ~Exists(lately), better__lt=JUDGED)


def flagged_listings(judge: str) -> list[int]:
    """The numbers of open listings in pairs that are flagged."""
    found = PairJudgement.objects.filter(judge=judge, flagged=True)
    entries = MarketEntry.objects.filter(listing__state=OPEN)
    pairs = Q(reading__digest__in=found.values("need")) | Q(
        reading__digest__in=found.values("offer")
    )
    return [
        entry.pk
        for entry in entries.filter(pairs).select_related("listing").order_by("pk")
        if any(map(instructs, profile(entry.listing).told))
    ]


def _unjudged(need: Listing, judge: str) -> QuerySet[Match]:
    rows = matches_to_judge(judge).filter(need=need).order_by("-score", "pk")
    return rows.select_related("need", "offer")[:AT_ONCE]


def needs_of(listing: Listing) -> list[int]:
    """The needs whose matches change with an open listing: it, or the best that an offer is matched with."""
    if not listing.is_open or not wanted_judge():
        return []
    if listing.is_need:
        return [listing.pk]
    best = Match.objects.filter(offer=listing).order_by("-score", "need")
    return list(best.values_list("need", flat=True)[:JUDGED])


def needs_to_judge(most: int) -> list[int]:
    """Open needs of which a match was not judged yet; none where there is no judge."""
    choice = wanted_judge()
    if not choice:
        return []
    rows = matches_to_judge(choice.name).order_by("need").values_list("need", flat=True)
    return list(rows.distinct()[:most])
