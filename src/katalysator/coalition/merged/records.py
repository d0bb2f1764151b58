"""What hangs on a record moves to another: every table that points to organisations is asked.

Where both have what there may be only one of, the room of that table says what becomes of the second: in
its module `merging.py`, which is found by itself.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from django.db import IntegrityError, models, transaction
from django.db.models.fields.related import ForeignObjectRel

from katalysator.coalition.models import Organisation

Resolve: TypeAlias = Callable[[Any, Organisation], None]
"""Gets the row that clashes, and the organisation that stays; afterwards the row is there or gone for good."""

_resolved: dict[type[models.Model], Resolve] = {}


def where_both_have_one(model: type[models.Model]) -> Callable[[Resolve], Resolve]:
    """Declare what becomes of a row of this table where the organisation that stays has one like it."""

    def declared(resolve: Resolve) -> Resolve:
        _resolved[model] = resolve
        return resolve

    return declared


def pointing(
    organisation: Organisation,
) -> Iterator[tuple[type[models.Model], str, models.QuerySet[Any]]]:
    """Every table that points to organisations, by which field, and its rows for one of them.

    But for those of the organisation itself, such as its areas.
    """
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model: Any = relation.related_model
        is_own = model._meta.auto_created is Organisation
        if not is_own and (relation.one_to_many or relation.one_to_one):
            name = relation.field.name
            rows = model._base_manager.filter(**{name: organisation})  # noqa: SLF001 — all rows there are
            yield model, name, rows.order_by("pk")


def move(gone: Organisation, kept: Organisation) -> int:
    """Let all that points to `gone` point to `kept`; returns how many rows there were.

    Call it in a transaction. Raises IntegrityError for a table that says nothing of clashes. Cost: a query a
    row, and one a table.
    """
    moved = 0
    for model, name, rows in pointing(gone):
        for row in rows:
            _move(model, name, row, kept)
            moved += 1
    return moved


def left(organisation: Organisation) -> dict[str, int]:
    """How many rows point to an organisation, by their table; those with none are left out."""
    counts = {
        model._meta.label_lower: rows.count() for model, _name, rows in pointing(organisation)
    }
    return {label: count for label, count in counts.items() if count}


def _move(model: type[models.Model], name: str, row: Any, kept: Organisation) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: kept})  # noqa: SLF001 — as above
    except IntegrityError:
        if model not in _resolved:
            raise
        _resolved[model](row, kept)
