"""The life of a cohort, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

HOLD_COHORT: Final = "talent.hold_cohort"
"""What who works with a cohort has: people of the employer, or the bureau with one of its own."""
CARRY_COHORT: Final = "talent.carry_on_cohort"
"""What reckons a cohort must have."""

COHORT: Final = Workflow(
    name="cohort",
    states={
        "draft": State(_("Not computed yet"), frozenset({"open"})),
        "computing": State(_("Being computed")),
        "computed": State(_("Computed"), frozenset({"open"})),
    },
    transitions=(
        Transition(
            "compute", ("draft", "computed"), "computing", HOLD_COHORT,
            _("Compute"), _("We compute it now. Look again in a moment."), _("Computing began"),
        ),
        Transition(
            "stop", ("computing",), "draft", HOLD_COHORT,
            _("Stop computing"), _("Stopped. Compute it again when you like."), _("Stopped"),
        ),
        Transition(
            "finish", ("computing",), "computed", CARRY_COHORT,
            _("Computed"), _("It is computed."), _("The result was there"),
        ),
    ),
    other_deeds={"make": _("Made"), "remove": _("Removed")},
)  # fmt: skip
