"""The columns that a table may have, by which names they go, and where they stand in one table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from katalysator.cli.match.table import Table
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _


class Column(StrEnum):
    """The columns that we understand, by our own name for them."""

    ID = "id"
    MARKET = "market"
    TITLE = "title"
    TEXT = "text"
    ORGANISATION = "organisation"
    AREAS = "areas"
    REGION = "region"
    LANGUAGE = "language"
    SKILLS = "skills"
    LEVEL = "level"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    CAPACITY = "capacity"
    TICKET_MIN = "ticket_min"
    TICKET_MAX = "ticket_max"
    REGION_REQUIRED = "region_required"
    AREAS_REQUIRED = "areas_required"
    MIN_CAPACITY = "min_capacity"
    KIND = "kind"


Mapped = Mapping[Column, str]
"""Columns with the names that a user gave them."""

NEEDS: Final = frozenset(Column)
OFFERS: Final = NEEDS - {Column.REGION_REQUIRED, Column.AREAS_REQUIRED, Column.MIN_CAPACITY}

_OTHER_NAMES: Final = {
    Column.ID: "nr nummer number kenmerk",
    Column.MARKET: "markt",
    Column.TITLE: "titel",
    Column.TEXT: "tekst omschrijving beschrijving toelichting description",
    Column.ORGANISATION: "organization organisatie",
    Column.AREAS: "area gebied gebieden toepassingsgebied toepassingsgebieden",
    Column.REGION: "regions regio regios provincie province nuts",
    Column.LANGUAGE: "taal",
    Column.SKILLS: "skill vaardigheid vaardigheden competenties competences",
    Column.LEVEL: "levels niveau niveaus",
    Column.PERIOD_START: "start begin from vanaf start_date startdatum begindatum",
    Column.PERIOD_END: "end einde eind until tot_en_met end_date einddatum",
    Column.CAPACITY: "capaciteit plaatsen places seats",
    Column.TICKET_MIN: "bedrag_min min_bedrag minimumbedrag amount_min min_amount",
    Column.TICKET_MAX: "bedrag_max max_bedrag maximumbedrag amount_max max_amount",
    Column.REGION_REQUIRED: "regio_verplicht regio_vereist",
    Column.AREAS_REQUIRED: "area_required gebied_verplicht gebieden_verplicht gebieden_vereist",
    Column.MIN_CAPACITY: "min_capaciteit minimumcapaciteit minimale_capaciteit min_plaatsen",
    Column.KIND: "need/offer need_or_offer vraag/aanbod vraag_of_aanbod",
}
_SPACING: Final = re.compile(r"[\s_-]+")
_COLUMNS: Final = {
    name: column
    for column, others in _OTHER_NAMES.items()
    for name in (str(column), *others.split())
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of one table stand, counted from 0, and the names that are not used."""

    places: Mapping[Column, int]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mappings:
    """What a user says about columns: in both files, and in each of them."""

    shared: Mapped
    needs: Mapped
    offers: Mapped

    @classmethod
    def parse(
        cls, shared: Iterable[str], needs: Iterable[str], offers: Iterable[str]
    ) -> "Mappings":
        """Read pairs such as ``title=Onderwerp``."""
        return cls(_mapping(shared), _mapping(needs), _mapping(offers))


def column(name: str) -> Column | None:
    """The column that goes by this name in Dutch or English, in any case."""
    return _COLUMNS.get(_folded(name))


def layout(header: Sequence[str], mapped: Mapped, understood: frozenset[Column]) -> Layout:
    """Find the columns of a table. What was mapped goes before what we recognise ourselves."""
    names = [_folded(name) for name in header]
    places = {
        column: names.index(_folded(name))
        for column, name in mapped.items()
        if column in understood and _folded(name) in names
    }
    taken = set(places.values())
    for place, name in enumerate(names):
        found = _COLUMNS.get(name)
        if place in taken or found is None or found in mapped or found not in understood:
            continue
        if found in places:
            raise _twice(found, header[places[found]], header[place])
        places[found] = place
    if not {Column.TITLE, Column.TEXT} & places.keys():
        raise _nothing_to_read(header)
    used = set(places.values())
    if Column.KIND in places:  # then the columns of the other kind are for its rows
        used |= {place for place, name in enumerate(names) if name in _COLUMNS}
    return Layout(places, tuple(name for n, name in enumerate(header) if name and n not in used))


def missing(mapped: Mapped, *tables: Table) -> list[InvalidInput]:
    """Complaints about mapped names that stand in the header of none of the tables."""
    headers = [name for table in tables for name in table.header.cells]
    present = {_folded(name) for name in headers}
    where = " + ".join(dict.fromkeys(table.file for table in tables))
    return [
        _not_there(column, name, headers).at(where)
        for column, name in mapped.items()
        if _folded(name) not in present
    ]


def _mapping(pairs: Iterable[str]) -> dict[Column, str]:
    mapped: dict[Column, str] = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        chosen = column(ours)
        if not sign or not theirs.strip() or chosen is None:
            raise InvalidInput(
                "column-mapping",
                _("“%(pair)s” does not say which column is which."),
                hint=_("Write title=Subject. Before the sign comes one of: %(names)s."),
                pair=pair,
                names=tuple(Column),
            )
        mapped[chosen] = theirs.strip()
    return mapped


def _folded(name: str) -> str:
    """A name as we compare it: no case, no apostrophes, one sign for spaces and hyphens."""
    plain = name.casefold().replace("'", "").replace("’", "").strip()
    return _SPACING.sub("_", plain)


def _not_there(column: Column, name: str, header: Sequence[str]) -> InvalidInput:
    return InvalidInput(
        "column-missing",
        _("There is no column “%(name)s” to read as “%(column)s”."),
        hint=_("The columns are: %(header)s."),
        name=name,
        column=column,
        header=tuple(dict.fromkeys(name for name in header if name)),
    )


def _twice(column: Column, one: str, other: str) -> InvalidInput:
    return InvalidInput(
        "column-twice",
        _("“%(one)s” and “%(other)s” both mean “%(column)s”."),
        hint=_("Rename one of them, or choose with --column %(column)s=NAME."),
        one=one,
        other=other,
        column=column,
    )


def _nothing_to_read(header: Sequence[str]) -> InvalidInput:
    return InvalidInput(
        "column-title",
        _("There is no column “title” or “text” among: %(header)s."),
        hint=_("Rename a column, or say which one it is with --column title=NAME."),
        header=tuple(dict.fromkeys(name for name in header if name)),
    )
