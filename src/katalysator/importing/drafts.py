"""Rows of a sheet that become drafts: written with what is changed of others, and thrown away again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.audit import Deed
from katalysator.core.columns import write_columns
from katalysator.importing.plan import Effect, SheetPlan


def write_drafts(
    plan: SheetPlan,
    model: type[models.Model],
    columns: Sequence[str],
    *,
    by: Actor,
    made: str,
    changed: str,
) -> None:
    """Write what is new, as written by whoever gives the sheet, and these columns of what is changed, each with its event.

    `made` and `changed` are the verbs of the events. Cost: some queries a thousand.
    """
    new, edits = plan.of(Effect.NEW), plan.of(Effect.CHANGED)
    for each in new:
        each.record.author = by if isinstance(by, AbstractBaseUser) else None
    table: Any = model
    table.objects.bulk_create([each.record for each in new], batch_size=500)
    write_columns([each.record for each in edits], columns)
    for verb, rows in ((made, new), (changed, edits)):
        if rows:
            deeds = [each.deed for each in rows]
            audit.record_all(verb, deeds, by=by, chain=model._meta.app_label)


def throw_away(
    drafts: "models.QuerySet[Any]",
    *,
    by: Actor,
    made: str,
    thrown: str,
    told: Callable[[Any], Mapping[str, Any]],
) -> int:
    """Throw away those of some drafts that nobody did anything with since they were made; says how many.

    `made` and `thrown` are verbs, `told` says what the trail keeps of a draft. Cost: some queries.
    """
    rows = list(drafts.select_for_update(of=("self",)).order_by("pk"))
    untouched = audit.untouched(rows, made)
    deeds = [Deed(each, before=told(each)) for each in untouched]
    if deeds:
        audit.record_all(thrown, deeds, by=by, chain=drafts.model._meta.app_label)
    drafts.model._default_manager.filter(pk__in=[each.pk for each in untouched]).delete()
    return len(untouched)
