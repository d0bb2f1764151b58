"""Taking in a sheet, and taking that back. Each is one transaction with an audit event of each listing."""

from typing import Final

from django.db import transaction

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.audit import Deed
from katalysator.core.columns import write_columns
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.listings.contents import facts
from katalysator.listings.importing.plan import Effect, PlannedRow, SheetPlan, planned
from katalysator.listings.importing.rows import SheetRows, Target
from katalysator.listings.models import KeptSheet, Kind, Listing
from katalysator.listings.rules import require_editor, require_participant
from katalysator.listings.workflow import LISTING

_CHAIN: Final = Listing._meta.app_label
_WRITTEN: Final = (
    "language", "title", "text", "areas", "areas_required", "regions", "region_required", "skills",
    "start", "end", "capacity", "min_capacity", "terms", "labels", "ranges", "reference",
)  # fmt: skip
"""The columns of a listing that a sheet may change."""


@transaction.atomic
def take_in(sheet: KeptSheet, *, by: Actor, rows: SheetRows, seen: str) -> KeptSheet:
    """Make a draft of each row that is new, and change the listings of those that say something else.

    All rows that can be used, or none. `seen` is the fingerprint of the plan that the person saw: where
    it would do something else by now, nothing is done. Raises NotAllowed, Conflict. Cost: some ten
    queries, and the background work of each listing that is changed.
    """
    target = Target(sheet.organisation, Kind(sheet.kind), sheet.market_class)
    require_participant(target.organisation)
    require_editor(Listing(organisation=target.organisation), by)
    _alone(target.organisation)
    plan = planned(rows, target, locked=True)
    if plan.fingerprint != seen:
        raise Conflict(
            "changed-meanwhile",
            _("Something has changed since you looked, so nothing was imported."),
            hint=_("Look at the preview again."),
        )
    _post(plan.of(Effect.NEW), by)
    _edit(plan.of(Effect.CHANGED), by)
    sheet.taken = _told(plan)
    sheet.save(update_fields=["taken"])
    return sheet


@transaction.atomic
def take_back(sheet: KeptSheet, *, by: Actor) -> int:
    """Throw away the drafts that came of a sheet, and that nobody has touched since; says how many.

    Listings that were changed stay as they are. Raises NotAllowed. Cost: some queries.
    """
    require_editor(Listing(organisation=sheet.organisation), by)
    made = Listing.objects.select_for_update(of=("self",)).filter(
        pk__in=(sheet.taken or {}).get("new", ()),
        organisation=sheet.organisation,
        state=LISTING.initial,
    )
    drafts = list(made.order_by("pk"))
    later = audit.histories(drafts).exclude(verb="listing.post")
    touched = set(later.values_list("subject_id", flat=True))
    untouched = [each for each in drafts if str(each.pk) not in touched]
    deeds = [Deed(each, before=facts(each)) for each in untouched]
    if deeds:
        audit.record_all("listing.delete", deeds, by=by, chain=_CHAIN)
    Listing.objects.filter(pk__in=[each.pk for each in untouched]).delete()
    sheet.taken = None
    sheet.save(update_fields=["taken"])
    return len(untouched)


def _alone(organisation: Organisation) -> None:
    """Let nobody else take in a sheet of this organisation until the transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _post(rows: list[PlannedRow], by: Actor) -> None:
    author = by if isinstance(by, Person) else None
    for each in rows:
        each.listing.author = author
    Listing.objects.bulk_create([each.listing for each in rows], batch_size=500)
    _record("listing.post", rows, by)


def _edit(rows: list[PlannedRow], by: Actor) -> None:
    write_columns([each.listing for each in rows], _WRITTEN)
    _record("listing.edit", rows, by)


def _record(verb: str, rows: list[PlannedRow], by: Actor) -> None:
    """An event of each listing: all that a new one says, and what was changed of another."""
    deeds = [_deed(each) for each in rows]
    if deeds:
        audit.record_all(verb, deeds, by=by, chain=_CHAIN)


def _deed(row: PlannedRow) -> Deed:
    if not row.before:
        return Deed(row.listing, after=row.after)
    changed = [name for name in row.after if row.after[name] != row.before[name]]
    return Deed(
        row.listing,
        before={name: row.before[name] for name in changed},
        after={name: row.after[name] for name in changed},
    )


def _told(plan: SheetPlan) -> dict[str, object]:
    """What came of a sheet, as it is kept with it."""
    return {
        "new": [each.listing.pk for each in plan.of(Effect.NEW)],
        "changed": [each.listing.pk for each in plan.of(Effect.CHANGED)],
        "same": plan.counts[Effect.SAME],
        "left_out": len(plan.left_out),
    }
