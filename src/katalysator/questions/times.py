"""How long answers take: the median, and the time in which nine of ten are there, in working days.

Days are counted from the day on which a question could be answered to that of its first answer that stayed; weekends
and the days on which everybody is free (`core/working_days`) do not count. What is still open is told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import Any, Final

from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.core.working_days import working_days
from katalysator.groups.models import WorkingGroup
from katalysator.questions.models import Question, Routing

WINDOW: Final = timedelta(days=183)
"""Answers of so long are counted: half a year."""
_MOST: Final = 5_000  # of the newest


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """How many answers there were, and in how many working days half and nine in ten of them came."""

    count: int
    median: float
    nine_in_ten: int

    @property
    def median_up(self) -> int:
        """The median rounded up: what decides between “day” and “days”."""
        return ceil(self.median)

    @classmethod
    def of(cls, days: Sequence[int]) -> "AnswerTimes | None":
        """Those of some answers, by their working days; None of none."""
        if not days:
            return None
        ordered = sorted(days)
        return cls(len(days), float(median(ordered)), ordered[ceil(0.9 * len(days)) - 1])


@dataclass(frozen=True, slots=True)
class ReceiverTimes:
    """How somebody did who got questions: the times of the answers, and what came of the others."""

    who: Organisation | WorkingGroup
    got: int
    times: AnswerTimes | None
    refused: int
    late: int


def days_between(begin: datetime, end: datetime) -> int:
    """Working days from one moment to another: 0 on the same day."""
    return working_days(timezone.localtime(begin).date(), timezone.localtime(end).date())


def answer_times() -> AnswerTimes | None:
    """Those of the whole coalition; None where nothing was answered. Cost: one query."""
    since = timezone.now() - WINDOW
    rows = Question.objects.filter(answered_at__gte=since).order_by("-answered_at")
    found = rows.values_list("asked_at", "answered_at")[:_MOST]
    return AnswerTimes.of(_all_days((begin, end) for begin, end in found if end))


def receiver_times() -> list[ReceiverTimes]:
    """Those of everybody who got questions lately, who got most first. Cost: one query."""
    rows = Routing.objects.filter(routed_at__gte=timezone.now() - WINDOW).with_receivers()
    by_receiver = defaultdict[Any, list[Routing]](list)
    for row in rows.order_by("-routed_at")[:_MOST]:
        by_receiver[row.organisation_id, row.group_id].append(row)
    found = [_of_receiver(each) for each in by_receiver.values()]
    return sorted(found, key=lambda each: (-each.got, each.who.name))


def _of_receiver(rows: Sequence[Routing]) -> ReceiverTimes:
    outcomes = [row.outcome for row in rows]
    answered = [row for row in rows if row.outcome == Routing.Outcome.ANSWERED]
    days = _all_days((row.routed_at, row.ended_at) for row in answered if row.ended_at)
    return ReceiverTimes(
        who=rows[0].receiver,
        got=len(rows),
        times=AnswerTimes.of(days),
        refused=outcomes.count(Routing.Outcome.REFUSED),
        late=outcomes.count(Routing.Outcome.LATE),
    )


def _all_days(moments: Iterable[tuple[datetime, datetime]]) -> list[int]:
    return [days_between(begin, end) for begin, end in moments]
