"""A schedule of talks computed and kept, until it is stopped; what is published stays where it is."""

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.core.actors import ROUNDS
from katalysator.engine.scheduling import NONE
from katalysator.rounds.meeting.candidates import TalkCandidates
from katalysator.rounds.meeting.rows import moved
from katalysator.rounds.models import MeetingDay, MeetingTalk

if TYPE_CHECKING:  # imports the solver, which no web process needs
    from katalysator.engine.scheduling import Schedule

_AT_ONCE: Final = 1_000


class _StoppedError(Exception):
    """Somebody stopped it, or asked for it anew."""


def compute(day: MeetingDay, run: int) -> None:
    """Compute a schedule and keep it, unless it is stopped meanwhile. Cost: `python -m bench.engine.scheduling`."""
    from katalysator.engine.scheduling import room_changes, schedule

    if not _is_wanted(day, run):
        return
    candidates = TalkCandidates.of(day)
    given = candidates.for_engine()

    def progress(done: int, of: int) -> None:
        waiting = MeetingDay.objects.filter(pk=day.pk, run=run, state="computing")
        if not waiting.update(done=done, stages=of):
            raise _StoppedError

    try:
        plan = schedule(given, progress=progress)
    except _StoppedError:
        return
    figures = _figures(candidates, plan, room_changes(given, plan.slot, plan.table))
    _keep(day, run, candidates, plan, figures)


@transaction.atomic
def _keep(
    day: MeetingDay,
    run: int,
    candidates: TalkCandidates,
    plan: "Schedule",
    figures: dict[str, Any],
) -> None:
    row = MeetingDay.objects.select_for_update(of=("self",)).filter(pk=day.pk).first()
    if row is None or not _is_wanted(row, run):
        return
    row.talks.filter(is_out=False).delete()
    planned = zip(candidates.worth, plan.slot.tolist(), plan.table.tolist(), strict=True)
    new = [
        MeetingTalk(day=row, one_id=pair[0], other_id=pair[1], slot=slot, table=table)
        for pair, slot, table in planned
        if slot != NONE and pair not in candidates.held
    ]
    now = TalkCandidates.of(row)
    if now.held != candidates.held or not all(map(now.may_hold, new)):
        moved(row, "stop", by=ROUNDS)  # somebody left, called a talk off or said no meanwhile
        return
    MeetingTalk.objects.bulk_create(new, batch_size=_AT_ONCE)
    moved(row, "finish", by=ROUNDS, computed_at=timezone.now(), figures=figures)


def _figures(candidates: TalkCandidates, plan: "Schedule", changes: int) -> dict[str, Any]:
    met = {
        person
        for pair, slot in zip(candidates.worth, plan.slot.tolist(), strict=True)
        if slot != NONE
        for person in pair
    }
    return {
        "people": len(candidates.people),
        "wanted": len(candidates.worth),
        "talks": plan.talks,
        "met": len(met),
        "value": plan.certificate.value,
        "gap": plan.certificate.gap,
        "changes": changes,
    }


def _is_wanted(day: MeetingDay, run: int) -> bool:
    """Whether a job of this run is still to compute it."""
    return day.state == "computing" and day.run == run
