"""What can be done with the key of one's own feed. Each verb is one transaction with its event."""

import secrets

from django.db import transaction
from django.utils import timezone

from katalysator.activities.calendar.keys import digest
from katalysator.activities.models import CalendarKey
from katalysator.activities.workflow import OWN
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _


@transaction.atomic
def renew(person: Person, *, by: Actor) -> str:
    """A new key for somebody's own feed, which is kept nowhere: show it now. The one of before opens nothing any more.

    Raises NotAllowed.
    """
    _require_oneself(person, by)
    key = secrets.token_urlsafe(32)
    made, _created = CalendarKey.objects.update_or_create(
        person=person, defaults={"digest": digest(key), "made_at": timezone.now()}
    )
    audit.record("calendar.renew", made, by=by)
    return key


@transaction.atomic
def remove(person: Person, *, by: Actor) -> None:
    """Let no key open somebody's own feed any more. Raises NotAllowed."""
    _require_oneself(person, by)
    for found in CalendarKey.objects.filter(person=person):
        audit.record("calendar.remove", found, by=by)
        found.delete()


def _require_oneself(person: Person, by: Actor) -> None:
    if not permits(by, OWN, CalendarKey(person=person)):
        raise NotAllowed("not-yourself", _("Only you decide on the address of your calendar."))
