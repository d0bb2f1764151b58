"""Organisations of a sheet are written, all at once and each with its event; and taken out again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.utils import timezone

from katalysator.coalition.models import Area, Organisation
from katalysator.coalition.organisations.facts import told
from katalysator.coalition.slugs import free_slug, taken_slugs
from katalysator.coalition.workflow import ACTIVE, PARTICIPATION
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.audit import Deed
from katalysator.core.columns import write_columns
from katalysator.importing.plan import PlannedRow

_CHAIN: Final = Organisation._meta.app_label
_REASON: Final = "sheet"
_WRITTEN: Final = (
    "name", "other_names", "kind", "city", "region", "kvk", "ror", "website", "about", "blocks", "contact",
    "mail_domains", "state", "is_founding", "joined_on",
)  # fmt: skip
"""The columns of an organisation that a sheet may change."""
_REGISTER: Final = "organisation.register"
_OWN: Final = frozenset({"coalition.organisationkey", "coalition.organisation_areas"})
"""The tables whose rows go with an organisation that nothing else hangs on."""

AreasOf = Mapping[int, Sequence[str]]
"""The areas of a record by its `id()`: those of a new one have no place yet."""


def write_new(rows: Sequence[PlannedRow], areas_of: AreasOf, *, by: Actor) -> None:
    """Write down organisations that are not known yet. Cost: some queries a thousand."""
    taken, today = taken_slugs(), timezone.localdate()
    for each in rows:
        record = each.record
        record.slug = free_slug(record.name, taken)
        if record.state == ACTIVE:
            record.joined_on = record.joined_on or today
    Organisation.objects.bulk_create([each.record for each in rows], batch_size=500)
    _place([each.record for each in rows], areas_of)
    deeds = [
        Deed(each.record, after={**each.after, "slug": each.record.slug}, reason=_REASON)
        for each in rows
    ]
    if deeds:
        audit.record_all(_REGISTER, deeds, by=by, chain=_CHAIN)


def write_changed(rows: Sequence[PlannedRow], areas_of: AreasOf, *, by: Actor) -> None:
    """Change organisations; one that takes part from now on has an event of that too."""
    joining = [each for each in rows if each.before["state"] != each.after["state"]]
    today = timezone.localdate()
    for each in joining:
        each.record.joined_on = each.record.joined_on or today
    write_columns([each.record for each in rows], _WRITTEN)
    placed = [each.record for each in rows if each.before["areas"] != each.after["areas"]]
    Organisation.areas.through._default_manager.filter(organisation__in=placed).delete()
    _place(placed, areas_of)
    edits = list(filter(None, map(_edit, rows)))
    steps = [
        Deed(each.record, {"state": each.before["state"]}, {"state": ACTIVE}) for each in joining
    ]
    for verb, deeds in (("organisation.edit", edits), (PARTICIPATION.audit_verb("join"), steps)):
        if deeds:
            audit.record_all(verb, deeds, by=by, chain=_CHAIN)


def unregister(keys: Sequence[int], *, by: Actor) -> int:
    """Take organisations out that nothing hangs on, and nothing was done with since they were written down."""
    rows = list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    busy = set(_hung_on(keys))
    free = [each for each in audit.untouched(rows, _REGISTER) if each.pk not in busy]
    deeds = [Deed(each, before={**told(each), "slug": each.slug}) for each in free]
    if deeds:
        audit.record_all("organisation.unregister", deeds, by=by, chain=_CHAIN)
    Organisation.objects.filter(pk__in=[each.pk for each in free]).delete()
    return len(free)


def _hung_on(keys: Sequence[int]) -> Iterator[int]:
    """Those that any table points to, but those of the organisation itself. Cost: a query a table."""
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.label_lower not in _OWN:
            name = f"{relation.field.name}_id" if not relation.many_to_many else relation.field.name
            rows = model._base_manager.filter(**{f"{relation.field.name}__in": keys})  # noqa: SLF001 — all rows
            yield from rows.values_list(name, flat=True)


def _edit(row: PlannedRow) -> Deed | None:
    """What was changed but how it takes part, which is a deed of its own."""
    before, after = (
        {k: v for k, v in each.items() if k != "state"}
        for each in (row.deed.before, row.deed.after)
    )
    return Deed(row.record, before, after, reason=_REASON) if after else None


def _place(records: Sequence[Organisation], areas_of: AreasOf) -> None:
    through: Any = Organisation.areas.through
    known = set(Area.objects.values_list("pk", flat=True))
    rows: list[models.Model] = [
        through(organisation_id=each.pk, area_id=slug)
        for each in records
        for slug in areas_of.get(id(each), ())
        if slug in known
    ]
    through._default_manager.bulk_create(rows, batch_size=1_000)
