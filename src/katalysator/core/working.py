"""A worker: does the jobs of some queues, and puts back those of workers that died.

Who works says so every few seconds; where that stops, whatever the reason, the job is done anew by
another. So a job may be done twice, and must not mind.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import ConnectorException

from katalysator.faults import KatalysatorError, gettext_noop as _

BEAT: Final = 2.0
"""Seconds between two signs of life, and between two looks for who gives none any more."""
SILENCE: Final = 9.0
"""Seconds without a sign of life after which a worker counts as dead."""
_POLL: Final = 1.0
_FORGOTTEN: Final = (
    600.0  # seconds: only the dead are gone by then, also where the machine was slow
)
_MOST: Final = 20
"""A job that was under way in so many deaths may well be their cause: it is given up."""

# Time may jump backwards: a sign from the future is none. Two that look at once share nothing.
_PUT_BACK: Final = """
    WITH lost AS (
        SELECT id FROM procrastinate_jobs AS job
        WHERE status = 'doing' AND NOT EXISTS (
            SELECT 1 FROM procrastinate_workers AS worker
            WHERE worker.id = job.worker_id
                AND abs(extract(epoch FROM now() - worker.last_heartbeat)) < %(silence)s
        )
        FOR UPDATE SKIP LOCKED
    )
    UPDATE procrastinate_jobs AS job
        SET status = CASE
                WHEN attempts < %(most)s AND NOT abort_requested THEN 'todo' ELSE 'failed'
            END::procrastinate_job_status,
            attempts = attempts + 1, scheduled_at = NULL, abort_requested = false
        FROM lost WHERE job.id = lost.id
        RETURNING job.id, job.task_name, job.status
"""

_log = logging.getLogger(__name__)

_Next = Callable[[], Awaitable[Any]]


def work(queues: Sequence[str], *, before_each: Callable[[], None] | None = None) -> None:
    """Do the jobs of these queues, one at a time, until SIGINT or SIGTERM; then end the present one.

    What `before_each` raises is the failure of the job. Raises `KatalysatorError` where the worker
    ended by itself, such as after its connection was lost: start another.
    """
    asyncio.run(_work(queues, before_each))


async def put_back() -> list[tuple[int, str, str]]:
    """Put back the jobs whose worker died; returns number, name and new state of each."""
    rows = await jobs.connector.execute_query_all_async(_PUT_BACK, silence=SILENCE, most=_MOST)
    found = [(row["id"], row["task_name"], row["status"]) for row in rows]
    for number, name, status in found:
        _log.warning("The worker of job %s (%s) died: it is %s.", number, name, status)
    return found


async def _work(queues: Sequence[str], before_each: Callable[[], None] | None) -> None:
    with jobs.replace_connector(jobs.connector.get_worker_connector()):
        async with jobs.open_async():
            beats = asyncio.create_task(_put_back_on_every_beat())
            try:
                await _until_stopped(
                    jobs.run_worker_async(
                        queues=list(queues),
                        install_signal_handlers=False,
                        update_heartbeat_interval=BEAT,
                        stalled_worker_timeout=_FORGOTTEN,
                        fetch_job_polling_interval=_POLL,
                        worker_middleware=[_ends_with_what_is_lost, _first(before_each)],
                    )
                )
            finally:
                beats.cancel()


async def _until_stopped(running: Awaitable[None]) -> None:
    task = asyncio.ensure_future(running)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    raise KatalysatorError(
        "worker-ended", _("The worker ended by itself; the lines above say why.")
    )


async def _put_back_on_every_beat() -> None:
    while True:
        try:
            await put_back()
        except ConnectorException as error:  # the worker itself ends where that lasts
            _log.warning("Nobody looked for jobs that are lost: %s", error.__cause__ or error)
        await asyncio.sleep(BEAT)


async def _ends_with_what_is_lost(call_next: _Next, _context: Any, worker: Any) -> Any:
    """End a worker that could not write down how a job ended: it would seem to do it for ever."""

    def written_down(job: "asyncio.Task[Any]") -> None:
        if not job.cancelled() and job.exception():
            _log.error("How a job ended could not be written down: %s", job.exception())
            worker.stop()

    job = asyncio.current_task()
    if job is not None:
        job.add_done_callback(written_down)
    return await call_next()


def _first(before_each: Callable[[], None] | None) -> Callable[[_Next, Any, Any], Awaitable[Any]]:
    async def first(call_next: _Next, _context: Any, _worker: Any) -> Any:
        if before_each is not None:
            before_each()
        return await call_next()

    return first
