"""A source is read: once at a time, whole or not at all, and what came of it stands with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from katalysator.core.jobs import LATER, defer_later
from katalysator.core.outgoing import NotReached
from katalysator.dataspace.harvest.fetching import fetched
from katalysator.dataspace.harvest.taking import take_in
from katalysator.dataspace.models import HarvestSource
from katalysator.faults import InvalidInput, KatalysatorError


def harvest(pk: int) -> None:
    """Read a source now. Where that goes wrong, all stays as it was, with what was wrong."""
    now = timezone.now()
    source = _begun(pk, now)
    if source is None:
        return

    def progress(pages: int) -> None:
        HarvestSource.objects.filter(pk=pk).update(pages=pages)

    try:
        found, left_out = fetched(source, progress)
    except (InvalidInput, NotReached) as fault:
        _ended(source, problem=_kept(fault))
        return
    report = take_in(source, found, now)
    _ended(source, report={**report, "left_out": left_out}, read_at=now, problem={})


def queue(source: HarvestSource) -> None:
    """Let a source be read soon, in the transaction of now."""
    HarvestSource.objects.filter(pk=source.pk).update(state=HarvestSource.State.WAITS)
    defer_later("dataspace.harvest", 0, priority=LATER, pk=source.pk)


def queue_due() -> None:
    """Let those be read whose time it is."""
    for each in HarvestSource.objects.due(timezone.now()):
        with transaction.atomic():
            queue(each)


def told(problem: dict[str, str]) -> str:
    """The sentence of what was wrong, in the language of who reads it."""
    return str(InvalidInput(problem["code"], problem["message"], **problem["parameters"]))  # type: ignore[arg-type]


def _begun(pk: int, now: datetime) -> HarvestSource | None:
    """The source, as one that is read now; None where it is gone, or somebody else reads it already."""
    begun = HarvestSource.objects.filter(pk=pk, state=HarvestSource.State.WAITS)
    with transaction.atomic():
        if not begun.update(state=HarvestSource.State.READS, pages=0, tried_at=now):
            return None
    rows = HarvestSource.objects.select_related("partner", "connector__organisation")
    return rows.filter(pk=pk).first()


def _ended(source: HarvestSource, **facts: object) -> None:
    HarvestSource.objects.filter(pk=source.pk).update(state=HarvestSource.State.RESTS, **facts)


def _kept(fault: KatalysatorError) -> dict[str, object]:
    """A fault as JSON knows it."""
    return {"code": fault.code, "message": fault.message, "parameters": fault.parameters}
