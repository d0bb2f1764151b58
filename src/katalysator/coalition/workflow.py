"""How an organisation takes part, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

EDIT: Final = "coalition.edit_organisation"
"""What who changes the facts of an organisation must have."""
MANAGE: Final = "coalition.manage_people"
"""What who says who speaks for an organisation must have."""
PRESENT: Final = "coalition.present_oneself"
"""What who says how somebody is shown must have."""
CHANGE_ACCOUNT: Final = "coalition.change_account"
"""What who changes an account, or ends it, must have."""
MERGE: Final = "coalition.merge_organisations"
"""What who makes two records one must have."""
FOUND: Final = "coalition.settle_coalition"
"""What who says what the coalition is must have."""
RUN: Final = "coalition.run_participation"
"""What who lets organisations in and out must have."""
LEAVE: Final = "coalition.leave_coalition"
"""What who takes an organisation out must have."""

PARTICIPATION: Final = Workflow(
    name="organisation",
    states={
        "listed": State(_("In the directory")),
        "active": State(_("Participant"), frozenset({"takes part"})),
        "suspended": State(_("Suspended")),
        "left": State(_("Has left")),
    },
    transitions=(
        Transition(
            "join", ("listed", "left"), "active", RUN,
            _("Make it a participant"), _("It takes part from now on."), _("Joined the coalition"),
        ),
        Transition(
            "suspend", ("active",), "suspended", RUN,
            _("Suspend"), _("Suspended. Its needs and offers are closed."), _("Suspended"),
        ),
        Transition(
            "resume", ("suspended",), "active", RUN,
            _("Let it take part again"), _("It takes part again."), _("Takes part again"),
        ),
        Transition(
            "leave", ("active", "suspended"), "left", LEAVE,
            _("Leave the coalition"), _("It has left. Its needs and offers are closed."), _("Left the coalition"),
        ),
    ),
    other_deeds={
        "register": _("Written down"),
        "unregister": _("Taken out: written down by mistake"),
        "edit": _("Changed"),
        "confirm": _("Said to be correct"),
        "unconfirm": _("Taken back that it was said to be correct"),
        "merge": _("Another record was merged into this one"),
        "promise": _("Said what it brings"),
        "bring": _("Brought something"),
        "take-back": _("Took back what was written down by mistake"),
    },
)  # fmt: skip
(ACTIVE,) = PARTICIPATION.tagged("takes part")
