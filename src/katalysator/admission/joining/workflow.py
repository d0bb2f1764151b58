"""How somebody comes to speak for an organisation, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.admission.workflow import OWN
from katalysator.coalition.workflow import MANAGE
from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

_OPEN: Final = frozenset({"open"})

JOINING: Final = Workflow(
    name="joining",
    states={
        "invited": State(_("Invited"), _OPEN),
        "asked": State(_("E-mail address not confirmed yet"), _OPEN),
        "waiting": State(_("Waits for a manager"), _OPEN),
        "joined": State(_("Joined")),
        "declined": State(_("Declined")),
        "withdrawn": State(_("Withdrawn")),
    },
    transitions=(
        Transition(
            "accept", ("invited",), "joined", OWN,
            _("Yes, I join"), _("Welcome. You speak for it now."), _("Accepted"),
        ),
        Transition(
            "refuse", ("invited",), "declined", OWN,
            _("No, thank you"), _("We let it rest."), _("Refused"),
        ),
        Transition(
            "confirm", ("asked",), "waiting", OWN,
            _("Yes, this is my address"), _("Who manages the organisation hears of it now."), _("Confirmed"),
        ),
        Transition(
            "let-in", ("waiting",), "joined", MANAGE,
            _("Let in"), _("They speak for the organisation now, and hear of it by mail."), _("Let in"),
        ),
        Transition(
            "decline", ("waiting",), "declined", MANAGE,
            _("Decline"), _("Declined."), _("Declined"),
        ),
        Transition(
            "withdraw", ("invited",), "withdrawn", MANAGE,
            _("Withdraw"), _("The invitation does not work any more."), _("Withdrawn"),
        ),
    ),
    other_deeds={
        "invite": _("Invited"), "ask": _("Asked"), "arrive": _("Logged in there"),
        "edit": _("Changed"), "forget": _("Forgotten"),
    },
)  # fmt: skip
TO_LET_IN: Final = "waiting"
"""Where somebody waits for who manages the organisation."""
