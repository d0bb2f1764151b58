"""What becomes of the rows of a sheet of activities beside the activities that are there."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from katalysator.activities.facts import ActivityFacts, put, stated, told
from katalysator.activities.importing.times import BEGINS, ENDS, require_times
from katalysator.activities.models import Activity
from katalysator.activities.moments import on_the_wall
from katalysator.coalition.importing.held.plan import HeldPlanning
from katalysator.core.lengths import require_short
from katalysator.core.rows import require_fit
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.rows import SheetRow


@dataclass(slots=True)
class ActivityPlanning(HeldPlanning):
    """Goes by the rows; those with one title are told apart by the day on which they begin."""

    columns = {"starts_at": BEGINS, "ends_at": ENDS}

    def when(self, row: SheetRow) -> date | None:
        """The day on which it begins."""
        start = row.said.get("starts_at")
        return on_the_wall(start).date() if start else None

    def is_then(self, record: Activity, when: Hashable) -> bool:
        """Whether it begins on that day, where one is said."""
        return when is None or on_the_wall(record.starts_at).date() == when

    def made(self, row: SheetRow) -> Activity:
        """A draft, for everyone who registers, unless the row says otherwise."""
        require_times(row.said)
        return Activity(
            kind=self.target.kind,
            mode=Activity.Mode.SITE,
            language=self.language(row),
            organisation=self.holder(row, None),
        )

    def fill(self, record: Activity, row: SheetRow, *, is_new: bool) -> None:
        """What the row says takes the place of what was there; without another end it takes as long as it did."""
        if record.state == "cancelled":
            raise InvalidInput("cancelled", _("This activity was cancelled."))
        said: dict[str, Any] = {**row.said, "organisation": self.holder(row, record)}
        if not is_new and "starts_at" in said:
            said.setdefault("ends_at", said["starts_at"] + (record.ends_at - record.starts_at))
        put(record, ActivityFacts(**{**stated(record), **said}))
        require_short(record.text, Activity, "text")
        require_fit(record)

    def facts(self, record: Activity) -> Mapping[str, Any]:
        """As the audit trail has it."""
        return told(record)
