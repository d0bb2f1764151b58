"""Background work of the data space: each try to send something, and the sweep at night."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.attachments import store
from katalysator.core.jobs import OUTSIDE, RETRY, SHORT
from katalysator.dataspace.agreements import tasks as of_agreements  # noqa: F401 — its jobs
from katalysator.dataspace.delivery.giving import ROOM
from katalysator.dataspace.models import DataSource, HeardToken, Negotiation, Transfer
from katalysator.dataspace.protocol import sending
from katalysator.dataspace.protocol.doors import answer_to

_ROWS: Final[dict[str, Any]] = {"negotiation": Negotiation.objects, "transfer": Transfer.objects}
_AT_NIGHT = "35 3 * * *"


@app.task(name="dataspace.deliver", queue=OUTSIDE, retry=RETRY)
def deliver(kind: str, number: int, message: str) -> None:
    """Try to send a message, unless it has arrived: a job may run twice."""
    found = _ROWS[kind].select_related("connector__organisation").filter(pk=number).first()
    if found is not None:
        sending.deliver(found, message, answer_to)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="dataspace.sweep", queue=SHORT, queueing_lock="sweep-dataspace", retry=RETRY)
def sweep(timestamp: int) -> None:
    """Forget the tokens that count no more, and remove files that no dataset knows any more."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    HeardToken.objects.filter(until__lt=now).delete()
    kept = DataSource.objects.filter(kind=DataSource.Kind.FILE)
    store.sweep(ROOM, list(kept.values_list("key", flat=True)), now)
