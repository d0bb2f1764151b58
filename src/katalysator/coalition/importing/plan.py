"""What becomes of the rows of a sheet of participants beside the organisations that are there."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from katalysator.coalition.importing.known import KnownOrganisations, MeantOrganisation
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.facts import OrganisationFacts, fill, told
from katalysator.coalition.workflow import ACTIVE, PARTICIPATION
from katalysator.core.rows import require_fit
from katalysator.importing.plan import Planning
from katalysator.importing.rows import SheetRow

_AS_SAID: Final = (
    "kind", "city", "region", "kvk", "website", "contact", "blocks", "mail_domains",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParticipantsTarget:
    """What organisations are where the sheet does not say it: of which kind, and whether they take part."""

    kind: str = Organisation.Kind.COMPANY.value
    takes_part: bool = True


@dataclass(slots=True)
class ParticipantPlanning(Planning):
    """Goes by the rows; `areas_of` holds the areas that an organisation will have."""

    known: KnownOrganisations
    target: ParticipantsTarget
    source: str
    areas_of: dict[int, list[str]] = field(default_factory=dict)

    leading = "name"
    columns = {"contact": ("public_contact",)}

    def found(self, row: SheetRow) -> Organisation | None:
        """By what tells organisations apart."""
        return self.known.find(wanted_of(row))

    def made(self, row: SheetRow) -> Organisation:  # noqa: ARG002 — all alike
        """One that is not there yet."""
        return Organisation(kind=self.target.kind, region="NL")

    def fill(self, record: Organisation, row: SheetRow, *, is_new: bool) -> None:
        """What the row says takes the place of what was there; a name of before stays another name."""
        said = row.said
        areas = self._areas(record) if "areas" not in said else sorted(said["areas"])
        fill(record, _facts(record, said, self.known.folded, areas=areas, is_new=is_new))
        record.ror = said.get("ror", record.ror)
        record.joined_on = said.get("joined_on", record.joined_on)
        record.is_founding = said.get("is_founding", record.is_founding)
        if said.get("takes_part", self.target.takes_part) and record.state == PARTICIPATION.initial:
            record.state = ACTIVE
        require_fit(record)
        self.areas_of[id(record)] = areas

    def facts(self, record: Organisation) -> Mapping[str, Any]:
        """As the audit trail has it, with how it takes part."""
        joined = record.joined_on.isoformat() if record.joined_on else ""
        own = {"ror": record.ror, "joined_on": joined, "is_founding": record.is_founding}
        return {**told(record, self._areas(record)), **own, "state": record.state}

    def about(self, row: SheetRow) -> Sequence[Hashable]:
        """Its name and its numbers: two rows may share none of them."""
        wanted = wanted_of(row)
        numbers = [(name, getattr(wanted, name)) for name in ("kvk", "ror")]
        return [("name", self.known.folded[wanted.name]), *(each for each in numbers if each[1])]

    def _areas(self, record: Organisation) -> list[str]:
        if id(record) in self.areas_of:
            return self.areas_of[id(record)]
        return sorted(area.pk for area in record.areas.all()) if record.pk else []


def wanted_of(row: SheetRow) -> MeantOrganisation:
    """What tells which organisation a row is about."""
    said = row.said
    numbers = {name: said.get(name, "") for name in ("slug", "kvk", "ror")}
    return MeantOrganisation(name=said.get("name", ""), key=row.reference, **numbers)


def _facts(
    record: Organisation,
    said: Mapping[str, Any],
    folded: Mapping[str, str],
    *,
    areas: Collection[str],
    is_new: bool,
) -> OrganisationFacts:
    """All that an organisation says after the row was taken in."""
    kept: Any = {name: said.get(name, getattr(record, name)) for name in _AS_SAID}
    name, others = said["name"], list(said.get("other_names", record.other_names))
    if not is_new and name != record.name:
        is_other = folded.get(name, "") in record.folded_names.split("\n")
        name, others = (record.name, others) if is_other else (name, [*others, record.name])
    stated: Any = {
        each: tuple(value) if isinstance(value, list) else value for each, value in kept.items()
    }
    return OrganisationFacts(
        **stated,
        name=name,
        other_names=tuple(dict.fromkeys(each for each in others if each != name)),
        about={**record.about, **said.get("about", {})},
        areas=tuple(areas),
    )
