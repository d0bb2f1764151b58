"""Sheets of a cohort: its people by a key without a name, and the work and courses that count."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.reading import GivenFile
from katalysator.importing.whole import read_whole
from katalysator.listings.sheet_labels import LEVEL_NAMES
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.records import Record, Records

_LONGEST: Final = 200
_MOST_SEATS: Final = 10_000
_KEY: Final = Field(
    "key",
    kinds.Identifier(),
    ("sleutel", "key", "nr", "nummer", "number", "code", "kenmerk", "id", "personeelsnummer"),
)
_SKILLS: Final = Field(
    "skills",
    kinds.LabelsIn({}),
    ("vaardigheden", "skills", "skill", "vaardigheid", "competenties", "kan", "leert", "teaches"),
)
_REGION: Final = Field(
    "region", kinds.PlacesIn(), ("regio", "plaats", "woonplaats", "place", "town", "waar", "where")
)
_LEVEL: Final = Field(
    "level",
    kinds.LabelsIn(LEVEL_NAMES, is_open=False),
    ("niveau", "opleidingsniveau", "education level", "levels"),
)
_HOURS: Final = Field(
    "hours", kinds.NumberIn(), ("uren", "uren per week", "hours per week", "hours a week")
)
_OCCUPATION: Final = Field(
    "occupation", kinds.Title(_LONGEST), ("beroep", "functie", "job title", "occupation", "baan")
)
_GROUP: Final = Field("group", kinds.Title(60), ("groep", "group", "vrijwillig opgegeven groep"))
_SEATS: Final = Field(
    "seats", kinds.Count(_MOST_SEATS), ("plaatsen", "plekken", "places", "seats", "aantal")
)
_TITLE: Final = Field(
    "title", kinds.Title(_LONGEST), ("titel", "title", "vacature", "vacancy", "cursus", "course")
)
_KIND: Final = Field(
    "kind",
    kinds.LabelsIn(
        {
            **dict.fromkeys(("job", "werk", "vacature", "vacancy"), ("job",)),
            **dict.fromkeys(("course", "cursus", "opleiding", "training"), ("course",)),
        },
        is_open=False,
    ),
    ("soort", "kind", "type"),
)
PEOPLE: Final = SheetOf(
    (_KEY, _OCCUPATION, _SKILLS, _REGION, _LEVEL, _HOURS, _GROUP),
    says=("key", "occupation", "skills"),
    key="key",
)
OPENINGS: Final = SheetOf(
    (_TITLE, _KIND, _OCCUPATION, _SKILLS, _REGION, _LEVEL, _HOURS, _SEATS), says=("title",)
)


def read_people(file: GivenFile) -> list[dict[str, Any]]:
    """The people in a sheet, all or none. Raises InvalidInput, with the line."""
    found = [_person(each) for each in _whole(file, PEOPLE).records]
    if not found:
        raise InvalidInput("nobody", _("There is nobody in this sheet."))
    for each in found:
        if not (each["skills"] or each["occupation"]):
            raise InvalidInput(
                "says-nothing",
                _("Of “%(key)s” neither an occupation nor a skill is told."),
                hint=_("Fill in one of the two."),
                key=each["key"],
            )
    return found


def read_openings(file: GivenFile) -> list[dict[str, Any]]:
    """The work and the courses in a sheet, all or none. Raises InvalidInput, with the line."""
    return [_opening(each) for each in _whole(file, OPENINGS).records]


def _whole(file: GivenFile, of: SheetOf) -> Records:
    """All records of a sheet; InvalidInput at the first line that says something that cannot be."""
    missing = InvalidInput(
        "no-key",
        _("No column has a key of your own for each person."),
        hint=_("Add a column “key” with a number that only you can read: no names."),
    )
    return read_whole(file, of, (of.key,) if of.key else (), missing)


def _person(record: Record) -> dict[str, Any]:
    key = str(record.get("key") or record.line.number)
    if "@" in key:
        raise InvalidInput(
            "key-personal",
            _("“%(key)s” tells who it is."),
            hint=_("Use a key that only you can read: neither a name nor an address."),
            key=key,
        )
    return {"key": key, "group": record.get("group", ""), **_alike(record)}


def _opening(record: Record) -> dict[str, Any]:
    kind = next(iter(record.get("kind", ())), "job")
    return {
        "title": record.get("title"),
        "kind": kind,
        "seats": int(record.get("seats", 1)),
        "listing": None,
        **_alike(record),
    }


def _alike(record: Record) -> dict[str, Any]:
    """What people and openings say alike."""
    hours = record.get("hours")
    ends = None if hours is None else [_number(hours.low), _number(hours.high)]
    lists: Mapping[str, Sequence[str]] = {
        "skills": record.get("skills", ()),
        "regions": record.get("region", ()),
        "levels": record.get("level", ()),
    }
    return {
        "occupation": record.get("occupation", ""),
        "hours": ends,
        **{name: list(dict.fromkeys(values)) for name, values in lists.items()},
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
