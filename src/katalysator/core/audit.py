"""The audit trail: what was done is written down in a chain that shows every later change."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from katalysator.core import followups
from katalysator.core.models import Event

Facts = Mapping[str, Any]

_FIRST = bytes(32)
_CHAIN_LOCK = 0x6B6174  # one writer at a time adds to the chain; held until its transaction ends


def record(
    verb: str,
    subject: models.Model,
    *,
    by: models.Model | None,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> Event:
    """Write one event; call it inside the transaction of the deed itself.

    `before` and `after` hold what changed, as values that JSON knows. Cost: two queries.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An event belongs in the transaction of its deed."
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    event = Event(
        at=timezone.now(),
        actor=by.pk if by else None,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        previous=_last_digest(),
    )
    event.digest = digest(event)
    event.save(force_insert=True)
    followups.call(event)
    return event


def digest(event: Event) -> bytes:
    """SHA-256 over the digest before and the event's own facts in canonical JSON."""
    facts = {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "verb": event.verb,
        "subject": [event.subject_type, event.subject_id],
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
    }
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes(event.previous) + canonical.encode()).digest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: how many events hold, and the first that does not."""

    events: int
    broken: int | None
    head: bytes

    @property
    def holds(self) -> bool:
        """Whether every event is as it was written."""
        return self.broken is None


def verify() -> Verdict:
    """Walk the chain from its start and stop at the first event that was changed or is missing.

    An end that was cut off shows only beside a head digest that was kept elsewhere. Cost: one pass.
    """
    previous, count = _FIRST, 0
    for event in _in_order():
        if bytes(event.previous) != previous or bytes(event.digest) != digest(event):
            return Verdict(count, event.pk, previous)
        previous, count = bytes(event.digest), count + 1
    return Verdict(count, None, previous)


def history(subject: models.Model) -> models.QuerySet[Event]:
    """The events of one record."""
    return Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def latest_of(subject: models.Model) -> int:
    """The number of the newest event of a record, 0 where there is none. Cost: one query."""
    return history(subject).aggregate(newest=models.Max("pk"))["newest"] or 0


def latest_id() -> int:
    """The number of the newest event, 0 where there is none: changes whenever anything did."""
    return Event.objects.aggregate(newest=models.Max("pk"))["newest"] or 0


def _in_order() -> Iterator[Event]:
    return Event.objects.order_by("pk").iterator(chunk_size=2_000)


def _last_digest() -> bytes:
    newest = Event.objects.order_by("-pk").values_list("digest", flat=True).first()
    return _FIRST if newest is None else bytes(newest)
