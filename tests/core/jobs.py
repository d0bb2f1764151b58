"""Jobs and workers as the database has them, made without a worker that runs."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob


def change(job: ProcrastinateJob, **columns: Any) -> None:
    """Set columns of a job."""
    with connection.cursor() as cursor:
        for name, value in columns.items():
            statement = f"UPDATE procrastinate_jobs SET {name} = %s WHERE id = %s"
            cursor.execute(statement, [value, job.pk])
    job.refresh_from_db()


def worker(*, silent: float = 0.0) -> int:
    """A worker that gave its last sign of life so many seconds ago."""
    beat = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s')"
    return _number(f"{beat} RETURNING id", silent)


def queued(
    queue: str, *, minutes: float = 0.0, name: str = "", lock: str | None = None
) -> ProcrastinateJob:
    """A job that waits since so many minutes."""
    job = ProcrastinateJob.objects.get(
        pk=_number(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, lock)"
            " VALUES (%s, 'stand-in.note', %s, %s) RETURNING id",
            queue,
            name or None,
            lock,
        )
    )
    happened(job, minutes)
    return job


def begun(queue: str, by: int | None, **how: Any) -> ProcrastinateJob:
    """A job that a worker has begun."""
    job = queued(queue, **how)
    change(job, status="doing", worker_id=by)
    return job


def happened(job: ProcrastinateJob, minutes: float) -> None:
    """Put all that happened to a job so many minutes back."""
    with connection.cursor() as cursor:
        statement = (
            "UPDATE procrastinate_events SET at = now() - %s * interval '1 min' WHERE job_id = %s"
        )
        cursor.execute(statement, [minutes, job.pk])


def _number(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])
