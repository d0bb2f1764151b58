"""What a command waits for: messages that are due are sent by it too, whether a worker runs or not."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.utils import timezone

from katalysator.dataspace.models.processes import ProcessT
from katalysator.dataspace.protocol.doors import answer_to
from katalysator.dataspace.protocol.sending import deliver

_PAUSE: Final = 0.5


def carried_on(
    row: ProcessT, is_there: Callable[[ProcessT], bool], *, wait: bool, seconds: int
) -> ProcessT:
    """A process when it is where it should be, is over, or the time is; without `wait` after what can be done at once."""
    until = time.monotonic() + (seconds if wait else 0)
    while True:
        while _sent_one(row):
            continue
        row.refresh_from_db()
        if is_there(row) or row.is_over or time.monotonic() >= until:
            return row
        time.sleep(_PAUSE)


def _sent_one(row: ProcessT) -> bool:
    """Whether a message of this process was due, of us or of another organisation of the house; it was tried then.

    One that a worker sends at the same time is taken once.
    """
    rows: Any = type(row).objects
    waiting = rows.filter(outbox__isnull=False, next_at__lte=timezone.now())
    due = waiting.filter(pk=row.pk).first()
    if due is None and row.provider_pid and row.consumer_pid:
        both = {"provider_pid": row.provider_pid, "consumer_pid": row.consumer_pid}
        due = waiting.filter(**both).first()
    if due is None or due.outbox is None:  # sealed with a key that is gone
        row.refresh_from_db()
        return False
    deliver(due, due.outbox["body"]["@id"], answer_to)
    row.refresh_from_db()
    return True
