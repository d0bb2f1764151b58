"""The lines of a deed for many, gone through one by one.

Each line is a transaction of its own, with the events of its record: what stops in between goes on where it was, and
what one record refuses keeps no other from it.
"""

from typing import Final

from django.db import transaction

from katalysator.bureau.bulk.deed import BulkDeed
from katalysator.bureau.bulk.deeds import bulk_deed
from katalysator.bureau.models import Bulk, BulkLine
from katalysator.bureau.workflow import BULK
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import CLOCK, Actor
from katalysator.core.language import ENGLISH, speaking
from katalysator.core.rows import locked
from katalysator.faults import Conflict, KatalysatorError, gettext_noop as _

AT_ONCE: Final = 40
"""So many lines are gone through while somebody waits; the others in the background."""
_State = BulkLine.State


def carry_on(bulk: Bulk, most: int | None = None) -> bool:
    """Go through lines that wait, `most` of them or all; whether all is gone through.

    Two that do so at once share the work. Cost: a transaction a line.
    """
    gone_through = 0
    while most is None or gone_through < most:
        if not _next_line(bulk):
            break
        gone_through += 1
    return _finished(bulk)


@transaction.atomic
def _next_line(bulk: Bulk) -> bool:
    """Go through one line that nobody else has in hand; whether there was one."""
    row = Bulk.objects.filter(pk=bulk.pk).select_related("author").first()
    if row is None or "runs" not in BULK.states[row.state].tags:
        return False
    is_undoing = row.state == "undoing"
    waiting = row.lines.filter(state=_State.DONE if is_undoing else _State.WAITING)
    line = waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk").first()
    if line is None:
        return False
    try:
        with transaction.atomic():
            _undo_line(row, line) if is_undoing else _do_line(row, line)
    except KatalysatorError as error:
        line.state = _State.KEPT if is_undoing else _State.REFUSED
        with speaking(row.author.language if row.author else ENGLISH):
            line.why = str(error)
    line.save(update_fields=["state", "before", "why"])
    return True


def _do_line(bulk: Bulk, line: BulkLine) -> None:
    before = _deed(bulk).do(line.subject, bulk.value, _actor(bulk))
    line.state, line.before = (_State.NOTHING, {}) if before is None else (_State.DONE, before)


def _undo_line(bulk: Bulk, line: BulkLine) -> None:
    if undo := _deed(bulk).undo:
        undo(line.subject, line.before, _actor(bulk))
    line.state = _State.UNDONE


def _deed(bulk: Bulk) -> BulkDeed:
    deed = bulk_deed(bulk.deed)
    if deed is None:  # of an older version
        raise Conflict("bulk-deed", _("There is no deed “%(name)s”."), name=bulk.deed)
    return deed


def _actor(bulk: Bulk) -> Person:
    if bulk.author is None:
        raise Conflict("author-gone", _("Who asked for it is not here any more."))
    return bulk.author


@transaction.atomic
def _finished(bulk: Bulk) -> bool:
    """Say that a bulk is gone through, where it is; whether it is."""
    row = locked(bulk, _("This is not here any more."))
    if "runs" not in BULK.states[row.state].tags:
        return True
    if row.lines.filter(state=_State.DONE if row.state == "undoing" else _State.WAITING).exists():
        return False
    before, row.state = row.state, BULK.transition(row.state, "finish").target
    row.save(update_fields=["state"])
    by: Actor = row.author or CLOCK
    audit.record_step(BULK, "finish", row, by=by, before=before)
    return True
