"""What people do in negotiations and transfers: decide, and have something sent again at once."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager

from katalysator.cleaning import without_markup
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.dataspace.delivery.tokens import PULL, pull_address
from katalysator.dataspace.models import ProtocolProcess, Transfer
from katalysator.dataspace.models.processes import ProcessT
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.protocol.sending import queue, send
from katalysator.dataspace.rules import require_speaker
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

LONGEST_REASON: Final = 400
NEEDS_REASON: Final = frozenset({"termination", "suspension"})
"""What is not said without a reason: the other side reads it."""
NEEDS_TERMS: Final = frozenset({"request", "offer"})
"""What is said with terms, other than those on the table."""


def decide(
    process: ProcessT,
    word: str,
    *,
    by: Actor,
    reason: str = "",
    terms: Mapping[str, Any] | None = None,
) -> ProcessT:
    """Say what somebody decided: a message of the table, with the reason or the terms that it needs.

    Raises Conflict where that cannot be said now, InvalidInput without what it needs, NotAllowed. Cost: that of `send`.
    """
    said = without_markup(reason)[:LONGEST_REASON]
    if word in NEEDS_REASON and not said:
        raise InvalidInput("dataspace-reason", _("Say why: the other side reads it.")).at("reason")
    return send(
        process,
        word,
        by=by,
        reason=said,
        terms=terms,
        data_address=_address(process, word),
    )


def _address(process: ProtocolProcess, word: str) -> dict[str, Any] | None:
    """Where data is fetched, which a provider says when it starts. Raises Conflict where nothing gives a right to it."""
    is_ours = process.side is ProtocolRole.PROVIDER
    if not (isinstance(process, Transfer) and word == "start" and is_ours):
        return None
    if process.agreement.why_not():
        raise Conflict(
            "dataspace-agreement", _("The agreement gives no right to the data any more.")
        )
    return pull_address(process) if process.format == PULL else None


@transaction.atomic
def again(process: ProcessT, *, by: Actor) -> ProcessT:
    """Send at once what waits to be sent, and count its tries anew.

    Raises Conflict where nothing waits, NotAllowed. Cost: some eight queries.
    """
    row: ProcessT = locked(process, _("This is not there any more."))
    require_speaker(row, by)
    if row.outbox is None:
        raise Conflict("dataspace-nothing-waits", _("Nothing waits: it has arrived meanwhile."))
    _forget_jobs(row.outbox["body"]["@id"])
    row.tries, row.next_at = 0, timezone.now()
    row.save()
    audit.record(f"{row.kind}.again", row, by=by, after={"message": row.outbox["message"]})
    queue(row, 0)
    return row


def _forget_jobs(name: str) -> None:
    """Take away the jobs that wait to send a message: one that is queued now is enough."""
    waiting = ProcrastinateJob.objects.filter(
        task_name="dataspace.deliver", status="todo", args__message=name
    )
    jobs = JobManager(DjangoConnector())
    for number in waiting.values_list("pk", flat=True):
        jobs.cancel_job_by_id(number, abort=False, delete_job=True)
