"""The life of an introduction, as one table; what happens at each deed: `verbs.py`, `together.py` and `thread`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

PROPOSE: Final = "introductions.propose"
"""What who proposes an introduction must have."""
ANSWER: Final = "introductions.answer"
"""What who answers for a party has."""
TAKE_BACK: Final = "introductions.take_back"
"""What who proposed it has."""
TAKE_PART: Final = "introductions.take_part"
"""What a party has that said yes."""
WATCH: Final = "introductions.watch"
"""What who sees to it that nothing lies too long has."""
WISH: Final = "introductions.wish"
"""What who says whom an organisation meets has."""
RULE: Final = "introductions.rule"
"""What who rules on who proposes to whom has."""
_OPEN: Final = "open"  # somebody has to do something
_KNOWN: Final = "known"  # the parties know who the others are
_OVER: Final = "over"

INTRODUCTION: Final = Workflow(
    name="introduction",
    states={
        "proposed": State(_("Proposed"), frozenset({_OPEN})),
        "introduced": State(_("Introduced"), frozenset({_OPEN, _KNOWN})),
        "talking": State(_("Talking"), frozenset({_OPEN, _KNOWN})),
        "agreed": State(_("Agreed"), frozenset({_OPEN, _KNOWN})),
        "result": State(_("Result"), frozenset({_KNOWN})),
        "ended": State(_("Came to nothing"), frozenset({_KNOWN, _OVER})),
        "declined": State(_("Said no"), frozenset({_OVER})),
        "lapsed": State(_("Not answered in time"), frozenset({_OVER})),
        "withdrawn": State(_("Withdrawn"), frozenset({_OVER})),
    },
    transitions=(
        Transition(
            "introduce", ("proposed",), "introduced", ANSWER,
            _("Say yes"), _("You said yes. All did: you can talk now."), _("All said yes"),
        ),
        Transition(
            "decline", ("proposed",), "declined", ANSWER,
            _("Say no"), _("You said no. Thank you: the reason helps to propose better."), _("Said no"),
        ),
        Transition(
            "withdraw", ("proposed",), "withdrawn", TAKE_BACK,
            _("Take the proposal back"), _("Taken back. Nobody has to answer it any more."), _("Taken back"),
        ),
        Transition(
            "call-off", ("proposed",), "withdrawn", WATCH,
            _("Not open any more"), _("It is called off."), _("Called off, as a need or offer is not open any more"),
        ),
        Transition(
            "lapse", ("proposed",), "lapsed", WATCH,
            _("No answer in time"), _("It lapsed."), _("Not answered in time"),
        ),
        Transition(
            "talk", ("introduced",), "talking", TAKE_PART,
            _("We are talking"), _("Good. Tell here what comes of it."), _("The talk began"),
        ),
        Transition(
            "agree", ("introduced", "talking"), "agreed", TAKE_PART,
            _("We agreed"), _("Good news. The others see that you agreed."), _("Agreed"),
        ),
        Transition(
            "resume", ("agreed",), "talking", TAKE_PART,
            _("Not agreed yet"), _("The talk goes on."), _("Said not to be agreed yet"),
        ),
        Transition(
            "finish", ("agreed",), "result", TAKE_PART,
            _("Tell the result"), _("Thank you. This is what the coalition is for."), _("Came to a result"),
        ),
        Transition(
            "end", ("introduced", "talking", "agreed"), "ended", TAKE_PART,
            _("We stop"), _("Stopped. Thank you: the reason helps to propose better."), _("Broke it off"),
        ),
        Transition(
            "fade", ("introduced", "talking"), "ended", WATCH,
            _("Nothing more was heard"), _("The introduction is closed."), _("Closed, as nothing more was heard"),
        ),
    ),
    other_deeds={
        "propose": _("Proposed"),
        "record": _("Told that they found each other"),
        "accept": _("Said yes"),
        "leave": _("Left"),
        "ask-along": _("Asked one more along"),
        "take-over": _("Taken over by a colleague"),
        "say": _("Wrote a message"),
        "plan": _("Planned a step"),
        "tick": _("Ticked a step"),
        "drop-step": _("Dropped a step"),
        "nudge": _("Reminded"),
        "retell": _("Told the result anew"),
        "learn": _("Wrote down what was learned"),
        "share": _("Made knowledge of it"),
        "forget": _("Messages forgotten"),
    },
)  # fmt: skip
OPEN: Final = INTRODUCTION.tagged(_OPEN)
KNOWN: Final = INTRODUCTION.tagged(_KNOWN)
OVER: Final = INTRODUCTION.tagged(_OVER)
