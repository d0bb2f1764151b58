"""How the background work is: what waits, since when, and whether anybody does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)

from katalysator.core.jobs import LONG, OUTSIDE, QUEUES, SHORT
from katalysator.faults import KatalysatorError, gettext_noop as _

PATIENCE: Final[Mapping[str, timedelta]] = {
    SHORT: timedelta(minutes=5),
    LONG: timedelta(hours=1),  # one job may take that long in a large market
    OUTSIDE: timedelta(minutes=15),
}
"""How long a queue may do nothing while a job waits in it."""
_ALIVE: Final = timedelta(minutes=1)
_ENDS: Final = ("succeeded", "failed", "aborted")


@dataclass(frozen=True, slots=True)
class Queue:
    """How many jobs are due in a queue, and since when the first of them waits."""

    name: str
    waiting: int = 0
    since: datetime | None = None


class StuckQueue(KatalysatorError):  # noqa: N818
    """Jobs that nobody does, in a sentence for the bureau and the operator."""


def waiting() -> tuple[Queue, ...]:
    """What waits in each queue. Cost: a query over the jobs that wait, and one for each queue."""
    due = ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=Now()))
    rows = due.filter(status="todo", queue_name__in=QUEUES).order_by().values("queue_name")
    found = {
        row["queue_name"]: Queue(row["queue_name"], row["count"], _queued(row["first"]))
        for row in rows.annotate(count=Count("pk"), first=Min("pk"))
    }
    return tuple(found.get(name, Queue(name)) for name in QUEUES)


def stuck_queues() -> tuple[StuckQueue, ...]:
    """What is wrong with the background work; nothing where jobs are done in time, or none is there.

    Cost: four queries, and one over the jobs of today for a queue in which something waits for long.
    """
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=Now() - _ALIVE).exists()
    queues = waiting()
    if not alive:
        half_way = ProcrastinateJob.objects.filter(status="doing").count()
        count = half_way + sum(queue.waiting for queue in queues if _waits_for(queue, _ALIVE))
        return (_unserved(count),) if count else ()
    return tuple(_unmoved(queue) for queue in queues if _is_stuck(queue))


def _queued(job: int) -> datetime | None:
    """When a job last became one that waits."""
    events = ProcrastinateEvent.objects.filter(job_id=job, at__lte=Now())
    return events.aggregate(last=Max("at"))["last"]  # type: ignore[no-any-return]


def _is_stuck(queue: Queue) -> bool:
    patience = PATIENCE[queue.name]
    if not _waits_for(queue, patience):
        return False
    ended = ProcrastinateEvent.objects.filter(type__in=_ENDS, at__gt=Now() - patience)
    return not ended.filter(job__queue_name=queue.name).exists()


def _waits_for(queue: Queue, time: timedelta) -> bool:
    return queue.since is not None and timezone.now() - queue.since >= time


def _unserved(count: int) -> StuckQueue:
    return StuckQueue(
        "no-worker",
        _("Nobody does the background work; jobs that wait or stopped half-way: %(count)s."),
        hint=_("Start it: katalysator serve, or katalysator worker beside a web server."),
        count=count,
    )


def _unmoved(queue: Queue) -> StuckQueue:
    sentences = {
        SHORT: _(
            "Short background jobs, such as the search for matches, stand still for %(minutes)s"
            " minutes; jobs that wait: %(count)s."
        ),
        LONG: _(
            "Long background jobs, such as dividing the seats of a market, stand still for"
            " %(minutes)s minutes; jobs that wait: %(count)s."
        ),
        OUTSIDE: _(
            "What goes to programs elsewhere, such as webhooks, stands still for %(minutes)s"
            " minutes; jobs that wait: %(count)s."
        ),
    }
    return StuckQueue(
        "queue-stuck",
        sentences[queue.name],
        hint=_("The log of the worker says why; starting it again does no harm."),
        minutes=_minutes(queue.since),
        count=queue.waiting,
    )


def _minutes(since: datetime | None) -> int:
    return int((timezone.now() - since).total_seconds() // 60) if since else 0
