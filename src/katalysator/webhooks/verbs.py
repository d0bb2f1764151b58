"""What can be done with webhooks. Each verb is one transaction with its event.

Events name the machine that is told, and no address: in that there may be a secret of who receives.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.rows import locked
from katalysator.coalition.rules import require_participant
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.outgoing import destination
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.webhooks.events import TEST, event_types
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import kept_secret, new_secret
from katalysator.webhooks.telling import delivery_to, send_soon
from katalysator.webhooks.workflow import ACTIVE, KEEP, WATCH, WEBHOOK

MOST: Final = 10
"""So many an organisation has at most."""
BOTH: Final = timedelta(days=1)
"""So long the secret before counts beside a new one."""


@dataclass(frozen=True, slots=True)
class WebhookFacts:
    """What is said of a webhook."""

    name: str
    address: str
    types: Collection[str]
    of_others: bool = False


@transaction.atomic
def add(
    organisation: Organisation | None, *, by: Actor, facts: WebhookFacts
) -> tuple[Webhook, str]:
    """Let an address be told of events: of an organisation, or of the bureau for none.

    Returns it with its secret, which cannot be shown again. Raises InvalidInput at its field, Conflict, NotAllowed.
    """
    row = Webhook(organisation=organisation, keeper=person_of(by))
    _require(row, by)
    if organisation is not None:
        require_participant(locked(organisation))
    if Webhook.objects.of(organisation).count() >= MOST:
        raise Conflict(
            "many-webhooks",
            _("There are %(most)s webhooks already."),
            hint=_("Take one away that is not used any more."),
            most=MOST,
        )
    _fill(row, facts)
    secret = new_secret()
    row.secret = kept_secret(secret)
    row.save()
    audit.record("webhook.add", row, by=by, after=_told(row))
    return row, secret


@transaction.atomic
def edit(webhook: Webhook, *, by: Actor, facts: WebhookFacts, seen: int | None = None) -> Webhook:
    """Change where it is and of what it hears. Raises InvalidInput at its field, Conflict, NotAllowed."""
    row = _own(webhook, by)
    audit.require_seen(row, seen)
    before = _told(row)
    _fill(row, facts)
    row.keeper = person_of(by)
    row.save()
    audit.record_edit("webhook.edit", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def move(webhook: Webhook, deed: str, *, by: Actor) -> Webhook:
    """Pause it, or let it work again: who does so keeps it from then on. Raises Conflict, NotAllowed."""
    row = _own(webhook, by)
    step = WEBHOOK.transition(row.state, deed)
    _require(row, by, step.permission)
    row.keeper = person_of(by)
    return _moved(row, deed, by)


@transaction.atomic
def switch_off(webhook: Webhook, *, by: Actor) -> Webhook:
    """Stop telling an address at which nothing arrives any more. Raises Conflict, NotAllowed."""
    row = _locked(webhook)
    _require(row, by, WATCH)
    return _moved(row, "switch-off", by)


@transaction.atomic
def lay_down(webhook: Webhook, *, by: Actor) -> Webhook:
    """Stop telling an address whose keeper manages this no longer, until somebody who does lets it work again. Raises Conflict, NotAllowed."""
    row = _locked(webhook)
    _require(row, by, WATCH)
    return _moved(row, "lay-down", by)


@transaction.atomic
def renew_secret(webhook: Webhook, *, by: Actor) -> str:
    """Make a new secret; the one before counts beside it for a day. Raises Conflict, NotAllowed."""
    row = _own(webhook, by)
    secret = new_secret()
    row.old_secret, row.old_until = row.secret, timezone.now() + BOTH
    row.secret = kept_secret(secret)
    row.save(update_fields=["secret", "old_secret", "old_until"])
    audit.record("webhook.renew-secret", row, by=by)
    return secret


@transaction.atomic
def remove(webhook: Webhook, *, by: Actor) -> None:
    """Take it away, with all that was sent to it. Raises Conflict, NotAllowed."""
    row = _own(webhook, by)
    audit.record("webhook.remove", row, by=by, before=_told(row))
    row.delete()


@transaction.atomic
def send_test(webhook: Webhook, *, by: Actor) -> Delivery:
    """Send something that tells of nothing, once. Raises Conflict where it does not work now, and NotAllowed."""
    row = _own(webhook, by)
    _require_running(row)
    made = delivery_to(row, TEST, row.pk, key=f"test-{uuid4().hex}", at=timezone.now())
    made.save()
    send_soon(made)
    audit.record("webhook.test", row, by=by)
    return made


@transaction.atomic
def send_again(delivery: Delivery, *, by: Actor) -> Delivery:
    """Send once more what was sent, or was not, under the same number. Raises Conflict, NotAllowed."""
    row = _own(delivery.webhook, by)
    _require_running(row)
    found = rows.locked(delivery, _("This was sent too long ago, and is forgotten."))
    found.state, found.tries, found.next_at = Delivery.State.WAITING, 0, None
    found.save(update_fields=["state", "tries", "next_at"])
    send_soon(found)
    audit.record("webhook.send-again", row, by=by, after={"type": found.type})
    return found


def _moved(row: Webhook, deed: str, by: Actor) -> Webhook:
    before = row.state
    row.state, row.failing_since = WEBHOOK.transition(before, deed).target, None
    row.save(update_fields=["state", "failing_since", "keeper"])
    audit.record_step(WEBHOOK, deed, row, by=by, before=before)
    return row


def _fill(row: Webhook, facts: WebhookFacts) -> None:
    known = [each.name for each in event_types(bureau=row.organisation is None)]
    if unknown := set(facts.types) - set(known):
        raise InvalidInput(
            "event-type", _("There are no events “%(type)s”."), type=min(unknown)
        ).at("types")
    if not facts.types:
        raise InvalidInput("no-types", _("Choose of what it is told.")).at("types")
    row.name, row.address = plain_line(facts.name), facts.address.strip()
    if not row.name:
        raise InvalidInput(
            "name", _("Say what it is for."), hint=_("You will know it by that.")
        ).at("name")
    try:
        destination(row.address)
    except InvalidInput as fault:
        raise fault.at("address") from None
    row.types = [each for each in known if each in facts.types]
    row.of_others = facts.of_others
    require_sound(row)


def _told(row: Webhook) -> dict[str, Any]:
    """What the trail keeps."""
    organisation = row.organisation.slug if row.organisation else None
    there = destination(row.address).host
    return {
        "organisation": organisation, "host": there, "types": row.types, "of_others": row.of_others,
    }  # fmt: skip


def _own(webhook: Webhook, by: Actor) -> Webhook:
    row = _locked(webhook)
    _require(row, by)
    return row


def _locked(webhook: Webhook) -> Webhook:
    return rows.locked(webhook, _("This webhook is not here any more."))


def _require(row: Webhook, by: Actor, permission: str = KEEP) -> None:
    if not permits(by, permission, row):
        raise NotAllowed(
            "not-your-webhook",
            _("Only who manages the organisation does this; the bureau, with webhooks of its own."),
        )


def _require_running(row: Webhook) -> None:
    if row.state != ACTIVE:
        raise Conflict(
            "webhook-rests",
            _("It is “%(state)s”: nothing is sent."),
            hint=_("Let it work again first."),
            state=row.state_label,
        )
    if row.organisation is not None:
        require_participant(row.organisation)
