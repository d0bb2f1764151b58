"""Background work on organisations: they are read, so that they are found by what they mean."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Organisation
from katalysator.core.jobs import RETRY, SHORT, defer_once
from katalysator.search.indexing import AT_ONCE, make_findable, some_unread

_EVERY_HOUR = "35 * * * *"
_READ_NEW = "read-new-organisations"


def read_new_soon() -> None:
    """Queue the reading of new organisations: one job for all that wait for it."""
    defer_once(read_new_organisations, _READ_NEW)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="coalition.read_new", queue=SHORT, queueing_lock=_READ_NEW, retry=RETRY)
def read_new_organisations(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read: new organisations, and those from before."""
    if make_findable(some_unread(Organisation.objects.all())) == AT_ONCE:
        read_new_soon()
