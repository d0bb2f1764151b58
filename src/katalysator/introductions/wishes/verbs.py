"""What who manages an organisation says of whom it meets. Each verb is one transaction with its event.

Events name the row and nothing in it: the bureau reads the trail, and does not know who is on whose list.
"""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.rows import locked
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.introductions.models import MeetingPause, NeverMeet
from katalysator.introductions.workflow import WISH

LONGEST: Final = timedelta(days=365)
"""No pause is longer: whoever forgets it is found again some day."""


@transaction.atomic
def pause(organisation: Organisation, *, by: Actor, until: date) -> MeetingPause:
    """Take no proposals before this day. Raises InvalidInput at `until`, NotAllowed."""
    row = _own(organisation, by)
    today = timezone.localdate()
    if not today < until <= today + LONGEST:
        raise InvalidInput("day", _("Choose a day from tomorrow, within a year.")).at("until")
    made, _is_new = MeetingPause.objects.update_or_create(
        organisation=row, defaults={"until": until}
    )
    audit.record("wish.pause", made, by=by)
    return made


@transaction.atomic
def resume(organisation: Organisation, *, by: Actor) -> None:
    """Take proposals again. Raises Conflict, NotAllowed."""
    row = _own(organisation, by)
    found = MeetingPause.objects.now().filter(organisation=row).first()
    if found is None:
        raise Conflict("no-pause", _("There is no pause: you take proposals."))
    audit.record("wish.resume", found, by=by)
    found.delete()


@transaction.atomic
def avoid(organisation: Organisation, other: Organisation, *, by: Actor) -> NeverMeet:
    """Never meet another organisation from now on. Raises InvalidInput at `who`, Conflict, NotAllowed."""
    row = _own(organisation, by)
    if row.pk == other.pk:
        raise InvalidInput("itself", _("This is your own organisation.")).at("who")
    made, is_new = NeverMeet.objects.get_or_create(organisation=row, other=other)
    if not is_new:
        raise Conflict("on-list", _("%(name)s is on your list already."), name=other.name)
    audit.record("wish.avoid", made, by=by)
    return made


@transaction.atomic
def allow(organisation: Organisation, other: Organisation, *, by: Actor) -> None:
    """Take another organisation off the list. Raises Conflict, NotAllowed."""
    row = _own(organisation, by)
    found = NeverMeet.objects.filter(organisation=row, other=other).first()
    if found is None:
        raise Conflict("not-on-list", _("%(name)s is not on your list."), name=other.name)
    audit.record("wish.allow", found, by=by)
    found.delete()


def _own(organisation: Organisation, by: Actor) -> Organisation:
    """The row, kept from others, of who manages it: the bureau does not say this. Raises NotAllowed."""
    row = locked(organisation)
    if not permits(by, WISH, row):
        raise NotAllowed(
            "not-a-manager",
            _("Only who manages %(name)s knows and says whom it meets."),
            name=row.name,
        )
    return row
