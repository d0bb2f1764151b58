"""A sheet between its giving and its taking in: kept in the database for the person who gave it, for some hours."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.listings.importing.fields import labels, sheet_of
from katalysator.listings.importing.reading import ReadSheet, read_sheet
from katalysator.listings.importing.rows import Target
from katalysator.listings.models import SHEET_KEPT, KeptSheet, Kind

_LONGEST_NAME = 120


def keep(content: bytes, name: str, target: Target, *, of: Person) -> KeptSheet:
    """Keep a sheet that can be read, in the place of one that the person gave before. Raises InvalidInput."""
    sheet = KeptSheet(
        id=uuid4(),
        person=of,
        organisation=target.organisation,
        kind=target.kind,
        market=target.market.slug,
        name=_short(name),
        content=content,
    )
    read(sheet)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=of.pk)
        KeptSheet.objects.filter(person=of).delete()
        sheet.save(force_insert=True)
    return sheet


def kept(pk: UUID, *, of: Person) -> KeptSheet | None:
    """The sheet of this key, where this person gave it and it was not kept long enough."""
    since = timezone.now() - SHEET_KEPT
    mine = KeptSheet.objects.visible_to(of, since=since).select_related("organisation")
    sheet: KeptSheet | None = mine.filter(pk=pk).first()
    return sheet


def target_of(sheet: KeptSheet) -> Target:
    """What the rows of a sheet are to become."""
    return Target(sheet.organisation, Kind(sheet.kind), sheet.market_class)


def read(sheet: KeptSheet) -> ReadSheet:
    """The table in it, with what its columns are taken for. Raises InvalidInput."""
    target = target_of(sheet)
    of, usable = sheet_of(target.half, target.market), labels(target.half, target.market)
    chosen = {int(place): name for place, name in sheet.columns.items()}
    return read_sheet(bytes(sheet.content), sheet.name, of, usable, chosen)


def choose(sheet: KeptSheet, columns: Mapping[int, str]) -> None:
    """Keep what the person says of the columns, by their places."""
    sheet.columns = {str(place): name for place, name in columns.items()}
    sheet.save(update_fields=["columns"])


def _short(name: str) -> str:
    """What a file is called, in one line; the end tells more than the beginning."""
    name = plain_line(name)
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
