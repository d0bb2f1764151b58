"""Sheets of activities, as they are taken in: of one organisation, or by the bureau of any."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from katalysator.activities.enrolments.places import fill_places
from katalysator.activities.facts import mark_changed
from katalysator.activities.importing.fields import LABELS, activities_sheet
from katalysator.activities.importing.forms import ActivitiesForm
from katalysator.activities.importing.models import ActivityKey
from katalysator.activities.importing.plan import ActivityPlanning
from katalysator.activities.importing.rows import ActivityReading
from katalysator.activities.models import Activity
from katalysator.activities.rules import require_poster
from katalysator.activities.workflow import UPLOAD, WAITING
from katalysator.coalition.importing.held.kind import HeldImport
from katalysator.coalition.importing.held.plan import HeldPlanning
from katalysator.coalition.importing.held.rows import HeldTarget
from katalysator.core.actors import Actor
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.kinds import ImportWords, declare
from katalysator.importing.plan import Effect, PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.importing.words import DRAFT_WORDS, LOOKING
from katalysator.tables.fields import SheetOf
from katalysator.tables.records import Records

_WORDS: Final = ImportWords(
    title=_("Upload a sheet of activities"),
    intro=_(
        "The agenda that you keep anyway, as it is. First you see what would happen; nothing is saved before you say so."
    ),
    heading=_("Activities from your sheet"),
    steps=(
        *LOOKING,
        _("You confirm. Each new row becomes a draft, which you announce when it is ready."),
    ),
    notes=(
        _(
            "A row is known again by your own number, or else by its title and day. Uploading a sheet again changes what you changed, and leaves the rest as it is; who comes hears of another time or place."
        ),
        _("Times are those of the clock on the wall in the Netherlands."),
        _("E-mail addresses and names of people are not imported."),
    ),
    result_note=_("New ones are drafts: open each, and announce it."),
    **DRAFT_WORDS,
    back=("my-activities", _("My activities")),
)


class ActivityImport(HeldImport):
    """Sheets of activities."""

    name = "activities"
    url_name = "activity-import"
    permission = UPLOAD
    words = _WORDS
    form = ActivitiesForm
    model = Activity
    key_model = ActivityKey
    planned_by = ActivityPlanning
    column_labels = LABELS
    verbs = ("activity.post", "activity.edit", "activity.delete")
    written = (
        "kind", "title", "text", "language", "organisation_id", "areas", "blocks", "mode", "place", "region", "link",
        "starts_at", "ends_at", "capacity", "policy", "visibility", "sequence", "changed_at", "reminded_at",
    )  # fmt: skip

    def require(self, target: HeldTarget, by: Actor) -> None:
        """Who holds activities of this participant; without one, the bureau."""
        require_poster(target.holder, by)

    def sheet_of(self, target: HeldTarget) -> SheetOf:  # noqa: ARG002 — one kind of sheet
        """What a sheet of activities holds."""
        return activities_sheet()

    def rows(self, read: Records, target: HeldTarget) -> SheetRows:
        """What the records say of activities."""
        return ActivityReading(read, target).all_rows()

    def write(self, plan: SheetPlan, planning: HeldPlanning, *, by: Actor) -> None:
        """As for all drafts; who comes hears of what matters to them, and more places go to who waits.

        Cost: also some queries for each activity of which a place came free for somebody.
        """
        changed = plan.of(Effect.CHANGED)
        for each in changed:
            mark_changed(each.record, each.before, each.after)
        super().write(plan, planning, by=by)
        roomier = [each.record.pk for each in changed if "capacity" in each.changes]
        for record in Activity.objects.filter(pk__in=roomier, enrolments__state=WAITING).distinct():
            fill_places(record)

    def drafts(self, keys: Sequence[int], target: HeldTarget) -> QuerySet[Activity]:
        """Those to which nobody is invited."""
        return super().drafts(keys, target).filter(enrolments=None)

    def name_of(self, record: Activity) -> str:
        """Its title, and when it is."""
        return f"{record.title} · {record.when}"

    def part_labels(self, planned: PlannedRow, target: Any) -> Mapping[str, LabelText]:  # noqa: ARG002
        """The columns, and moments by their own names."""
        return {**LABELS, "starts_at": LABELS["starts"], "ends_at": LABELS["ends"]}

    def missing(self, planned: PlannedRow) -> Sequence[LabelText]:
        """Where it is, without which it cannot be announced."""
        needs_place = planned.record.mode != Activity.Mode.ONLINE and not planned.record.place
        return (LABELS["place"],) if needs_place else ()


ACTIVITIES: Final = declare(ActivityImport())
