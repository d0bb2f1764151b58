"""The lives of an activity, of who comes to it, and of a choice between several: each one table."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

POST: Final = "activities.post_activity"
"""What who writes an activity down must have, for the organisation that holds it."""
UPLOAD: Final = "activities.upload_activities"
"""What who gives a sheet of activities must have; for whom, `POST` says."""
HOLD: Final = "activities.hold_activity"
"""What who holds an activity has."""
ENROL: Final = "activities.enrol"
"""What who registers must have."""
OWN: Final = "activities.keep_enrolment"
"""What who registered has, for their own place."""
FILL: Final = "activities.fill_places"
"""What follows by itself, and nobody presses a button for."""

_SHOWN: Final = frozenset({"shown"})

ACTIVITY: Final = Workflow(
    name="activity",
    states={
        "draft": State(_("Draft")),
        "announced": State(_("Announced"), _SHOWN),
        "held": State(_("Was held"), _SHOWN),
        "cancelled": State(_("Cancelled"), _SHOWN),
    },
    transitions=(
        Transition(
            "announce", ("draft",), "announced", HOLD,
            _("Announce"), _("It is announced: people find it, and can register."), _("Announced"),
        ),
        Transition(
            "hold", ("announced",), "held", HOLD,
            _("It was held"), _("Good. Say how it was: others learn from it."), _("Was held"),
        ),
        Transition(
            "cancel", ("announced",), "cancelled", HOLD,
            _("Call off"), _("Called off. Everybody who registered gets a letter."), _("Cancelled"),
        ),
    ),
    other_deeds={
        "post": _("Written down"),
        "edit": _("Changed"),
        "repeat": _("Repeated"),
        "tell": _("Said how it was"),
        "delete": _("Thrown away"),
    },
)  # fmt: skip
SHOWN: Final = ACTIVITY.tagged("shown")
ANNOUNCED: Final = "announced"

_OPEN: Final = frozenset({"open"})
_SEATED: Final = frozenset({"open", "seated"})

ENROLMENT: Final = Workflow(
    name="enrolment",
    states={
        "asked": State(_("Place asked for"), _OPEN),
        "placed": State(_("A place"), _SEATED),
        "waiting": State(_("On the waiting list"), _OPEN),
        "invited": State(_("Invited"), _OPEN),
        "attended": State(_("Was there"), _SEATED),
        "absent": State(_("Was not there"), _SEATED),
        "declined": State(_("Declined")),
        "withdrawn": State(_("Withdrawn")),
    },
    transitions=(
        Transition(
            "grant", ("asked",), "placed", HOLD,
            _("Give a place"), _("They get a letter."), _("Given a place"),
        ),
        Transition(
            "queue", ("asked",), "waiting", FILL,
            _("Put on the waiting list"), _("It is full: they wait in line, and get a letter."),
            _("Put on the waiting list"),
        ),
        Transition(
            "accept", ("invited",), "placed", OWN,
            _("Yes, I come"), _("You have a place. You get a letter."), _("Accepted"),
        ),
        Transition(
            "line-up", ("invited",), "waiting", FILL,
            _("Stand in line"), _("It is full: you are on the waiting list."), _("Stood in line"),
        ),
        Transition(
            "move-up", ("waiting",), "placed", FILL,
            _("Move up"), _("They have a place now."), _("Moved up from the waiting list"),
        ),
        Transition(
            "refuse", ("invited",), "declined", OWN,
            _("No, thank you"), _("We let it rest."), _("Refused"),
        ),
        Transition(
            "withdraw", ("asked", "waiting", "placed"), "withdrawn", OWN,
            _("I do not come"), _("You are off the list. Somebody else is glad of it."), _("Withdrawn"),
        ),
        Transition(
            "decline", ("asked", "invited", "waiting", "placed"), "declined", HOLD,
            _("Decline"), _("They get a letter."), _("Declined"),
        ),
        Transition(
            "attend", ("placed", "absent"), "attended", HOLD,
            _("Was there"), _("Written down."), _("Was there"),
        ),
        Transition(
            "miss", ("placed", "attended"), "absent", HOLD,
            _("Was not there"), _("Written down."), _("Was not there"),
        ),
    ),
    other_deeds={"register": _("Registered"), "invite": _("Invited")},
)  # fmt: skip
OPEN: Final = ENROLMENT.tagged("open")
SEATED: Final = ENROLMENT.tagged("seated")
WAITING: Final = "waiting"

CHOICE: Final = Workflow(
    name="choice",
    states={
        "open": State(_("People say what they would like")),
        "dividing": State(_("Is being divided")),
        "proposed": State(_("Divided, to be approved")),
        "settled": State(_("Settled")),
    },
    transitions=(
        Transition(
            "divide", ("open",), "dividing", HOLD,
            _("Divide the places"), _("It is being divided. That takes a moment: look again."),
            _("Division asked for"),
        ),
        Transition(
            "propose", ("dividing",), "proposed", FILL,
            _("Propose"), _("It is divided."), _("Divided"),
        ),
        Transition(
            "reopen", ("dividing", "proposed"), "open", HOLD,
            _("Open it again"), _("People can change what they would like again."), _("Opened again"),
        ),
        Transition(
            "approve", ("proposed",), "settled", HOLD,
            _("Approve, and let everybody know"), _("Approved. Everybody gets a letter."), _("Approved"),
        ),
    ),
    other_deeds={"post": _("Written down"), "rank": _("Said what they would like"), "leave": _("Withdrawn")},
)  # fmt: skip
