"""The life of a day of talks, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _
from katalysator.rounds.workflow import CARRY

HOLD_DAY: Final = "rounds.hold_day"
"""What who plans the talks of an activity has: the bureau, and the chair of the group that holds it."""
JOIN: Final = "rounds.join_talks"
"""What who takes part in talks must have: a place at the activity."""

MEETING_DAY: Final = Workflow(
    name="meeting-day",
    states={
        "asking": State(_("People say whom they want to meet")),
        "computing": State(_("Being computed")),
        "computed": State(_("Computed")),
        "published": State(_("Published")),
    },
    transitions=(
        Transition(
            "compute", ("asking", "computed", "published"), "computing", HOLD_DAY,
            _("Compute the schedule"), _("We compute it now. Look again in a moment."), _("Computed"),
        ),
        Transition(
            "finish", ("computing",), "computed", CARRY,
            _("Computed"), _("It is computed."), _("The result was there"),
        ),
        Transition(
            "stop", ("computing",), "asking", HOLD_DAY,
            _("Stop computing"), _("Stopped. Compute it again when you like."), _("Stopped"),
        ),
        Transition(
            "publish", ("computed",), "published", HOLD_DAY,
            _("Publish the schedule"), _("Published. Everybody who has a talk gets a letter."), _("Published"),
        ),
        Transition(
            "change", ("computed",), "asking", HOLD_DAY,
            _("Change"), _("Changed. Compute it again to see what comes of it."), _("Changed"),
        ),
    ),
    other_deeds={"make": _("Made"), "edit": _("Settings changed")},
)  # fmt: skip
