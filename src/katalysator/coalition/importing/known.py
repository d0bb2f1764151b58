"""Which organisation a row is about: by what its keeper calls it, its numbers, or its name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Q

from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.models import Organisation
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.names import words

_FOLDED: Final = "SELECT said, coalition_folded(said) FROM unnest(%s::text[]) AS said"
_NAMED: Final = """
    SELECT DISTINCT id FROM (
        SELECT id, unnest(string_to_array(folded_names, chr(10))) AS name FROM coalition_organisation
    ) AS named WHERE name = ANY(%s)
"""

_DEPARTMENT: Final = re.compile(r"\s*[,(/]|\s+[-–]\s+")
"""What stands between an organisation and a part of it."""


class MeantOrganisation(NamedTuple):
    """What tells which organisation is meant; empty where it is not said."""

    name: str
    key: str = ""
    slug: str = ""
    kvk: str = ""
    ror: str = ""


@dataclass(slots=True)
class KnownOrganisations:
    """The organisations that some rows may be about, at hand by all that tells them apart."""

    folded: Mapping[str, str]
    rows: list[Organisation]
    by_key: Mapping[str, int]
    by_pk: dict[int, Organisation] = field(init=False)
    by_number: dict[tuple[str, str], Organisation] = field(init=False, default_factory=dict)
    by_name: dict[str, dict[int, Organisation]] = field(init=False, default_factory=dict)

    @classmethod
    def of(
        cls, wanted: Iterable[MeantOrganisation], source: str, *, locked: bool = False
    ) -> "KnownOrganisations":
        """Ask for them all at once. Cost: five queries, one of which passes over the table."""
        said = list(wanted)
        folded = _folded({each.name for each in said})
        keys = {each.key for each in said if each.key}
        found = OrganisationKey.objects.filter(source=source, key__in=keys)
        by_key = dict(found.values_list("key", "subject_id"))
        meant = Q(pk__in={*by_key.values(), *_named(set(folded.values()) - {""})})
        for name in ("slug", "kvk", "ror"):
            meant |= Q(**{f"{name}__in": {getattr(each, name) for each in said} - {""}})
        rows = Organisation.objects.filter(meant).order_by("pk").prefetch_related("areas")
        if locked:
            rows = rows.select_for_update(of=("self",))
        return cls(folded, list(rows), by_key)

    def __post_init__(self) -> None:
        self.by_pk = {each.pk: each for each in self.rows}
        for each in self.rows:
            for name in ("slug", "kvk", "ror"):
                if number := getattr(each, name):
                    self.by_number[name, number] = each
            for line in filter(None, each.folded_names.split("\n")):
                self.by_name.setdefault(line, {})[each.pk] = each

    def find(self, wanted: MeantOrganisation) -> Organisation | None:
        """The one that is meant: what its keeper calls it goes before numbers, and those before names.

        Raises InvalidInput where the row tells of two.
        """
        by_number = self._by_numbers(wanted)
        known = self.by_pk.get(self.by_key.get(wanted.key, 0)) or self.by_number.get(
            ("slug", wanted.slug)
        )
        if known and by_number and known != by_number:
            raise _two(known, by_number).at("kvk")
        return known or by_number or self._by_name(wanted)

    def participant(self, named: str) -> Organisation:
        """The participant of this name, or of this address on the site. Raises InvalidInput where there is none."""
        found = self.find(MeantOrganisation(name=named, slug=named))
        if found is None or not found.is_participant:
            raise _no_participant(named)
        return found

    def _by_numbers(self, wanted: MeantOrganisation) -> Organisation | None:
        found = {
            name: self.by_number[name, getattr(wanted, name)]
            for name in ("kvk", "ror")
            if (name, getattr(wanted, name)) in self.by_number
        }
        if len(set(found.values())) > 1:
            raise _two(*found.values()).at("ror")
        return next(iter(found.values()), None)

    def _by_name(self, wanted: MeantOrganisation) -> Organisation | None:
        alike = list(self.by_name.get(self.folded.get(wanted.name, ""), {}).values())
        if len(alike) > 1:
            raise _two(*alike[:2]).at("name")
        for name in ("kvk", "ror"):
            said = getattr(wanted, name)
            if alike and said and getattr(alike[0], name) not in ("", said):
                raise _other_number(alike[0], getattr(alike[0], name)).at(name)
        return alike[0] if alike else None


def of_another(mine: Organisation, said: str) -> InvalidInput | None:
    """Why a row that names an organisation is not of this one, if it is not."""
    named = {words(said), words(_DEPARTMENT.split(said)[0])}
    if not said or named & set(map(words, (mine.name, *mine.other_names))):
        return None
    return InvalidInput(
        "row-of-organisation",
        _("This row is of “%(owner)s”, and not of “%(mine)s”."),
        hint=_("Is it yours under another name? Then do not use this column."),
        owner=said,
        mine=mine.name,
    )


def _folded(names: set[str]) -> dict[str, str]:
    """The names as they are compared, which only the database knows."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED, [sorted(names)])
        return dict(cursor.fetchall())


def _named(names: set[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [sorted(names)])
        return [number for (number,) in cursor.fetchall()]


def _two(one: Organisation, other: Organisation) -> InvalidInput:
    return InvalidInput(
        "row-of-two",
        _("This may be “%(one)s” and “%(other)s”."),
        hint=_(
            "Are they the same? Then make them one record first (Bureau, records that look alike)."
        ),
        one=one.name,
        other=other.name,
    )


def _other_number(known: Organisation, number: str) -> InvalidInput:
    return InvalidInput(
        "row-other-number",
        _("“%(name)s” is there already, with the number %(number)s."),
        hint=_("Mend the number, or give the row another name."),
        name=known.name,
        number=number,
    )


def _no_participant(name: str) -> InvalidInput:
    return InvalidInput(
        "row-no-participant",
        _("“%(name)s” is not a participant."),
        hint=_("Write its name as it stands in the directory, or import the participants first."),
        name=name,
    )
