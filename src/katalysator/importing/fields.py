"""What every sheet may have: the column that we add ourselves, and those that are not used."""

from dataclasses import replace
from typing import Final

from katalysator.core.language import languages, lazy as _, speaking
from katalysator.core.terms import LabelText
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import NOT_USED

REASON: Final = _("Reason that it was left out")
"""The column that we add to rows that were left out."""
UNUSED_LABEL: Final = _("Not used")


def with_our_own_column(of: SheetOf) -> SheetOf:
    """What a sheet holds, where the column that we add to rows that were left out is known as one that is not used."""
    return replace(of, fields=tuple(map(_knowing, of.fields)))


def _knowing(field: Field) -> Field:
    if field.name != NOT_USED:
        return field
    return replace(field, headers=(*spoken(REASON), *field.headers))


def spoken(label: LabelText) -> tuple[str, ...]:
    """A label in each language that people may have used above a column."""
    said: dict[str, None] = {}
    for language in languages():
        with speaking(language):
            said[str(label)] = None
    return tuple(said)


def as_names(said: str) -> tuple[str, ...]:
    """Names of a column, between commas."""
    return tuple(name.strip() for name in said.split(","))
