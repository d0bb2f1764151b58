"""The life of a working group, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

PROPOSE: Final = "groups.propose_group"
"""What who starts a group must have."""
JOIN: Final = "groups.join_group"
"""What who becomes a member of a group must have."""
RUN: Final = "groups.run_groups"
"""What who admits groups, and says who is chair or contact point of a corner, must have."""
CHAIR: Final = "groups.chair_group"
"""What who says how a group goes on and who is in it must have."""
KEEP: Final = "groups.keep_papers"
"""What who writes minutes and decisions must have."""
WORK: Final = "groups.work_in_group"
"""What who adds tasks and does them must have."""
OWN: Final = "groups.own_membership"
"""What who answers for themselves has: it is their membership."""
MEND: Final = "groups.mend_groups"
"""What sees to it that members still take part, and that there is a chair."""
_RUNS: Final = frozenset({"runs", "shown"})  # it meets, and is open to new members
_SHOWN: Final = frozenset({"shown"})  # to everybody

GROUP: Final = Workflow(
    name="group",
    states={
        "proposed": State(_("Waits for the bureau")),
        "active": State(_("Active"), _RUNS),
        "resting": State(_("Resting"), _SHOWN),
        "ended": State(_("Ended"), _SHOWN),
        "declined": State(_("Declined")),
    },
    transitions=(
        Transition(
            "admit", ("proposed",), "active", RUN,
            _("Let it start"), _("The group has started. Who proposed it hears so by mail."), _("Started"),
        ),
        Transition(
            "decline", ("proposed",), "declined", RUN,
            _("Decline"), _("Declined. Who proposed it gets your reason by mail."), _("Declined"),
        ),
        Transition(
            "rest", ("active",), "resting", CHAIR,
            _("Let it rest"), _("The group rests. Its papers stay."), _("Rests"),
        ),
        Transition(
            "wake", ("resting",), "active", CHAIR,
            _("Go on"), _("The group goes on."), _("Goes on"),
        ),
        Transition(
            "end", ("active", "resting"), "ended", CHAIR,
            _("End the group"), _("The group has ended. Its papers stay."), _("Ended"),
        ),
        Transition(
            "reopen", ("ended",), "active", RUN,
            _("Start again"), _("The group goes on."), _("Started again"),
        ),
    ),
    other_deeds={
        "propose": _("Proposed"), "start": _("Started"), "edit": _("Changed"), "succeed": _("Got another chair"),
    },
)  # fmt: skip
(PROPOSED,) = (GROUP.initial,)
RUNNING: Final = GROUP.tagged("runs")
SHOWN: Final = GROUP.tagged("shown")
