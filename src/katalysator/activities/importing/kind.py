"""Sheets of activities, as they are taken in: of one organisation, or by the bureau of any."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest

from katalysator.activities.enrolments.places import fill_places
from katalysator.activities.facts import mark_changed
from katalysator.activities.importing.fields import LABELS, activities_sheet
from katalysator.activities.importing.forms import ActivitiesForm
from katalysator.activities.importing.models import ActivityKey
from katalysator.activities.importing.plan import ActivityPlanning, planning_of
from katalysator.activities.importing.rows import ActivitiesTarget, read_rows
from katalysator.activities.models import Activity
from katalysator.activities.rules import require_poster
from katalysator.activities.workflow import ACTIVITY, UPLOAD, WAITING
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.audit import Deed
from katalysator.core.columns import write_columns
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.keys import remember
from katalysator.importing.kinds import ImportWords, SheetImport, declare
from katalysator.importing.plan import Effect, PlannedRow, SheetPlan
from katalysator.importing.rows import SheetRows
from katalysator.tables.fields import SheetOf
from katalysator.tables.records import Records

_CHAIN: Final = Activity._meta.app_label
_WRITTEN: Final = (
    "kind", "title", "text", "language", "organisation_id", "areas", "blocks", "mode", "place", "region", "link",
    "starts_at", "ends_at", "capacity", "policy", "visibility", "sequence", "changed_at", "reminded_at",
)  # fmt: skip
"""The columns of an activity that a sheet may change."""

_WORDS: Final = ImportWords(
    title=_("Upload a sheet of activities"),
    intro=_(
        "The agenda that you keep anyway, as it is. First you see what would happen; nothing is saved before you say so."
    ),
    heading=_("Activities from your sheet"),
    steps=(
        _("You see what each column was taken for, and change that where it is wrong."),
        _("You see which rows are new, which change something, and which cannot be used and why."),
        _("You confirm. Each new row becomes a draft, which you announce when it is ready."),
    ),
    notes=(
        _(
            "A row is known again by your own number, or else by its title and day. Uploading a sheet again changes what you changed, and leaves the rest as it is; who comes hears of another time or place."
        ),
        _("Times are those of the clock on the wall in the Netherlands."),
        _("E-mail addresses and names of people are not imported."),
    ),
    new=_("New draft"),
    new_note=_("New rows become drafts."),
    result_note=_("New ones are drafts: open each, and announce it."),
    undo_note=_(
        "Throw the new drafts away that nobody has touched since. What was changed stays changed."
    ),
    back=("my-activities", _("My activities")),
)


class ActivityImport(SheetImport):
    """Sheets of activities."""

    name = "activities"
    url_name = "activity-import"
    permission = UPLOAD
    words = _WORDS
    form = ActivitiesForm

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The number of who holds them, and of which kind they are where the sheet does not say it."""
        holder = said["organisation"]
        return {"organisation": holder and holder.pk, "kind": said["kind"]}

    def target(self, told: Mapping[str, Any]) -> ActivitiesTarget:
        """The same."""
        number, kind = told["organisation"], told.get("kind", Activity.Kind.WORKSHOP.value)
        holder = Organisation.objects.filter(pk=number).first() if number else None
        if number and holder is None:
            raise LookupError(number)
        return ActivitiesTarget(holder, kind)

    def require(self, target: ActivitiesTarget, by: Actor) -> None:
        """Who holds activities of this participant; without one, the bureau."""
        require_poster(target.holder, by)

    def sheet_of(self, target: ActivitiesTarget) -> SheetOf:  # noqa: ARG002 — one kind of sheet
        """What a sheet of activities holds."""
        return activities_sheet()

    def labels(self, target: ActivitiesTarget) -> Mapping[str, LabelText]:  # noqa: ARG002
        """What an activity says."""
        return LABELS

    def rows(self, read: Records, target: ActivitiesTarget) -> SheetRows:
        """What the records say of activities."""
        return read_rows(read, target)

    def planning(
        self, sheet: SheetRows, target: ActivitiesTarget, *, locked: bool
    ) -> ActivityPlanning:
        """Beside the activities that rows may be about. Cost: see `planning_of`."""
        return planning_of(sheet.rows, target, sheet.read.table.file, locked=locked)

    def write(self, plan: SheetPlan, planning: ActivityPlanning, *, by: Actor) -> None:
        """Drafts, what is changed of others, and what the sheet calls them; more places go to who waits.

        Cost: some queries a thousand, and some for each activity of which a place came free for somebody.
        """
        new, changed = plan.of(Effect.NEW), plan.of(Effect.CHANGED)
        author = by if isinstance(by, Person) else None
        for each in new:
            each.record.author = author
        for each in changed:
            mark_changed(each.record, each.before, each.after)
        Activity.objects.bulk_create([each.record for each in new], batch_size=500)
        write_columns([each.record for each in changed], _WRITTEN)
        for verb, rows in (("activity.post", new), ("activity.edit", changed)):
            if rows:
                audit.record_all(verb, [each.deed for each in rows], by=by, chain=_CHAIN)
        remember(ActivityKey, planning.source, plan.rows)
        roomier = [each.record.pk for each in changed if "capacity" in each.changes]
        for record in Activity.objects.filter(pk__in=roomier, enrolments__state=WAITING).distinct():
            fill_places(record)

    def take_back(self, keys: Sequence[int], target: ActivitiesTarget, *, by: Actor) -> int:
        """Throw away the drafts that nobody has touched since."""
        made = Activity.objects.select_for_update(of=("self",)).filter(
            pk__in=keys, state=ACTIVITY.initial, enrolments=None
        )
        made = made.filter(organisation=target.holder) if target.holder else made
        untouched = audit.untouched(list(made.order_by("pk")), "activity.post")
        deeds = [Deed(each, before={"title": each.title}) for each in untouched]
        if deeds:
            audit.record_all("activity.delete", deeds, by=by, chain=_CHAIN)
        Activity.objects.filter(pk__in=[each.pk for each in untouched]).delete()
        return len(untouched)

    def title_of(self, planned: PlannedRow) -> str:
        """Its title, and when it is."""
        return f"{planned.record.title} · {planned.record.when}"

    def language_of(self, planned: PlannedRow) -> str:
        """That of the activity."""
        return str(planned.record.language)

    def part_labels(self, planned: PlannedRow, target: Any) -> Mapping[str, LabelText]:  # noqa: ARG002
        """The columns, and moments by their own names."""
        return {**LABELS, "starts_at": LABELS["starts"], "ends_at": LABELS["ends"]}

    def missing(self, planned: PlannedRow) -> Sequence[LabelText]:
        """Where it is, without which it cannot be announced."""
        needs_place = planned.record.mode != Activity.Mode.ONLINE and not planned.record.place
        return (LABELS["place"],) if needs_place else ()

    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:
        """Their titles and pages."""
        person: Any = request.user
        found = Activity.objects.visible_to(person).filter(pk__in=keys)
        return [(f"{each.title} · {each.when}", each.get_absolute_url()) for each in found]

    def about_target(self, target: ActivitiesTarget) -> dict[str, Any]:
        """Who holds them."""
        places = (target.holder.name,) if target.holder else ()
        return {"sign": "match", "heading": self.words.heading, "places": places}


ACTIVITIES: Final = declare(ActivityImport())
