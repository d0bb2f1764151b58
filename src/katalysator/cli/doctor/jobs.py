"""Checks of the background work: does the queue move, and did jobs stop half-way?"""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from katalysator.cli.doctor.findings import Problem
from katalysator.faults import gettext_noop as _

_MINUTES: Final = 10
_WAITING: Final = """
    WITH waiting AS (
        SELECT greatest(job.scheduled_at, max(event.at)) AS since
        FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_events AS event ON event.job_id = job.id
        WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()
        GROUP BY job.id, job.scheduled_at
    )
    SELECT count(*), extract(epoch FROM now() - min(since))::int / 60,
           EXISTS (SELECT FROM procrastinate_events WHERE type = 'started'
                   AND at > now() - make_interval(mins => %s))
    FROM waiting
"""
_STALLED: Final = """
    SELECT count(*) FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND coalesce(worker.last_heartbeat, '-infinity') < now() - interval '1 minute'
"""


def queue() -> Iterator[Problem]:
    """Whether what waits is taken up."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [_MINUTES])
        waiting, minutes, moves = cursor.fetchone()
    if waiting and minutes >= _MINUTES and not moves:
        yield Problem(
            "queue-stands",
            _("Background work waits (jobs: %(waiting)s, minutes: %(minutes)s) and none is begun."),
            hint=_("Start `katalysator serve` again, or a `katalysator worker`; its log says why."),
            waiting=waiting,
            minutes=minutes,
        )


def stalled() -> Iterator[Problem]:
    """Whether jobs were begun by a worker that is no more."""
    with connection.cursor() as cursor:
        cursor.execute(_STALLED)
        (count,) = cursor.fetchone()
    if count:
        yield Problem(
            "jobs-stalled",
            _("Jobs were begun by a worker that is no more: %(count)s."),
            hint=_(
                "Start `katalysator serve` again; the log of before says what ended the worker."
            ),
            count=count,
        )
