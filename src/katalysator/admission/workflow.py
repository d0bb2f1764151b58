"""The life of an application, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

DECIDE: Final = "admission.decide_application"
"""What who decides on applications must have."""
APPLY: Final = "admission.apply"
"""What who applies has."""
FORGET: Final = "admission.forget_application"
"""What throws old applications away."""
ARRIVE: Final = "admission.arrive"
"""What who logged in at an organisation has."""
OWN: Final = "admission.keep_application"
"""What who applied has: the link in the mail."""
_WAITS: Final = frozenset({"waits"})  # for the bureau
_OVER: Final = frozenset({"over"})

APPLICATION: Final = Workflow(
    name="application",
    states={
        "sent": State(_("E-mail address not confirmed yet")),
        "waiting": State(_("Waiting for the bureau"), _WAITS),
        "admitted": State(_("Admitted"), _OVER),
        "declined": State(_("Declined"), _OVER),
        "withdrawn": State(_("Withdrawn"), _OVER),
    },
    transitions=(
        Transition(
            "confirm", ("sent",), "waiting", OWN,
            _("Confirm and send"), _("Thank you. The bureau looks at it and lets you know."),
            _("Confirmed"),
        ),
        Transition(
            "admit", ("waiting",), "admitted", DECIDE,
            _("Admit"), _("Admitted. We let them know by mail how they log in."), _("Admitted"),
        ),
        Transition(
            "decline", ("waiting",), "declined", DECIDE,
            _("Decline"), _("Declined. We let them know by mail, with your reason."), _("Declined"),
        ),
        Transition(
            "withdraw", ("sent", "waiting"), "withdrawn", OWN,
            _("Withdraw"), _("Withdrawn. It is thrown away within a month."), _("Withdrawn"),
        ),
    ),
    other_deeds={"apply": _("Sent"), "forget": _("Forgotten")},
)  # fmt: skip
(WAITING,) = APPLICATION.tagged("waits")
