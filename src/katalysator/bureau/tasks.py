"""Background work of the bureau: deeds for many, and letters to many."""

from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.bureau.bulk.going_through import carry_on
from katalysator.bureau.mailing.merging import merged
from katalysator.bureau.mailing.verbs import let_go_out
from katalysator.bureau.models import Bulk, Mailing, MailingLetter
from katalysator.core.actors import CLOCK
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write

_EVERY_MINUTE: Final = "* * * * *"
FROM_BUREAU: Final = letter_kind("from-bureau", _("Letters of the bureau to participants"))


@app.task(name="bureau.carry_on", queue=LONG, retry=RETRY, priority=SOON)
def carry_on_bulk(bulk_id: int) -> None:
    """Go through what is left of a deed for many organisations."""
    bulk = Bulk.objects.filter(pk=bulk_id).first()
    if bulk is not None:
        carry_on(bulk)


@app.periodic(cron=_EVERY_MINUTE)
@app.task(name="bureau.go_out", queue=SHORT, retry=RETRY)
def let_mailings_go_out(timestamp: int) -> None:  # noqa: ARG001 — the beat says when
    """Queue the letters of mailings whose time has come."""
    for mailing in Mailing.objects.filter(state="waiting", goes_at__lte=timezone.now()):
        let_go_out(mailing, by=CLOCK)


@app.task(name="bureau.post", queue=SHORT, retry=RETRY)
def post_mailing(mailing_id: int) -> None:
    """Queue each letter of a mailing that goes out."""
    waiting = MailingLetter.objects.filter(mailing=mailing_id, written_at__isnull=True)
    for letter_id in waiting.order_by("pk").values_list("pk", flat=True):
        defer_once(write_letter, f"bureau.write_letter {letter_id}", letter_id=letter_id)


@app.task(name="bureau.write_letter", queue=SHORT, retry=RETRY)
def write_letter(letter_id: int) -> None:
    """Write one letter of a mailing, once."""
    found = MailingLetter.objects.filter(
        pk=letter_id, written_at__isnull=True, person__is_active=True
    )
    letter = found.select_related("mailing", "person", "organisation").first()
    if letter is None:
        return
    said = merged(letter.mailing, letter.organisation, letter.person)
    write(
        FROM_BUREAU,
        letter.person,
        "bureau/letters/mailing.txt",
        page=("organisation", letter.organisation.slug),
        subject=said.subject,
        text=said.text,
    )
    MailingLetter.objects.filter(pk=letter.pk).update(written_at=timezone.now())
