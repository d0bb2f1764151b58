"""Letters about agreements: that one waits for a signature, that the other party ended one, and that one will end."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.jobs import RETRY, SHORT, defer_once
from katalysator.dataspace.agreements.queries import text_of
from katalysator.dataspace.agreements.showing import SOON, agreement_rows
from katalysator.dataspace.models import Agreement
from katalysator.dataspace.queries import managers_of
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write

AGREEMENTS: Final = letter_kind(
    "agreements",
    _("Agreements about data of an organisation that I manage"),
    to=lambda person: bool(getattr(person, "speaks_for_any", False)),
)
_FOLDER: Final = "dataspace/agreements/letters/"
_IN_THE_MORNING: Final = "20 7 * * *"


@app.task(name="dataspace.tell_to_sign", queue=SHORT, retry=RETRY)
def tell_to_sign(agreement_id: int) -> None:
    """Write that an agreement waits for a signature, while it does.

    Its holder hears so already while it tells the other party that the agreement is final.
    """
    agreement = _agreed(agreement_id, "VERIFIED", "FINALIZED")
    text = text_of(agreement) if agreement else None
    if agreement is None or text is None or not text.must_be_signed:
        return
    if agreement.role not in {each.role for each in text.signatures.all()}:
        _write("to_sign.txt", agreement)


@app.task(name="dataspace.tell_ended", queue=SHORT, retry=RETRY)
def tell_ended(agreement_id: int) -> None:
    """Write that the other party ended an agreement."""
    agreement = Agreement.objects.filter(pk=agreement_id).exclude(ended_at=None).first()
    if agreement is not None:
        _write("ended.txt", agreement)


@app.periodic(cron=_IN_THE_MORNING)
@app.task(
    name="dataspace.watch_agreements", queue=SHORT, queueing_lock="watch-agreements", retry=RETRY
)
def watch(timestamp: int) -> None:
    """Each morning: let those be written to whose agreement will end."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    ending = Agreement.objects.counting().filter(ended_at=None, end_told_at=None)
    soon = ending.filter(ends_at__gt=now, ends_at__lte=now + timedelta(days=SOON))
    for number in soon.values_list("pk", flat=True):
        defer_once(tell_ending, f"agreement-ends-{number}", agreement_id=number)


@app.task(name="dataspace.tell_ending", queue=SHORT, retry=RETRY)
def tell_ending(agreement_id: int) -> None:
    """Write once that an agreement will end, where it still stands."""
    agreement = _agreed(agreement_id, "FINALIZED")
    if agreement is None or agreement.end_told_at is not None:
        return
    _write("ending.txt", agreement)
    Agreement.objects.filter(pk=agreement_id).update(end_told_at=timezone.now())


def _agreed(agreement_id: int, *states: str) -> Agreement | None:
    """One that did not end, whose negotiation came so far."""
    found = Agreement.objects.filter(pk=agreement_id, ended_at=None, negotiation__state__in=states)
    return found.select_related("connector__organisation", "negotiation").first()


def _write(template: str, agreement: Agreement) -> None:
    """A letter to all who manage the party that keeps this row."""
    (row,) = agreement_rows([agreement])
    for person in managers_of(agreement.connector):
        write(
            AGREEMENTS, person, _FOLDER + template, page=("agreement", agreement.pk),
            title=row.title, partner=row.partner, ends_at=row.ends_at, reason=agreement.end_reason,
        )  # fmt: skip
