"""How somebody is in a working group, as one table; what happens at each deed: `verbs.py`.

Who is outside has no row: a membership begins and ends with that state.
"""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _
from katalysator.groups.workflow import CHAIR, JOIN, OWN

MEMBERSHIP: Final = Workflow(
    name="group-membership",
    states={
        "outside": State(_("Not a member")),
        "invited": State(_("Invited")),
        "asked": State(_("Asks to join")),
        "inside": State(_("Member"), frozenset({"member"})),
    },
    transitions=(
        Transition(
            "join", ("outside",), "inside", JOIN,
            _("Join"), _("Welcome to the group."), _("Joined"),
        ),
        Transition(
            "ask", ("outside",), "asked", JOIN,
            _("Ask to join"), _("The chair hears of it, and you hear by mail."), _("Asked"),
        ),
        Transition(
            "invite", ("outside",), "invited", CHAIR,
            _("Invite"), _("Invited: they get a mail."), _("Invited"),
        ),
        Transition(
            "accept", ("invited",), "inside", OWN,
            _("Yes, I join"), _("Welcome to the group."), _("Accepted"),
        ),
        Transition(
            "refuse", ("invited",), "outside", OWN,
            _("No, thank you"), _("We let it rest."), _("Refused"),
        ),
        Transition(
            "let-in", ("asked",), "inside", CHAIR,
            _("Let in"), _("They are in the group now, and hear so by mail."), _("Let in"),
        ),
        Transition(
            "decline", ("asked",), "outside", CHAIR,
            _("Decline"), _("Declined. They hear so by mail."), _("Declined"),
        ),
        Transition(
            "withdraw", ("asked",), "outside", OWN,
            _("Ask no longer"), _("Withdrawn."), _("Withdrawn"),
        ),
        Transition(
            "uninvite", ("invited",), "outside", CHAIR,
            _("Withdraw"), _("The invitation is withdrawn."), _("Invitation withdrawn"),
        ),
        Transition(
            "leave", ("inside",), "outside", OWN,
            _("Leave the group"), _("You have left the group."), _("Left"),
        ),
        Transition(
            "remove", ("inside",), "outside", CHAIR,
            _("Take out of the group"), _("They are not in the group any more."), _("Taken out"),
        ),
    ),
    other_deeds={"give-role": _("Got another role")},
)  # fmt: skip
OUTSIDE: Final = MEMBERSHIP.initial
(INSIDE,) = MEMBERSHIP.tagged("member")
