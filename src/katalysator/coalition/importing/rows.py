"""From the records of a sheet of participants to what organisations say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from katalysator.coalition.filters import province_choices
from katalysator.coalition.importing.fields import areas_by_words
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.rows import SheetRow, SheetRows, at
from katalysator.tables.names import words
from katalysator.tables.places.reading import read_places
from katalysator.tables.records import Record, Records

_AS_SAID: Final = (
    "name", "other_names", "city", "kvk", "ror", "blocks", "mail_domains", "takes_part", "is_founding", "slug",
)  # fmt: skip


def read_rows(read: Records) -> SheetRows:
    """Read all rows. Cost: one query, for the areas."""
    areas, provinces = areas_by_words(), frozenset(code for code, _name in province_choices())
    notes: list[InvalidInput] = []
    rows = []
    for record in read.records:
        said = dict(_said(record, provinces))
        known, unknown = named_areas(record, areas)
        notes += [at(read, area_left_open(each), record.line, "areas") for each in unknown]
        said |= {"areas": known} if known else {}
        rows.append(SheetRow(line=record.line, reference=record.get("id", ""), said=said))
    return SheetRows(read, tuple(rows), read.left_out, (*read.remarks, *notes))


def _said(record: Record, provinces: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for name in _AS_SAID:
        if (value := record.get(name)) is not None:
            yield name, value
    for name, field in (("kind", "kind"), ("contact", "public_contact")):
        if several := record.get(field):
            yield name, several[0]
    website = record.get("website", "")
    made = {
        "website": website if "://" in website or not website else f"https://{website}",
        "region": region_of(record, "city", provinces),
        "about": _about(record),
    }
    yield from ((name, value) for name, value in made.items() if value)
    if (days := record.get("joined_on")) and (day := days.start or days.end):
        yield "joined_on", day


def region_of(record: Record, place: str, provinces: frozenset[str]) -> str:
    """The province, or the country: as it is said, or else that of a place in the field of this name."""
    said = record.get("region") or read_places(record.get(place, "")).codes
    for code in said:
        if code[:4] in provinces:
            return str(code[:4])
    return str(said[0]) if said and "region" in record.values else ""


def _about(record: Record) -> Mapping[str, str]:
    told = {code: record.get(f"about_{code}", "") for code in ("nl", "en")}
    if text := record.get("about"):
        told.setdefault(detect(text), "")
        told[detect(text)] = told[detect(text)] or text
    return {code: text for code, text in told.items() if text}


def named_areas(
    record: Record, areas: Mapping[tuple[str, ...], str]
) -> tuple[tuple[str, ...], list[str]]:
    """The areas that are meant, and the names of those that the coalition does not have."""
    named = record.get("areas", ())
    known = dict.fromkeys(areas[words(each)] for each in named if words(each) in areas)
    return tuple(known), [each for each in named if words(each) not in areas]


def area_left_open(name: str) -> InvalidInput:
    """What is said of an area that the coalition does not have."""
    return InvalidInput(
        "area-unknown",
        _("“%(area)s” is not an area of this coalition: left open."),
        hint=_("The bureau says which areas there are."),
        area=name,
    )
