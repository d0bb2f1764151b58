"""Background work: its three queues, how a job is queued once, and how often it is tried.

Every task names its queue and tries by `RETRY`. What is waited for by people is short; what may take
minutes is long, and the careful work is last in it, by its priority. What goes to programs elsewhere waits for nobody
but them.
"""

from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

if TYPE_CHECKING:
    from procrastinate.jobs import Job
    from procrastinate.tasks import Task

SHORT: Final = "short"
"""Mail, and what is done for one record: never behind the other queue."""
LONG: Final = "long"
"""What is done for a whole market or for all texts, and by slow models."""
OUTSIDE: Final = "outside"
"""What is sent to programs elsewhere, which may let us wait: neither mail nor matches wait for them."""
QUEUES: Final = (SHORT, LONG, OUTSIDE)
"""Each is served by a worker of its own."""

SOON: Final = 10
"""The priority of what takes moments in the long queue: before whole markets."""
LATER: Final = -10
"""The priority of what may well fail again: after what is tried for the first time."""

_TRIES: Final = 5
_LONGEST_PAUSE: Final = 60


class PatientRetry(BaseRetryStrategy):  # type: ignore[misc]
    """A few more tries; as many as it takes where the database was away, full or in a deadlock."""

    def get_retry_decision(self, *, exception: BaseException, job: "Job") -> "RetryDecision | None":
        """When to try again, later each time; None where it is given up."""
        is_blameless = isinstance(exception, (OperationalError, InterfaceError))
        if job.attempts >= _TRIES and not is_blameless:
            return None
        return RetryDecision(retry_in={"seconds": min(2**job.attempts, _LONGEST_PAUSE)})


RETRY: Final = PatientRetry()


def defer_later(name: str, seconds: int, *, priority: int = 0, **arguments: int | str) -> None:
    """Queue a job in the transaction of now, to be done after so many seconds; by the name of its task, which may call for this."""
    job = app.configure_task(name, schedule_in={"seconds": seconds}, priority=priority)
    job.job_manager = JobManager(DjangoConnector())
    job.defer(**arguments)


def defer_once(task: "Task[..., None]", name: str, **arguments: int | str) -> None:
    """Queue a job in the transaction of now; one waiting job of that name is enough."""
    job = task.configure(queueing_lock=name)
    job.job_manager = JobManager(DjangoConnector())  # a worker's own would not wait for our commit
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return
