"""Letters about negotiations and transfers: to who manages the organisation that has to decide, to look or to know."""

from collections.abc import Mapping
from typing import Any, Final

from procrastinate.contrib.django import app

from katalysator.core.jobs import RETRY, SHORT
from katalysator.core.language import lazy
from katalysator.dataspace.models import Negotiation, Transfer
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.queries import managers_of
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import LetterKind, letter_kind
from katalysator.notices.writing import write

REQUESTS: Final = letter_kind("data-requests", _("Requests for data that wait for me"))
OUTCOMES: Final = letter_kind("data-outcomes", _("How a request for data or a delivery ended"))
_ROWS: Final[Mapping[str, Any]] = {
    "negotiation": Negotiation.objects.select_related("connector__organisation"),
    "transfer": Transfer.objects.select_related(
        "connector__organisation", "agreement__negotiation"
    ),
}


@app.task(name="dataspace.tell_deciders", queue=SHORT, retry=RETRY)
def tell_deciders(number: int, state: str) -> None:
    """Write to who may decide that a negotiation waits for them, while it does in this state."""
    if found := _ROWS["negotiation"].waiting().filter(pk=number, state=state).first():
        _write(REQUESTS, found, "waits")


@app.task(name="dataspace.tell_outcome", queue=SHORT, retry=RETRY)
def tell_outcome(kind: str, number: int) -> None:
    """Write how a negotiation or a transfer ended, as the other side said."""
    if found := _ROWS[kind].ended().filter(pk=number).first():
        _write(OUTCOMES, found, "outcome")


@app.task(name="dataspace.tell_unsent", queue=SHORT, retry=RETRY)
def tell_unsent(kind: str, number: int) -> None:
    """Write that what was said does not get to the other side, or was refused there, while nobody has said it again."""
    if found := _ROWS[kind].filter(pk=number, next_at=None).exclude(problem="").first():
        _write(REQUESTS, found, "unsent")


def _write(kind: LetterKind, process: Negotiation | Transfer, letter: str) -> None:
    """A letter of this kind to each who manages the organisation. Cost: four queries, and those of each letter."""
    about = process.agreement.negotiation if isinstance(process, Transfer) else process
    told: dict[str, Any] = {
        "title": titles_of([about])[about.pk],
        "partner": names_of([process.partner_id], [process.connector_id])[process.partner_id],
        "process": process,
        "organisation": process.connector.organisation,
        "reason": lazy(process.reason),
    }
    for person in managers_of(process.connector):
        write(
            kind, person, f"dataspace/letters/{letter}.txt", page=(process.kind, process.pk), **told
        )
