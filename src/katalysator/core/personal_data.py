"""All that the house holds of a person, which anybody may ask for of oneself: each room registers its part.

A room says so in its module `personal_data.py`, which is found by itself:

    @holds("listings", Listing)
    def listings_of(person): ...

A test finds tables that are about people and are named by no room.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from django.db import models

from katalysator.core import audit
from katalysator.core.models import Event

HeldPart: TypeAlias = Callable[[Any], Any]

_parts: Final[dict[str, HeldPart]] = {}
_tables: Final[set[type[models.Model]]] = set()


def holds(name: str, *tables: type[models.Model]) -> Callable[[HeldPart], HeldPart]:
    """Register a part by the function that gives it, in what JSON knows; `tables` are those that it is from."""

    def registered(part: HeldPart) -> HeldPart:
        if name in _parts:
            raise ValueError(f"There is a part {name!r} already.")
        _parts[name] = part
        _tables.update(tables)
        return part

    return registered


def held_of(person: Any) -> dict[str, Any]:
    """All that is held of a person, by the names of the parts."""
    return {name: part(person) for name, part in sorted(_parts.items())}


def told_of() -> frozenset[type[models.Model]]:
    """The tables that some part is from."""
    return frozenset(_tables)


def rows(found: models.QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    """Records of a table with some of their fields."""
    return list(found.values(*names))


@holds("trail", Event)
def events(person: Any) -> Iterable[dict[str, Any]]:
    """What the audit trail says of what the person did, and of what was done to the account."""
    mine = Event.objects.filter(actor=person.pk) | audit.history(person)
    names = ("at", "verb", "subject_type", "subject_id", "before", "after", "reason")
    return rows(mine.order_by("pk"), *names)
