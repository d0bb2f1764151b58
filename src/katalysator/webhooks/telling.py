"""Whom to tell what: a delivery for each webhook that hears of it, written once however often it is tried."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from katalysator.core.jobs import LATER, defer_later
from katalysator.webhooks.events import EventType, Hearers
from katalysator.webhooks.models import Delivery, Webhook


@transaction.atomic
def tell(type_: EventType, hearers: Hearers, *, key: str, at: datetime) -> list[Delivery]:
    """Let all that hear of something be told, in the transaction of now; those at which nothing arrives now come last.

    Cost: two queries, and one for each of them.
    """
    hearing = Webhook.objects.hearing(type_.name, hearers).exclude(deliveries__key=key)
    made = [delivery_to(each, type_, hearers.number, key=key, at=at) for each in hearing]
    Delivery.objects.bulk_create(made)
    for each in made:
        send_soon(each, priority=LATER if each.webhook.failing_since else 0)
    return made


def delivery_to(
    webhook: Webhook, type_: EventType, number: int, *, key: str, at: datetime
) -> Delivery:
    """What a webhook is to be told; not kept yet."""
    path = reverse(f"api:{type_.route}", args=[number])
    return Delivery(
        webhook=webhook, type=type_.name, kind=type_.kind, number=number, path=path, key=key, at=at
    )


def send_soon(delivery: Delivery, seconds: int = 0, *, priority: int = 0) -> None:
    """Queue the next try of a delivery."""
    told: dict[str, int | str] = {"delivery": str(delivery.pk), "tries": delivery.tries}
    defer_later("webhooks.deliver", seconds, priority=priority, **told)
