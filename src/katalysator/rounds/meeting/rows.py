"""What all deeds on a day of talks share: its row is taken, who does it is asked, and the trail gets a line."""

from typing import Any

from katalysator.core import rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.rounds.meeting.workflow import HOLD_DAY, MEETING_DAY
from katalysator.rounds.models import MeetingDay
from katalysator.rounds.rows import stepped


def locked(found: MeetingDay) -> MeetingDay:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(found, _("These talks are not here any more."))


def taken(found: MeetingDay, by: Actor) -> MeetingDay:
    """The same, for who plans the talks. Raises NotAllowed, Conflict."""
    row = locked(found)
    require_holder(row, by)
    return row


def require_holder(day: MeetingDay, by: Actor) -> None:
    """Refuse who does not plan these talks. Raises NotAllowed."""
    if not permits(by, HOLD_DAY, day.activity):
        raise NotAllowed(
            "not-your-day", _("The bureau and the chair of the working group plan talks.")
        )


def moved(row: MeetingDay, deed: str, *, by: Actor, **then: Any) -> MeetingDay:
    """Take a day that is locked to its next state; `then` is what else changes. Raises Conflict."""
    return stepped(MEETING_DAY, row, deed, by, then)
