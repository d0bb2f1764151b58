"""Taking in a sheet, and taking that back. Each is one transaction with an audit event of each record."""

from django.db import transaction

from katalysator.core.actors import Actor
from katalysator.importing.models import KeptSheet
from katalysator.importing.plan import Effect, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.importing.taking import taken_in


@transaction.atomic
def take_in(sheet: KeptSheet, *, by: Actor, rows: SheetRows, seen: str) -> KeptSheet:
    """Make a record of each row that is new, and change those of rows that say something else.

    All rows that can be used, or none. `seen` is the fingerprint of the plan that the person saw: where
    it would do something else by now, nothing is done. Raises NotAllowed, Conflict. Cost: that of the
    kind, and the background work of each record that is changed.
    """
    plan = taken_in(rows, sheet.kind, sheet.place, by=by, seen=seen)
    sheet.taken = _told(plan)
    sheet.save(update_fields=["taken"])
    return sheet


@transaction.atomic
def take_back(sheet: KeptSheet, *, by: Actor) -> int:
    """Undo what was made of a sheet and nobody has touched since; says of how many.

    Records that were changed stay as they are. Raises NotAllowed. Cost: some queries.
    """
    kind, target = sheet.kind, sheet.place
    kind.require(target, by)
    undone = kind.take_back((sheet.taken or {}).get("new", ()), target, by=by)
    sheet.taken = None
    sheet.save(update_fields=["taken"])
    return undone


def _told(plan: SheetPlan) -> dict[str, object]:
    """What came of a sheet, as it is kept with it."""
    return {
        "new": [each.record.pk for each in plan.of(Effect.NEW)],
        "changed": [each.record.pk for each in plan.of(Effect.CHANGED)],
        "same": plan.counts[Effect.SAME],
        "left_out": len(plan.left_out),
    }
