"""Sends what waits, writes down what came of it, and tries again, later each time."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import one_line, without_markup
from katalysator.core.actors import CLOCK
from katalysator.core.jobs import LATER
from katalysator.core.outgoing import NameLookup, NotReached, post
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _
from katalysator.webhooks import verbs
from katalysator.webhooks.events import TEST
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import headers, message, secrets_of
from katalysator.webhooks.telling import send_soon

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
PAUSES: Final = (
    5, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR,
)  # fmt: skip
"""Seconds until it is tried again, after each failure in a row; then it is given up."""
_LOST: Final = _("Its secret cannot be read any more: make a new one.")
_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class TryOutcome:
    """What came of one try: a status with the beginning of the answer, or a problem, as an English sentence."""

    status: int | None = None
    answer: str = ""
    problem: str = ""

    @property
    def arrived(self) -> bool:
        """Whether the other side took it."""
        return (
            self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES
        )


def attempt(delivery: Delivery, lookup: NameLookup | None = None) -> TryOutcome | None:
    """Try to deliver what waits, and write down what came of it; None where it is not to be sent any more."""
    if not delivery.webhook.is_running:
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING).update(
            state=Delivery.State.DROPPED, next_at=None
        )
        return None
    outcome = _tried(delivery, lookup)
    _write_down(delivery, outcome)
    return outcome


def _tried(delivery: Delivery, lookup: NameLookup | None) -> TryOutcome:
    keys = secrets_of(delivery.webhook)
    if not keys:
        return TryOutcome(problem=_LOST)
    body = message(delivery)
    told = headers(delivery, body, keys, at=timezone.now())
    try:
        answer = post(delivery.webhook.address, body, told, lookup=lookup)
    except (NotReached, InvalidInput) as refused:
        return TryOutcome(problem=_sentence(refused))
    return TryOutcome(answer.status, _readable(answer.body))


def _sentence(refused: KatalysatorError) -> str:
    return refused.message % refused.parameters if refused.parameters else refused.message


def _readable(body: bytes) -> str:
    """The beginning of an answer, as a line of plain text."""
    text = body[: 8 * _SHOWN].decode(errors="replace")
    return one_line(without_markup(text))[:_SHOWN]


@transaction.atomic
def _write_down(delivery: Delivery, outcome: TryOutcome) -> None:
    webhook = Webhook.objects.select_for_update().filter(pk=delivery.webhook_id).first()
    row = Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
    if webhook is None or row is None:  # taken away meanwhile
        return
    now = timezone.now()
    row.tries, row.tried_at, row.next_at = row.tries + 1, now, None
    row.status, row.answer, row.problem = outcome.status, outcome.answer, outcome.problem
    if outcome.arrived:
        row.state = Delivery.State.ARRIVED
        webhook.succeeded_at, webhook.failing_since = now, None
    else:
        webhook.failing_since = webhook.failing_since or now
        _plan_next(row)
    row.save()
    webhook.save(update_fields=["succeeded_at", "failing_since"])
    if outcome.status == HTTPStatus.GONE and webhook.is_running:
        verbs.switch_off(webhook, by=CLOCK)  # it says that it wants nothing any more


def _plan_next(row: Delivery) -> None:
    """Try it again later, or give it up; a test is tried once."""
    if row.type == TEST.name or row.tries > len(PAUSES):
        row.state = Delivery.State.FAILED
        return
    pause = PAUSES[row.tries - 1]
    row.next_at = timezone.now() + timedelta(seconds=pause)
    send_soon(row, pause, priority=LATER)
