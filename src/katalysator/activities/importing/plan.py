"""What becomes of the rows of a sheet of activities beside the activities that are there."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from katalysator.activities.facts import ActivityFacts, put, stated, told
from katalysator.activities.importing.models import ActivityKey
from katalysator.activities.importing.rows import ActivitiesTarget
from katalysator.activities.importing.times import require_times
from katalysator.activities.models import Activity
from katalysator.activities.moments import on_the_wall
from katalysator.coalition.importing.known import KnownOrganisations, MeantOrganisation
from katalysator.coalition.models import Organisation
from katalysator.core.lengths import require_short
from katalysator.core.rows import require_fit
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.keys import LONGEST_SOURCE, source_of
from katalysator.importing.plan import Planning
from katalysator.importing.rows import SheetRow


@dataclass(slots=True)
class ActivityPlanning(Planning):
    """Goes by the rows; `by_key` has the activities by what the list calls them."""

    target: ActivitiesTarget
    source: str
    by_key: Mapping[str, Activity]
    there: Sequence[Activity]
    known: KnownOrganisations | None
    by_title: dict[str, list[Activity]] = field(init=False, default_factory=dict)

    columns = {
        "starts_at": ("starts", "day"),
        "ends_at": ("ends", "lasts", "starts", "day"),
        "reference": ("id",),
    }
    leading = "title"

    def __post_init__(self) -> None:
        for each in self.there:
            self.by_title.setdefault(each.title, []).append(each)

    def found(self, row: SheetRow) -> Activity | None:
        """By what the list calls it; else the only one of its holder with its title, and on its day where it says one."""
        if known := self.by_key.get(row.reference):
            return known
        holder, day = self._holder(row, None), _day(row)
        named = {each.pk for each in self.by_key.values()} if row.reference else set()
        alike = [
            each
            for each in self.by_title.get(row.said["title"], ())
            if each.organisation == holder and each.pk not in named
            if day is None or on_the_wall(each.starts_at).date() == day
        ]
        return alike[0] if len(alike) == 1 else None

    def made(self, row: SheetRow) -> Activity:
        """A draft, for everyone who registers, unless the row says otherwise."""
        require_times(row.said)
        text = f"{row.said['title']}\n{row.said.get('text', '')}"
        return Activity(
            kind=self.target.kind,
            mode=Activity.Mode.SITE,
            language=detect(text),
            organisation=self._holder(row, None),
        )

    def fill(self, record: Activity, row: SheetRow, *, is_new: bool) -> None:
        """What the row says takes the place of what was there; without another end it takes as long as it did."""
        if record.state == "cancelled":
            raise InvalidInput("cancelled", _("This activity was cancelled."))
        said = dict(row.said)
        if not is_new and "starts_at" in said:
            said.setdefault("ends_at", said["starts_at"] + (record.ends_at - record.starts_at))
        said["organisation"] = self._holder(row, record)
        put(record, ActivityFacts(**{**stated(record), **said}))
        require_short(record.text, Activity, "text")
        require_fit(record)

    def facts(self, record: Activity) -> Mapping[str, Any]:
        """As the audit trail has it."""
        return told(record)

    def about(self, row: SheetRow) -> Sequence[Hashable]:
        """What the list calls it, or else its title with the day."""
        return [row.reference or (row.said["title"], str(_day(row)))]

    def _holder(self, row: SheetRow, record: Activity | None) -> Organisation | None:
        """Who holds it after the row was taken in. Raises InvalidInput for who is no participant."""
        if self.target.holder:
            return self.target.holder
        if self.known is None or "organisation" not in row.said:
            return record and record.organisation
        try:
            return self.known.participant(row.said["organisation"])
        except InvalidInput as error:
            raise error.at("organisation") from None


def planning_of(
    rows: Sequence[SheetRow], target: ActivitiesTarget, file: str, *, locked: bool
) -> ActivityPlanning:
    """Ask for all that rows may be about. Cost: two queries; seven where the sheet says who holds them."""
    holder = target.holder
    source = f"{holder.pk if holder else ''}:{source_of(file)}"[:LONGEST_SOURCE]
    keys = dict(ActivityKey.objects.filter(source=source).values_list("key", "subject_id"))
    mine = Activity.objects.filter(organisation=holder) if holder else Activity.objects.all()
    meant = Q(pk__in=keys.values()) | Q(title__in={row.said["title"] for row in rows})
    found = mine.filter(meant).order_by("pk").select_related("organisation")
    there = list(found.select_for_update(of=("self",)) if locked else found)
    by_pk = {each.pk: each for each in there}
    by_key = {key: by_pk[pk] for key, pk in keys.items() if pk in by_pk}
    named = [
        MeantOrganisation(said, slug=said) for row in rows if (said := row.said.get("organisation"))
    ]
    known = KnownOrganisations.of(named, "") if named and not holder else None
    return ActivityPlanning(target, source, by_key, there, known)


def _day(row: SheetRow) -> date | None:
    """The day on which it begins, as it is said there."""
    start = row.said.get("starts_at")
    return on_the_wall(start).date() if start else None
