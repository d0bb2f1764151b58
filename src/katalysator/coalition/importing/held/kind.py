"""What all such sheets do alike: say whose they are, be written as drafts, be thrown away again."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest

from katalysator.coalition.importing.held.plan import HeldPlanning, HeldRecords
from katalysator.coalition.importing.held.rows import HeldTarget
from katalysator.coalition.models import Organisation
from katalysator.core.actors import Actor
from katalysator.core.terms import LabelText
from katalysator.importing.drafts import throw_away, write_drafts
from katalysator.importing.keys import remember
from katalysator.importing.kinds import SheetImport
from katalysator.importing.models import SheetKey
from katalysator.importing.plan import PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows


class HeldImport(SheetImport):
    """Sheets of what organisations hold; a room says what its records are."""

    model: ClassVar[type[models.Model]]
    key_model: ClassVar[type[SheetKey]]
    planned_by: ClassVar[type[HeldPlanning]]
    column_labels: ClassVar[Mapping[str, LabelText]]
    """What a column may be taken for."""
    written: ClassVar[tuple[str, ...]]
    """The columns of a record that a sheet may change."""
    verbs: ClassVar[tuple[str, str, str]]
    """The verbs of what is made, changed and thrown away."""

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The number of whose they are, and of which kind they are where the sheet does not say it."""
        holder = said["organisation"]
        return {"organisation": holder and holder.pk, "kind": said["kind"]}

    def target(self, told: Mapping[str, Any]) -> HeldTarget:
        """The same."""
        number = told["organisation"]
        holder = Organisation.objects.filter(pk=number).first() if number else None
        if number and holder is None:
            raise LookupError(number)
        return HeldTarget(holder, told["kind"])

    def labels(self, target: HeldTarget) -> Mapping[str, LabelText]:  # noqa: ARG002 — one kind of sheet
        """What such a record says."""
        return self.column_labels

    def planning(self, sheet: SheetRows, target: HeldTarget, *, locked: bool) -> HeldPlanning:
        """Beside the records that rows may be about. Cost: see `HeldRecords.of`."""
        all_of_them: Any = self.model
        file = sheet.read.table.file
        records = HeldRecords.of(
            sheet.rows, target, file, all_of_them.objects.all(), self.key_model, locked=locked
        )
        return self.planned_by(target, records)

    def write(self, plan: SheetPlan, planning: HeldPlanning, *, by: Actor) -> None:
        """Drafts, what is changed of others, and what the sheet calls them."""
        made, changed, _thrown = self.verbs
        write_drafts(plan, self.model, self.written, by=by, made=made, changed=changed)
        remember(self.key_model, planning.records.source, plan.rows)

    def drafts(self, keys: Sequence[int], target: HeldTarget) -> "models.QuerySet[Any]":
        """Those of these records that are drafts still, of whom the sheet is."""
        all_of_them: Any = self.model
        made: models.QuerySet[Any] = all_of_them.objects.filter(pk__in=keys, state="draft")
        return made.filter(organisation=target.holder) if target.holder else made

    def take_back(self, keys: Sequence[int], target: HeldTarget, *, by: Actor) -> int:
        """Throw away the drafts that nobody has touched since."""
        made, _changed, thrown = self.verbs
        return throw_away(
            self.drafts(keys, target), by=by, made=made, thrown=thrown, told=self.told_of
        )

    def told_of(self, record: Any) -> Mapping[str, Any]:
        """What the trail keeps of a draft that is thrown away."""
        return {"title": record.title}

    def name_of(self, record: Any) -> str:
        """What a record is called on a page."""
        return str(record.title)

    def title_of(self, planned: PlannedRow) -> str:
        """What its record is called."""
        return self.name_of(planned.record)

    def language_of(self, planned: PlannedRow) -> str:
        """That of the record."""
        return str(planned.record.language)

    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:
        """What they are called, and their pages."""
        all_of_them: Any = self.model
        found = all_of_them.objects.visible_to(request.user).filter(pk__in=keys)
        return [(self.name_of(each), each.get_absolute_url()) for each in found.order_by("pk")]

    def about_target(self, target: HeldTarget) -> dict[str, Any]:
        """Whose they are."""
        places = (target.holder.name,) if target.holder else ()
        return {"sign": "match", "heading": self.words.heading, "places": places}
