"""The columns that such sheets have alike: where on the map a row stands, its language, and who sees it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from katalysator.coalition.importing.fields import areas_by_words, block_names
from katalysator.importing.fields import as_names, spoken, with_our_own_column
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf

_OTHER_READERS: Final = {
    "iedereen": "everyone", "openbaar": "everyone", "publiek": "everyone", "public": "everyone", "open": "everyone",
    "deelnemers": "participants", "leden": "participants", "members": "participants", "intern": "participants",
    "alleen leden": "participants", "members only": "participants",
}  # fmt: skip


def sheet_of_fields(fields: tuple[Field, ...], names: tuple[str, ...]) -> SheetOf:
    """A sheet with these fields, of which the title says what a row is. Cost: one query, for the areas."""
    areas = kinds.LabelsIn({" ".join(name): (slug,) for name, slug in areas_by_words().items()})
    found = tuple(replace(each, kind=areas) if each.name == "areas" else each for each in fields)
    return with_our_own_column(SheetOf(found, says=("title",), key="id", names=names))


def map_fields(readers: Any) -> tuple[Field, ...]:
    """Areas, blocks, language, and who of these readers sees it."""
    return (
        Field("visibility", choices_by_name(readers, _OTHER_READERS), as_names("zichtbaarheid, zichtbaar voor, visible to, wie ziet het, openbaar, public")),
        Field("areas", kinds.LabelsIn({}), as_names("area, gebied, gebieden, toepassingsgebied, toepassingsgebieden, sector, sectoren, sectors, thema, themes, domein, branche"), ticked=True),
        Field("blocks", kinds.LabelsIn(block_names(), is_open=False), as_names("block, bouwsteen, bouwstenen, building blocks")),
        Field("language", kinds.Languages(), as_names("taal, voertaal")),
    )  # fmt: skip


def choices_by_name(choices: Any, others: Mapping[str, str]) -> kinds.LabelsIn:
    """Some choices, by their labels in each language and by other names."""
    own = {name: (each.value,) for each in choices for name in (each.value, *spoken(each.label))}
    known = {**{name: (each,) for name, each in others.items()}, **own}
    return kinds.LabelsIn(known, is_open=False)
