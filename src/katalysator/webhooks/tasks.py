"""Background work on webhooks: who is told of a deed, each try, and the sweep at night."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.actors import CLOCK
from katalysator.core.jobs import OUTSIDE, RETRY, SHORT, SOON
from katalysator.core.models import Event
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.webhooks.delivering import attempt
from katalysator.webhooks.events import type_of_verb
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.telling import tell
from katalysator.webhooks.verbs import switch_off

SWITCHED_OFF: Final = letter_kind("webhook-off", _("Webhooks that do not work any more"))
PATIENCE: Final = timedelta(days=5)
"""So long nothing arrives before a webhook is switched off."""
KEPT: Final = timedelta(days=30)
"""So long it is kept what was sent."""
_LETTERS: Final = {
    "off": "webhooks/letters/off.txt",
    "unkept": "webhooks/letters/unkept.txt",
}
"""What is written of a webhook in which state."""
_AT_NIGHT = "20 3 * * *"


@app.task(name="webhooks.tell_of_event", queue=OUTSIDE, priority=SOON, retry=RETRY)
def tell_of_event(event_id: int) -> None:
    """Write down who is told of a deed; nothing where nobody is any more."""
    event = Event.objects.filter(pk=event_id).first()
    type_ = type_of_verb(event.verb) if event else None
    if event is None or type_ is None or type_.heard is None:
        return
    if hearers := type_.heard(event):
        tell(type_, hearers, key=f"event-{event.pk}", at=event.at)


@app.task(name="webhooks.deliver", queue=OUTSIDE, retry=RETRY)
def deliver(delivery: str, tries: int) -> None:
    """Try to deliver something, unless that was done so often already: a job may run twice."""
    waiting = Delivery.objects.filter(pk=delivery, tries=tries, state=Delivery.State.WAITING)
    found = waiting.select_related("webhook__organisation").first()
    if found is not None:
        attempt(found)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="webhooks.sweep", queue=SHORT, queueing_lock="sweep-webhooks", retry=RETRY)
def sweep(timestamp: int) -> None:
    """Switch off what does not work any more, and forget what was sent long ago."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for webhook in Webhook.objects.failing_since(now - PATIENCE):
        try:
            switch_off(webhook, by=CLOCK)
        except Conflict:
            continue  # somebody was first
    Delivery.objects.outlived(now - KEPT).delete()


@app.task(name="webhooks.tell_keepers", queue=SHORT, retry=RETRY)
def tell_keepers(webhook_id: int) -> None:
    """Write to who may keep a webhook that it was switched off, or that its keeper is gone, while that is so."""
    webhook = Webhook.objects.select_related("organisation").filter(pk=webhook_id).first()
    if webhook is None or webhook.state not in _LETTERS:
        return
    keeping: dict[str, Any] = {"is_coordinator": True}
    if webhook.organisation is not None:
        keeping = {
            "memberships__organisation": webhook.organisation,
            "memberships__role": "manager",
        }
    template, page = _LETTERS[webhook.state], ("webhook", webhook.pk)
    for person in Person.objects.filter(is_active=True, **keeping):
        write(SWITCHED_OFF, person, template, page=page, webhook=webhook, days=PATIENCE.days)
