"""A source is read: a page in each job, so that what else is sent waits for a page at most, and whole or not at all.

Pages that were read wait until all are there; then they take the place of what was known, and what came of it stands with the source.
"""

from dataclasses import asdict
from typing import Final

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from katalysator.core.jobs import LATER, defer_later
from katalysator.core.outgoing import NotReached
from katalysator.dataspace.harvest.fetching import FetchedPage, fetched, start
from katalysator.dataspace.harvest.found import ReadDataset
from katalysator.dataspace.harvest.taking import take_in
from katalysator.dataspace.models import HarvestedPage, HarvestSource
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

MOST_PAGES: Final = 200
MOST_FOUND: Final = 20_000
"""Datasets of one source."""


def queue(source: HarvestSource) -> None:
    """Let a source be read soon, in the transaction of now."""
    HarvestSource.objects.filter(pk=source.pk).update(state=HarvestSource.State.WAITS)
    _page_soon(source.pk, 1)


def queue_due() -> None:
    """Let those be read whose time it is."""
    for each in HarvestSource.objects.due(timezone.now()):
        with transaction.atomic():
            queue(each)


def harvest(pk: int, number: int) -> None:
    """Read a page of a source now. Where that goes wrong, all stays as it was, with what was wrong.

    A job may run twice: a page that was read is not read again, nor one of a source that waits for another time.
    """
    source = _at_page(pk, number)
    if source is None:
        return
    before = source.read_pages.filter(number=number - 1).first()
    place = before.following if before else start(source)
    page, problem = None, None
    try:
        page = fetched(source, place)
        _require_end(source, number, page)
    except (InvalidInput, NotReached) as fault:
        problem = _kept(fault)
    with transaction.atomic():
        if not _is_still_read(source, number):
            return
        if page is None or problem is not None:
            _ended(source, problem=problem)
            return
        if _is_more(source, page, before):
            _keep(source, number, place, page)
            if page.following and not source.read_pages.filter(place=page.following).exists():
                _page_soon(pk, number + 1)
                return
        _take_in(source)


def told(problem: dict[str, str]) -> str:
    """The sentence of what was wrong, in the language of who reads it."""
    return str(InvalidInput(problem["code"], problem["message"], **problem["parameters"]))  # type: ignore[arg-type]


def _page_soon(pk: int, number: int) -> None:
    defer_later("dataspace.harvest", 0, priority=LATER, pk=pk, number=number)


def _at_page(pk: int, number: int) -> HarvestSource | None:
    """The source, where this is the page of it that comes now; with the first one all begins anew."""
    comes = Q(state=HarvestSource.State.READS, pages=number - 1)
    if number == 1:
        comes |= Q(state=HarvestSource.State.WAITS)
    rows = HarvestSource.objects.filter(comes, pk=pk)
    found = rows.select_related("partner", "connector__organisation").first()
    if found is not None and number == 1:
        found.read_pages.all().delete()
        found.tried_at = timezone.now()
        rows.update(state=HarvestSource.State.READS, pages=0, tried_at=found.tried_at)
    return found


def _is_still_read(source: HarvestSource, number: int) -> bool:
    """Whether it stands before this page still, in this reading of it: another may have begun while we asked. It is kept from others."""
    rows = HarvestSource.objects.select_for_update(of=("self",)).filter(pk=source.pk)
    state = HarvestSource.State.READS
    return rows.filter(state=state, pages=number - 1, tried_at=source.tried_at).first() is not None


def _require_end(source: HarvestSource, number: int, page: FetchedPage) -> None:
    known = source.read_pages.aggregate(all=Sum("count"))["all"] or 0
    if known + len(page.records) > MOST_FOUND or number > MOST_PAGES:
        raise InvalidInput(
            "source-too-large",
            _("This catalogue is too large: %(most)s datasets are read at most."),
            most=MOST_FOUND,
        )


def _is_more(source: HarvestSource, page: FetchedPage, before: HarvestedPage | None) -> bool:
    """Whether a page has anything that the one before had not: who knows no pages says the same again."""
    if before is None or source.kind == HarvestSource.Kind.DCAT:
        return True
    known = {each["key"] for each in before.records}
    return any(each.key not in known for each in page.records)


def _keep(source: HarvestSource, number: int, place: str, page: FetchedPage) -> None:
    HarvestedPage.objects.create(
        source=source,
        number=number,
        place=place[:2_000],
        following=page.following[:2_000],
        records=[asdict(each) for each in page.records],
        count=len(page.records),
        left_out=page.left_out,
    )
    HarvestSource.objects.filter(pk=source.pk).update(pages=number)


def _take_in(source: HarvestSource) -> None:
    now, left_out = timezone.now(), 0
    found: dict[str, ReadDataset] = {}
    for page in source.read_pages.all():
        left_out += page.left_out
        found |= {each["key"]: ReadDataset(**each) for each in page.records}
    report = take_in(source, found, now)
    _ended(source, report={**report, "left_out": left_out}, read_at=now, problem={})


def _ended(source: HarvestSource, **facts: object) -> None:
    source.read_pages.all().delete()
    HarvestSource.objects.filter(pk=source.pk).update(state=HarvestSource.State.RESTS, **facts)


def _kept(fault: KatalysatorError) -> dict[str, object]:
    """A fault as JSON knows it."""
    return {"code": fault.code, "message": fault.message, "parameters": fault.parameters}
