"""The life of a matching round, as one table; what happens at each deed: `matching/verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

MAKE: Final = "rounds.make_round"
"""What who makes rounds at all must have: the bureau, and chairs of working groups."""
HOLD: Final = "rounds.hold_round"
"""What who decides on a round has."""
CARRY: Final = "rounds.carry_on"
"""What reckons a round and lets it go out must have."""
SAY_ORDER: Final = "rounds.say_order"
"""What who says in which order a need or an offer would meet others has: whose it is."""
_RUNS: Final = frozenset({"runs"})  # a job is at work
_OPEN: Final = frozenset({"open"})  # its settings can be changed

MATCHING_ROUND: Final = Workflow(
    name="matching-round",
    states={
        "draft": State(_("In preparation"), _OPEN),
        "computing": State(_("Being computed"), _RUNS),
        "gathered": State(_("Ready to be put in order"), _OPEN),
        "ordering": State(_("Both sides say their order")),
        "computed": State(_("Computed"), _OPEN),
        "approved": State(_("Approved"), _OPEN),
        "sending": State(_("Going out"), _RUNS),
        "sent": State(_("Sent")),
        "undoing": State(_("Being taken back"), _RUNS),
        "undone": State(_("Taken back")),
        "dropped": State(_("Laid aside")),
    },
    transitions=(
        Transition(
            "compute", ("draft",), "computing", HOLD,
            _("Compute"), _("We compute it now. Look again in a moment."), _("Computing began"),
        ),
        Transition(
            "finish", ("computing",), "computed", CARRY,
            _("Computed"), _("It is computed."), _("The result was there"),
        ),
        Transition(
            "gather", ("computing",), "gathered", CARRY,
            _("Gathered"), _("Who could meet whom is known."), _("Who could meet whom was known"),
        ),
        Transition(
            "open", ("gathered",), "ordering", HOLD,
            _("Ask both sides"), _("Both sides are asked for their order, by letter."), _("Both sides were asked"),
        ),
        Transition(
            "open", ("ordering",), "ordering", HOLD,
            _("Ask again, or until another day"), _("Whoever said nothing yet is asked again, by letter."), _("Both sides were asked"),
        ),
        Transition(
            "close", ("ordering",), "computing", HOLD,
            _("Close, and compute"), _("Nobody can change an order any more. We compute it now."), _("Orders were closed"),
        ),
        Transition(
            "lapse", ("ordering",), "computing", CARRY,
            _("Over"), _("The last day is over."), _("The last day for orders was over"),
        ),
        Transition(
            "stop", ("computing",), "draft", HOLD,
            _("Stop computing"), _("Stopped. Compute it again when you like."), _("Stopped"),
        ),
        Transition(
            "change", ("gathered", "computed", "approved"), "draft", HOLD,
            _("Change"), _("Changed. Compute it again to see what comes of it."), _("Changed"),
        ),
        Transition(
            "approve", ("computed",), "approved", HOLD,
            _("Approve"), _("Approved. Nothing goes out before you send it."), _("Approved"),
        ),
        Transition(
            "compute", ("gathered", "computed"), "computing", HOLD,
            _("Compute again"), _("We compute it now. Look again in a moment."), _("Computing began"),
        ),
        Transition(
            "send", ("approved",), "sending", HOLD,
            _("Send the proposals"), _("The proposals go out now."), _("Sent"),
        ),
        Transition(
            "arrive", ("sending",), "sent", CARRY,
            _("Sent"), _("All proposals are out."), _("All proposals were out"),
        ),
        Transition(
            "undo", ("sent",), "undoing", HOLD,
            _("Take all back"), _("The proposals are taken back now."), _("Taken back"),
        ),
        Transition(
            "return", ("undoing",), "undone", CARRY,
            _("Taken back"), _("All that nobody had answered is taken back."), _("All was taken back"),
        ),
        Transition(
            "drop", ("draft", "gathered", "ordering", "computed", "approved"), "dropped", HOLD,
            _("Lay aside"), _("Laid aside. Nothing was sent."), _("Laid aside"),
        ),
    ),
    other_deeds={
        "make": _("Made"),
        "edit": _("Settings changed"),
        "rule": _("A pair ruled by hand"),
    },
)  # fmt: skip
OPEN: Final = MATCHING_ROUND.tagged("open")
RUNS: Final = MATCHING_ROUND.tagged("runs")
