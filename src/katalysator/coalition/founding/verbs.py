"""What can be done with the coalition itself. Each verb is one transaction with its event."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.founding import current
from katalysator.coalition.founding.facts import CoalitionFacts, KnownCoalition, fill, told
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.founding.placing import place_areas, place_hubs
from katalysator.coalition.workflow import FOUND
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.exporting import write_everything
from katalysator.core.rows import require_sound
from katalysator.faults import NotAllowed, gettext_noop as _


@transaction.atomic
def settle(stated: CoalitionFacts, *, by: Actor, seen: int | None = None) -> Coalition:
    """Let the coalition be what is said of it; that all of it is correct is said with it.

    `seen` is the newest event of it that the editor saw; where there is a newer one, somebody else was first.
    Raises InvalidInput, NotAllowed, and Conflict where an area or hub would go that is in use.
    """
    _allow(by)
    Coalition.objects.get_or_create(pk=1)
    Coalition.objects.select_for_update().get(pk=1)
    known = KnownCoalition.now()
    audit.require_seen(known.row, seen)
    before, row = told(known), known.row
    fill(row, stated)
    row.confirmed_at = timezone.now()
    require_sound(row)
    row.save()
    place_areas(stated.areas)
    place_hubs(stated.hubs)
    after = told(KnownCoalition.now())
    audit.record_edit("coalition.settle", row, by=by, before=before, after=after)
    current.forget()
    transaction.on_commit(current.forget)
    return row


def take_along(
    folder: Path,
    *,
    by: Actor,
    with_people: bool = False,
    told: Callable[[str, int], None] = lambda _name, _rows: None,
) -> int:
    """Write everything to a folder that is empty; says how many rows. Who took people along stands in the trail.

    Raises NotAllowed, and OSError where it cannot be written. Cost: see `write_everything`.
    """
    _allow(by)
    title = str(KnownCoalition.now().row)
    rows = write_everything(folder, title=title, with_people=with_people, told=told)
    with transaction.atomic():
        after = {"rows": rows, "people": with_people}
        audit.record("coalition.take-along", Coalition(pk=1), by=by, after=after)
    return rows


def _allow(by: Actor) -> None:
    if not permits(by, FOUND):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
