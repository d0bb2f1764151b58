"""Rows become records: the one way, whether a page or the terminal gave the sheet."""

from typing import Any, Final

from django.db import connection, transaction

from katalysator.core.actors import Actor
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.importing.kinds import SheetImport
from katalysator.importing.plan import RowProgress, SheetPlan
from katalysator.importing.rows import SheetRows

_LOCK: Final = "SELECT pg_advisory_xact_lock(%s, hashtext(%s))"
_LOCKS: Final = 0x736865  # so that other locks of the same number are not ours


@transaction.atomic
def taken_in(
    rows: SheetRows,
    kind: SheetImport,
    target: Any,
    *,
    by: Actor,
    seen: str,
    progress: RowProgress | None = None,
) -> SheetPlan:
    """Write what becomes of rows, as it was seen, or nothing. Raises NotAllowed, Conflict."""
    kind.require(target, by)
    with connection.cursor() as cursor:  # two sheets of one kind, one after the other
        cursor.execute(_LOCK, [_LOCKS, kind.name])
    planning = kind.planning(rows, target, locked=True)
    plan = planning.planned(rows, progress)
    if plan.fingerprint != seen:
        raise Conflict(
            "changed-meanwhile",
            _("Something has changed since you looked, so nothing was imported."),
            hint=_("Look at the preview again."),
        )
    kind.write(plan, planning, by=by)
    return plan
