"""A sheet between its giving and its taking in: kept in the database for the person who gave it, for some hours."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.importing.kinds import SheetImport
from katalysator.importing.models import SHEET_KEPT, KeptSheet
from katalysator.importing.reading import GivenFile, ReadSheet, read_sheet

_LONGEST_NAME = 120


def keep(file: GivenFile, kind: SheetImport, told: Mapping[str, Any], *, of: Any) -> KeptSheet:
    """Keep a sheet that can be read, in the place of one that the person gave before. Raises InvalidInput."""
    sheet = KeptSheet(
        id=uuid4(),
        person=of,
        imports=kind.name,
        target=dict(told),
        name=_short(file.name),
        content=file.content,
    )
    read(sheet)
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=of.pk)
        KeptSheet.objects.filter(person=of).delete()
        sheet.save(force_insert=True)
    return sheet


def kept(pk: UUID, kind: SheetImport, *, of: Any) -> KeptSheet | None:
    """The sheet of this key, where this person gave it and it was not kept long enough."""
    since = timezone.now() - SHEET_KEPT
    mine = KeptSheet.objects.visible_to(of, since=since)
    sheet: KeptSheet | None = mine.filter(pk=pk, imports=kind.name).first()
    return sheet


def read(sheet: KeptSheet) -> ReadSheet:
    """The table in it, with what its columns are taken for. Raises InvalidInput."""
    chosen = {int(place): name for place, name in sheet.columns.items()}
    file = GivenFile(bytes(sheet.content), sheet.name)
    return read_sheet(file, sheet.kind, sheet.place, chosen)


def choose(sheet: KeptSheet, columns: Mapping[int, str]) -> None:
    """Keep what the person says of the columns, by their places."""
    sheet.columns = {str(place): name for place, name in columns.items()}
    sheet.save(update_fields=["columns"])


def _short(name: str) -> str:
    """What a file is called, in one line; the end tells more than the beginning."""
    name = plain_line(name)
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
