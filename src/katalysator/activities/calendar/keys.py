"""What opens the feed of one's own activities: a key that nobody guesses, and that can be renewed."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from katalysator.activities.models import CalendarKey
from katalysator.coalition.models import Person
from katalysator.core import audit


@transaction.atomic
def renew(person: Person) -> str:
    """A new key for one's own feed, which is kept nowhere: show it now. The one of before opens nothing any more."""
    key = secrets.token_urlsafe(32)
    made, _created = CalendarKey.objects.update_or_create(
        person=person, defaults={"digest": digest(key), "made_at": timezone.now()}
    )
    audit.record("calendar.renew", made, by=person)
    return key


@transaction.atomic
def remove(person: Person) -> None:
    """Let no key open one's own feed any more."""
    for found in CalendarKey.objects.filter(person=person):
        audit.record("calendar.remove", found, by=person)
        found.delete()


def person_with(key: str) -> Person | None:
    """Whose feed a key opens; None for a key that opens none. Cost: one query."""
    found: Person | None = Person.objects.filter(
        calendar_key__digest=digest(key), is_active=True
    ).first()
    return found


def digest(key: str) -> bytes:
    """What is kept of a key: it is long and random, so that a plain digest tells nobody what it was."""
    return sha256(key.encode()).digest()
