"""Sheets of people, as they are taken in by the bureau: each new address is invited."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from katalysator.admission.importing.fields import LABELS, people_sheet
from katalysator.admission.importing.forms import PeopleForm
from katalysator.admission.importing.plan import (
    PeoplePlanning,
    PeopleTarget,
    memberships_in,
    planning_of,
    title_of,
)
from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.models import Joining
from katalysator.coalition.people.verbs import give_role
from katalysator.coalition.workflow import RUN
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.audit import Deed
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.keys import source_of
from katalysator.importing.kinds import ImportWords, SheetImport, declare
from katalysator.importing.plan import Effect, PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.tables.fields import SheetOf

_CHAIN: Final = Joining._meta.app_label
_WORDS: Final = ImportWords(
    title=_("Upload a sheet of people"),
    intro=_("Whom to invite, and for which organisation. First you see what would happen."),
    heading=_("People from your sheet"),
    steps=(
        _("You see what each column was taken for, and change that where it is wrong."),
        _("You see who is new, who gets another role, and which rows cannot be used and why."),
        _("You confirm. Everybody who is new gets a letter with a link."),
    ),
    notes=(
        _("The organisations must be there: import them first."),
        _(
            "Names and telephone numbers are not imported: people say themselves how they are shown."
        ),
    ),
    new=_("Invited"),
    new_note=_("Everybody who is new gets a letter."),
    result_note=_("They get a letter with a link."),
    undo_note=_("Withdraw the invitations that were not answered. The letters are gone."),
    back=("bureau", _("Bureau")),
)


class PeopleImport(SheetImport):
    """Sheets of people."""

    name = "people"
    url_name = "people-import"
    permission = RUN
    words = _WORDS
    form = PeopleForm
    shows_changed = False

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What people are where the sheet does not say it."""
        return {"role": said["role"], "language": said["language"]}

    def target(self, told: Mapping[str, Any]) -> PeopleTarget:
        """The same."""
        return PeopleTarget(**told)

    def sheet_of(self, target: PeopleTarget) -> SheetOf:  # noqa: ARG002 — one kind of sheet
        """What a sheet of people holds."""
        return people_sheet()

    def labels(self, target: PeopleTarget) -> Mapping[str, LabelText]:  # noqa: ARG002
        """What is asked of people."""
        return LABELS

    def planning(self, sheet: SheetRows, target: PeopleTarget, *, locked: bool) -> PeoplePlanning:
        """Beside those who speak for the organisations, or are invited. Cost: seven queries."""
        return planning_of(sheet.rows, target, source_of(sheet.read.table.file), locked=locked)

    def write(self, plan: SheetPlan, planning: Any, *, by: Actor) -> None:  # noqa: ARG002 — in the records
        """Invitations, and other roles. Raises Conflict where nobody would manage an organisation any more."""
        new, changed = plan.of(Effect.NEW), [each.record for each in plan.of(Effect.CHANGED)]
        Joining.objects.bulk_create([each.record for each in new], batch_size=500)
        personal = [{"email": each.record.email} for each in new]
        deeds = [
            Deed(each.record, after=each.after, personal=own)
            for each, own in zip(new, personal, strict=True)
        ]
        members = memberships_in(changed)
        for each in members:
            give_role(each, by=by, role=str(each.role))
        invited = [each for each in plan.of(Effect.CHANGED) if each.record not in members]
        for row in invited:
            row.record.save(update_fields=["role"])
        for verb, found in (
            ("joining.invite", deeds),
            ("joining.edit", [each.deed for each in invited]),
        ):
            if found:
                audit.record_all(verb, found, by=by, chain=_CHAIN)

    def take_back(self, keys: Sequence[int], target: Any, *, by: Actor) -> int:  # noqa: ARG002
        """Withdraw the invitations that were not answered."""
        open_ones = Joining.objects.select_for_update(of=("self",)).filter(
            pk__in=keys, state="invited"
        )
        rows, step = list(open_ones), JOINING.step("withdraw")
        for each in rows:
            each.state, each.moved_at = step.target, timezone.now()
        Joining.objects.bulk_update(rows, ["state", "moved_at"], batch_size=500)
        deeds = [Deed(each, {"state": "invited"}, {"state": each.state}) for each in rows]
        if deeds:
            audit.record_all(JOINING.audit_verb("withdraw"), deeds, by=by, chain=_CHAIN)
        return len(rows)

    def title_of(self, planned: PlannedRow) -> str:
        """The address, and the organisation."""
        return title_of(planned.record)

    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:
        """Whom was invited, with the page of the people of the organisation."""
        person: Any = request.user
        found = (
            Joining.objects.visible_to(person).filter(pk__in=keys).select_related("organisation")
        )
        return [
            (title_of(each), reverse("people-list", args=[each.organisation.slug]))
            for each in found
        ]


PEOPLE: Final = declare(PeopleImport())
