"""The life of learned weights, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

DECIDE: Final = "grades.decide_weights"
"""What who adopts or revokes weights must have."""

WEIGHTS: Final = Workflow(
    name="weights",
    states={
        "proposed": State(_("Proposed")),
        "adopted": State(_("In use"), frozenset({"used"})),
        "laid-aside": State(_("Laid aside")),
    },
    transitions=(
        Transition(
            "adopt", ("proposed", "laid-aside"), "adopted", DECIDE,
            _("Use these weights"), _("These weights are used now. All matches are scored again."),
            _("Taken into use"),
        ),
        Transition(
            "revoke", ("adopted",), "laid-aside", DECIDE,
            _("Stop using them"),
            _("The weights that we began with are used again. All matches are scored again."),
            _("Taken out of use"),
        ),
    ),
    other_deeds={"learn": _("Learned")},
)  # fmt: skip
(USED,) = WEIGHTS.tagged("used")
