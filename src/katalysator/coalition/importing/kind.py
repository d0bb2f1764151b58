"""Sheets of participants, as they are taken in by the bureau."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest

from katalysator.coalition.importing.fields import LABELS, participants_sheet
from katalysator.coalition.importing.forms import ParticipantsForm
from katalysator.coalition.importing.known import KnownOrganisations
from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.importing.plan import ParticipantPlanning, ParticipantsTarget, wanted_of
from katalysator.coalition.importing.rows import read_rows
from katalysator.coalition.importing.writing import unregister, write_changed, write_new
from katalysator.coalition.models import Organisation
from katalysator.coalition.workflow import RUN
from katalysator.core.actors import Actor
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.keys import remember, source_of
from katalysator.importing.kinds import ImportWords, SheetImport, declare
from katalysator.importing.plan import Effect, PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.importing.words import LOOKING
from katalysator.tables.fields import SheetOf
from katalysator.tables.records import Records

_WORDS: Final = ImportWords(
    title=_("Upload a sheet of participants"),
    intro=_(
        "The list that you keep anyway, as it is. First you see what would happen; nothing is saved before you say so."
    ),
    heading=_("Participants from your sheet"),
    steps=(
        *LOOKING,
        _("You confirm. All of it is saved, or nothing."),
    ),
    notes=(
        _(
            "A row is known again by your own number, the KvK or ROR number, or the name. Uploading a sheet again changes what you changed, and leaves the rest as it is."
        ),
        _(
            "Addresses of people are not imported: a column of addresses is used only where you say that everybody may see them."
        ),
    ),
    new=_("New"),
    new_note=_("New rows become participants."),
    result_note=_("They stand in the directory. Invite the people who speak for them."),
    undo_note=_(
        "Take the new ones out that nothing was done with since. What was changed stays changed."
    ),
    back=("bureau", _("Bureau")),
)


class ParticipantImport(SheetImport):
    """Sheets of participants, or of organisations that are only known."""

    name = "participants"
    url_name = "participants-import"
    permission = RUN
    words = _WORDS
    form = ParticipantsForm

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What organisations are where the sheet does not say it."""
        return {"kind": said["kind"], "takes_part": said["takes_part"] == "yes"}

    def target(self, told: Mapping[str, Any]) -> ParticipantsTarget:
        """The same."""
        return ParticipantsTarget(**told)

    def sheet_of(self, target: ParticipantsTarget) -> SheetOf:  # noqa: ARG002 — one kind of sheet
        """What a sheet of participants holds."""
        return participants_sheet()

    def labels(self, target: ParticipantsTarget) -> Mapping[str, LabelText]:  # noqa: ARG002
        """What an organisation says."""
        return LABELS

    def rows(self, read: Records, target: ParticipantsTarget) -> SheetRows:  # noqa: ARG002
        """What the records say of organisations."""
        return read_rows(read)

    def planning(
        self, sheet: SheetRows, target: ParticipantsTarget, *, locked: bool
    ) -> ParticipantPlanning:
        """Beside all organisations that the rows may be about. Cost: six queries."""
        source = source_of(sheet.read.table.file)
        wanted = [wanted_of(row) for row in sheet.rows]
        known = KnownOrganisations.of(wanted, source, locked=locked)
        return ParticipantPlanning(known, target, source)

    def write(self, plan: SheetPlan, planning: ParticipantPlanning, *, by: Actor) -> None:
        """Organisations, what is changed of others, and what the sheet calls them."""
        write_new(plan.of(Effect.NEW), planning.areas_of, by=by)
        write_changed(plan.of(Effect.CHANGED), planning.areas_of, by=by)
        remember(OrganisationKey, planning.source, plan.rows)

    def take_back(self, keys: Sequence[int], target: Any, *, by: Actor) -> int:  # noqa: ARG002
        """Take those out that nothing hangs on and nothing was done with."""
        return unregister(keys, by=by)

    def title_of(self, planned: PlannedRow) -> str:
        """Its name."""
        return str(planned.record.name)

    def part_labels(self, planned: PlannedRow, target: Any) -> Mapping[str, LabelText]:  # noqa: ARG002
        """The columns, and how it takes part."""
        return {**LABELS, "state": LABELS["takes_part"]}

    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:  # noqa: ARG002 — all are seen
        """Their names and pages."""
        found = Organisation.objects.filter(pk__in=keys).order_by("sort_name")
        return [(each.name, each.get_absolute_url()) for each in found]


PARTICIPANTS: Final = declare(ParticipantImport())
