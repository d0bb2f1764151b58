"""Which record a row is about: by what its list calls it, or else by its title."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from katalysator.coalition.importing.held.rows import HeldTarget
from katalysator.coalition.importing.known import KnownOrganisations, MeantOrganisation
from katalysator.coalition.models import Organisation
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput
from katalysator.importing.keys import LONGEST_SOURCE, source_of
from katalysator.importing.models import SheetKey
from katalysator.importing.plan import Planning
from katalysator.importing.rows import SheetRow


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """The records that rows may be about: all (`there`), by what the list calls them, and the organisations that are named."""

    source: str
    by_key: Mapping[str, Any]
    there: Sequence[Any]
    known: KnownOrganisations | None

    @classmethod
    def of(
        cls,
        rows: Sequence[SheetRow],
        target: HeldTarget,
        file: str,
        records: "models.QuerySet[Any]",
        key_model: type[SheetKey],
        *,
        locked: bool,
    ) -> "HeldRecords":
        """Ask for them all at once, of those of the holder. Cost: two queries; seven where the sheet says whose they are."""
        holder = target.holder
        source = f"{holder.pk if holder else ''}:{source_of(file)}"[:LONGEST_SOURCE]
        table: Any = key_model
        keys = dict(table.objects.filter(source=source).values_list("key", "subject_id"))
        mine = records.filter(organisation=holder) if holder else records
        meant = Q(pk__in=keys.values()) | Q(title__in={row.said["title"] for row in rows})
        found = mine.filter(meant).order_by("pk").select_related("organisation")
        there = list(found.select_for_update(of=("self",)) if locked else found)
        by_pk = {each.pk: each for each in there}
        by_key = {key: by_pk[pk] for key, pk in keys.items() if pk in by_pk}
        named = [
            MeantOrganisation(said, slug=said)
            for row in rows
            if (said := row.said.get("organisation"))
        ]
        known = KnownOrganisations.of(named, "") if named and not holder else None
        return cls(source, by_key, there, known)


@dataclass(slots=True)
class HeldPlanning(Planning):
    """Goes by the rows; a room says what its records are, and may tell them apart by more than their titles."""

    target: HeldTarget
    records: HeldRecords
    by_title: dict[str, list[Any]] = field(init=False, default_factory=dict)

    leading = "title"

    def __post_init__(self) -> None:
        for each in self.records.there:
            self.by_title.setdefault(each.title, []).append(each)

    def when(self, row: SheetRow) -> Hashable:  # noqa: ARG002 — most need no more than a title
        """What of a row tells it from others with its title; None where nothing does."""
        return None

    def is_then(self, record: Any, when: Hashable) -> bool:  # noqa: ARG002
        """Whether a record is that one."""
        return True

    def found(self, row: SheetRow) -> Any:
        """By what the list calls it; else the only one of its holder with its title."""
        if known := self.records.by_key.get(row.reference):
            return known
        holder, when = self.holder(row, None), self.when(row)
        named = {each.pk for each in self.records.by_key.values()} if row.reference else set()
        alike = [
            each
            for each in self.by_title.get(row.said["title"], ())
            if each.organisation == holder and each.pk not in named and self.is_then(each, when)
        ]
        return alike[0] if len(alike) == 1 else None

    def about(self, row: SheetRow) -> Sequence[Hashable]:
        """What the list calls it, or else its title."""
        return [row.reference or (row.said["title"], str(self.when(row)))]

    def holder(self, row: SheetRow, record: Any) -> Organisation | None:
        """Whose it is after the row was taken in. Raises InvalidInput for who is no participant."""
        if self.target.holder:
            return self.target.holder
        if self.records.known is None or "organisation" not in row.said:
            owner: Organisation | None = record and record.organisation
            return owner
        try:
            return self.records.known.participant(row.said["organisation"])
        except InvalidInput as error:
            raise error.at("organisation") from None

    def language(self, row: SheetRow) -> str:
        """The language of a row that names none: that of its texts."""
        return str(detect(f"{row.said['title']}\n{row.said.get('text', '')}"))
