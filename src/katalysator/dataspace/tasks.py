"""Background work of the data space: each try to send something, catalogues elsewhere that are read, and the sweep at night."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.attachments import store
from katalysator.core.jobs import OUTSIDE, RETRY, SHORT
from katalysator.dataspace.agreements import tasks as of_agreements
from katalysator.dataspace.arrivals import receiving
from katalysator.dataspace.delivery import pushing
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.harvest import harvesting
from katalysator.dataspace.models import (
    ArrivedData,
    DataSource,
    HeardToken,
    Negotiation,
    Transfer,
)
from katalysator.dataspace.processes import tasks as of_processes
from katalysator.dataspace.protocol import sending
from katalysator.dataspace.protocol.doors import answer_to

__all__ = (
    "bring", "deliver", "harvest", "harvest_due", "of_agreements", "of_processes", "receive", "sweep",
)  # fmt: skip

_ROWS: Final[dict[str, Any]] = {"negotiation": Negotiation.objects, "transfer": Transfer.objects}
_AT_NIGHT = "35 3 * * *"
_EACH_HOUR = "25 * * * *"


@app.task(name="dataspace.deliver", queue=OUTSIDE, retry=RETRY)
def deliver(kind: str, number: int, message: str) -> None:
    """Try to send a message, unless it has arrived: a job may run twice."""
    found = _ROWS[kind].select_related("connector__organisation").filter(pk=number).first()
    if found is not None:
        sending.deliver(found, message, answer_to)


@app.task(name="dataspace.receive", queue=OUTSIDE, retry=RETRY)
def receive(number: int, turn: int) -> None:
    """One turn of fetching data into a file here, unless it is done: a job may run twice."""
    rows = ArrivedData.objects.select_related(
        "transfer__connector__organisation", "transfer__agreement__negotiation"
    )
    if found := rows.filter(pk=number).first():
        receiving.receive(found, turn)


@app.task(name="dataspace.bring", queue=OUTSIDE, retry=RETRY)
def bring(number: int, tries: int) -> None:
    """Bring the data of a transfer to where its consumer wants it, if that is still to be done: a job may run twice."""
    row = Transfer.objects.select_related("connector__organisation", "agreement__negotiation")
    if found := row.filter(pk=number).first():
        pushing.bring(found, tries)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="dataspace.sweep", queue=SHORT, queueing_lock="sweep-dataspace", retry=RETRY)
def sweep(timestamp: int) -> None:
    """Forget the tokens that count no more, and remove files that no dataset and no transfer knows any more."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    store.sweep(receiving.ROOM, set(ArrivedData.objects.values_list("key", flat=True)), now)
    HeardToken.objects.filter(until__lt=now).delete()
    kept = DataSource.objects.filter(kind=DataSource.Kind.FILE)
    store.sweep(ROOM, list(kept.values_list("key", flat=True)), now)


@app.task(name="dataspace.harvest", queue=OUTSIDE, retry=RETRY)
def harvest(pk: int, number: int) -> None:
    """Read a page of a catalogue elsewhere, and let the next be read."""
    harvesting.harvest(pk, number)


@app.periodic(cron=_EACH_HOUR)
@app.task(name="dataspace.harvest_due", queue=SHORT, queueing_lock="harvest-due", retry=RETRY)
def harvest_due(timestamp: int) -> None:  # noqa: ARG001 — the clock says it to all
    """Let those catalogues be read whose time it is."""
    harvesting.queue_due()
