"""What somebody who owns the database can do to the audit trail, past its trigger and constraint."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from katalysator.core import audit
from katalysator.core.models import Event


@contextmanager
def unguarded() -> Iterator[None]:
    """The table without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER USER")


def change(event: Event, **fields: Any) -> None:
    """Change fields of an event and leave its digest, whatever the table's constraint says."""
    with connection.cursor() as cursor, unguarded():
        cursor.execute("ALTER TABLE core_event DROP CONSTRAINT IF EXISTS event_has_one_actor")
        Event.objects.filter(pk=event.pk).update(**fields)


def remove(*events: Event) -> None:
    """Take events away."""
    with unguarded():
        Event.objects.filter(pk__in=[event.pk for event in events]).delete()


def rewrite(first: Event, **fields: Any) -> None:
    """Change fields of an event, and all digests from there on so that the chain holds again."""
    with unguarded():
        Event.objects.filter(pk=first.pk).update(**fields)
        previous = bytes(first.previous)
        for event in Event.objects.filter(chain=first.chain, pk__gte=first.pk).order_by("pk"):
            event.previous = previous
            previous = event.digest = audit.digest(event)
            event.save(update_fields=["previous", "digest"])
