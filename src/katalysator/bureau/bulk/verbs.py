"""A deed for many records, started and undone; `going_through.py` goes through its lines."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from katalysator.bureau.bulk.deeds import bulk_deed
from katalysator.bureau.models import Bulk, BulkLine
from katalysator.bureau.rules import require_bureau
from katalysator.bureau.workflow import BULK
from katalysator.coalition.acting import person_of
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _


@transaction.atomic
def start(deed: str, records: Iterable[Any], *, by: Actor, value: str = "") -> Bulk:
    """Write down what is to be done with which records, of the kind that the deed is about; `carry_on` of `going_through` does it. Raises InvalidInput, NotAllowed."""
    require_bureau(by)
    known = bulk_deed(deed)
    if known is None:
        raise InvalidInput("bulk-deed", _("There is no deed “%(name)s”."), name=deed).at("deed")
    bulk = Bulk.objects.create(deed=deed, value=value, author=person_of(by))
    lines = [BulkLine(bulk=bulk, **{known.about: each}) for each in records]
    if not lines:
        raise InvalidInput(
            "nothing-chosen",
            _("Nothing was chosen."),
            hint=_("Tick those that it is about."),
        ).at("deed")
    BulkLine.objects.bulk_create(lines, batch_size=1_000)
    audit.record("bulk.start", bulk, by=by, after={"deed": deed, "lines": len(lines)})
    return bulk


@transaction.atomic
def undo(bulk: Bulk, *, by: Actor) -> Bulk:
    """Have all lines undone that are done; `carry_on` does it. Raises NotAllowed, and Conflict for what cannot be taken back."""
    require_bureau(by)
    known = bulk_deed(bulk.deed)
    if known is not None and not known.can_be_undone:
        raise Conflict("for-good", _("This cannot be undone: the letters are on their way."))
    row = locked(bulk, _("This is not here any more."))
    before, row.state = row.state, BULK.transition(row.state, "undo").target
    row.author = person_of(by)
    row.save(update_fields=["state", "author"])
    audit.record_step(BULK, "undo", row, by=by, before=before)
    return row
