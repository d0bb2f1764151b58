"""Letters about negotiations and transfers: to who manages the organisation that has to decide, or to look."""

from typing import Any, Final

from procrastinate.contrib.django import app

from katalysator.core.jobs import RETRY, SHORT
from katalysator.dataspace.models import Negotiation
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.queries import managers_of
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write

REQUESTS: Final = letter_kind("data-requests", _("Requests for data that wait for me"))


@app.task(name="dataspace.tell_deciders", queue=SHORT, retry=RETRY)
def tell_deciders(number: int, state: str) -> None:
    """Write to who may decide that a negotiation waits for them, while it does in this state."""
    rows = Negotiation.objects.select_related("connector__organisation").waiting()
    found = rows.filter(pk=number, state=state).first()
    if found is None:
        return
    told: dict[str, Any] = {
        "title": titles_of([found])[found.dataset_key],
        "partner": names_of([found.partner_id], [found.connector_id])[found.partner_id],
        "state": state,
        "organisation": found.connector.organisation,
    }
    for person in managers_of(found.connector):
        write(
            REQUESTS, person, "dataspace/letters/waits.txt", page=("negotiation", found.pk), **told
        )
