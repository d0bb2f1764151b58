"""The life of an objection, as one table; what happens at each deed: `verbs.py`."""

from datetime import timedelta
from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

CONSULT: Final = "talent.consult_people"
"""What who asks for a list of people for work, and decides on it, must have: it is of their organisation."""
REPLAY: Final = "talent.replay_list"
"""What who lets a list be made again, and looks after all this, must have."""
STOP: Final = "talent.stop_lists"
"""What who switches lists of people off and on must have."""
OBJECT: Final = "talent.object_to_list"
"""What who objects has: they stood in the list."""
ANSWER: Final = "talent.answer_objection"
"""What who answers objections must have."""
ANSWERED_WITHIN: Final = timedelta(days=28)
"""So soon an objection is answered."""
_OPEN: Final = frozenset({"open"})

OBJECTION: Final = Workflow(
    name="objection",
    states={
        "received": State(_("Received"), _OPEN),
        "looked-at": State(_("Being looked at"), _OPEN),
        "upheld": State(_("Upheld")),
        "rejected": State(_("Rejected")),
    },
    transitions=(
        Transition(
            "look", ("received",), "looked-at", ANSWER,
            _("Look into it"), _("You look into it. Who objected hears so."), _("Looked into"),
        ),
        Transition(
            "uphold", ("looked-at",), "upheld", ANSWER,
            _("Uphold it"), _("Upheld. Who objected hears so, with your reason."), _("Upheld"),
        ),
        Transition(
            "reject", ("looked-at",), "rejected", ANSWER,
            _("Reject it"), _("Rejected. Who objected hears so, with your reason."), _("Rejected"),
        ),
    ),
    other_deeds={"make": _("Made")},
)  # fmt: skip
OPEN: Final = OBJECTION.tagged("open")
