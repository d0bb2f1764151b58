"""The areas and hubs of the coalition, made those that are asked for; none that is in use goes."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from katalysator.coalition.founding.facts import AreaFacts, HubFacts
from katalysator.coalition.models import Area, Hub
from katalysator.faults import Conflict, gettext_noop as _


def place_areas(wanted: tuple[AreaFacts, ...]) -> None:
    """Make the areas these, in this order. Raises Conflict for one that would go and is in use."""
    gone = Area.objects.exclude(slug__in=[each.slug for each in wanted])
    for area in gone:
        if any(rows.exists() for rows in _using(area)):
            raise _in_use(str(area))
    gone.delete()
    for position, each in enumerate(wanted, 1):
        facts = {"name": each.name, "position": position}
        Area.objects.update_or_create(slug=each.slug, defaults=facts)


def place_hubs(wanted: tuple[HubFacts, ...]) -> None:
    """Make the hubs these. Raises Conflict for one that would go and that records point to."""
    gone = Hub.objects.exclude(slug__in=[each.slug for each in wanted])
    for hub in gone:
        if any(rows.exists() for rows in _pointing(hub)):
            raise _in_use(str(hub))
    gone.delete()
    for each in wanted:
        facts = {"name": each.name, "regions": list(each.regions), "source": each.source}
        Hub.objects.update_or_create(slug=each.slug, defaults=facts)


def _using(area: Area) -> Iterator[models.QuerySet[Any]]:
    """The rows of every table that name an area: by a key, or in a list of areas."""
    yield from _pointing(area)
    for model in apps.get_models():
        for each in model._meta.concrete_fields:
            if each.name == "areas" and isinstance(each, ArrayField):
                yield model._base_manager.filter(areas__contains=[area.slug])  # noqa: SLF001 — all rows


def _pointing(record: models.Model) -> Iterator[models.QuerySet[Any]]:
    for relation in record._meta.related_objects:
        model: Any = relation.related_model
        yield model._base_manager.filter(**{relation.field.name: record})  # noqa: SLF001 — all rows


def _in_use(name: str) -> Conflict:
    return Conflict(
        "in-use",
        _("“%(name)s” cannot go: there are records in it."),
        hint=_("Leave it in the list, or move those first."),
        name=name,
    )
