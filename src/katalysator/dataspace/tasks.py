"""Background work of the data space: each try to send something, and the sweep at night."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.jobs import OUTSIDE, RETRY, SHORT
from katalysator.dataspace.delivery import pushing
from katalysator.dataspace.models import HeardToken, Negotiation, Transfer
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


@app.task(name="dataspace.bring", queue=OUTSIDE, retry=RETRY)
def bring(number: int, tries: int) -> None:
    """Bring the data of a transfer to where its consumer wants it, if that is still to be done: a job may run twice."""
    row = Transfer.objects.select_related("connector__organisation", "agreement__negotiation")
    if found := row.filter(pk=number).first():
        pushing.bring(found, tries)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="dataspace.sweep", queue=SHORT, queueing_lock="sweep-dataspace", retry=RETRY)
def sweep(timestamp: int) -> None:
    """Forget the tokens that count no more."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    HeardToken.objects.filter(until__lt=now).delete()
