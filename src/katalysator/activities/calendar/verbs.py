"""What can be done with the key of a feed of one's own. Each verb is one transaction with its event."""

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
from katalysator.groups.models import WorkingGroup
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import WORK


@transaction.atomic
def renew(person: Person, *, by: Actor, group: WorkingGroup | None = None) -> str:
    """A new key for somebody's own feed, or for theirs of a group; it is kept nowhere: show it now.

    The one of before opens nothing any more. Raises NotAllowed.
    """
    _require_oneself(person, by)
    if group:
        require_power(group, by, WORK)
    key = secrets.token_urlsafe(32)
    made, _created = CalendarKey.objects.update_or_create(
        person=person, group=group, defaults={"digest": digest(key), "made_at": timezone.now()}
    )
    audit.record("calendar.renew", made, by=by)
    return key


@transaction.atomic
def remove(person: Person, *, by: Actor, group: WorkingGroup | None = None) -> None:
    """Let no key open somebody's own feed, or theirs of a group, any more. Raises NotAllowed."""
    _require_oneself(person, by)
    for found in CalendarKey.objects.filter(person=person, group=group):
        audit.record("calendar.remove", found, by=by)
        found.delete()


def _require_oneself(person: Person, by: Actor) -> None:
    if not permits(by, OWN, CalendarKey(person=person)):
        raise NotAllowed("not-yourself", _("Only you decide on the address of your calendar."))
