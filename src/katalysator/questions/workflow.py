"""The life of a question, as one table; what happens at each deed: `verbs.py` and `handling/verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

ASK: Final = "questions.ask"
"""What who asks has."""
OWN: Final = "questions.keep_own"
"""What who asked it has: an account, or the link in the mail."""
ROUTE: Final = "questions.route_question"
"""What who says who gets a question must have."""
RECEIVE: Final = "questions.receive_question"
"""What those who have a question now have."""
ANSWER: Final = "questions.answer_question"
"""What who answers must have."""
DECIDE: Final = "questions.decide_on_question"
"""What who declines a question, or says who sees it, must have."""
WATCH: Final = "questions.watch_patience"
"""What who sees to it that nothing lies too long has."""
FORGET: Final = "questions.forget_question"
"""What who throws away what is over has."""
_OPEN: Final = "open"  # somebody has to do something
_SHOWN: Final = "shown"  # everybody may see it, where it is public
_OVER: Final = "over"

QUESTION: Final = Workflow(
    name="question",
    states={
        "asked": State(_("E-mail address not confirmed yet")),
        "waiting": State(_("With the bureau"), frozenset({_OPEN, _SHOWN})),
        "with": State(_("With who may know"), frozenset({_OPEN, _SHOWN})),
        "answered": State(_("Answered"), frozenset({_SHOWN})),
        "closed": State(_("Closed"), frozenset({_SHOWN, _OVER})),
        "withdrawn": State(_("Withdrawn"), frozenset({_OVER})),
        "declined": State(_("Declined"), frozenset({_OVER})),
    },
    transitions=(
        Transition(
            "confirm", ("asked",), "waiting", OWN,
            _("Confirm and send"), _("Thank you. We look for who knows the answer."), _("Confirmed"),
        ),
        Transition(
            "route", ("waiting", "with"), "with", ROUTE,
            _("Send to"), _("Sent. They get a mail."), _("Sent to who may know"),
        ),
        Transition(
            "pass-on", ("with",), "waiting", RECEIVE,
            _("Not for us"), _("Thank you. The bureau looks for somebody else."), _("Not for them"),
        ),
        Transition(
            "come-back", ("with",), "waiting", WATCH,
            _("No answer in time"), _("It is with the bureau again."), _("Came back without an answer"),
        ),
        Transition(
            "answer", ("waiting", "with", "answered"), "answered", ANSWER,
            _("Answer"), _("Answered. Who asked gets your answer by mail."), _("Answered"),
        ),
        Transition(
            "ask-more", ("answered",), "with", OWN,
            _("Ask more"), _("Sent to who answered."), _("Asked more"),
        ),
        Transition(
            "reopen", ("answered", "closed"), "waiting", OWN,
            _("This is not an answer"), _("The bureau looks at it again."), _("Said not to be answered"),
        ),
        Transition(
            "thank", ("answered",), "closed", OWN,
            _("Thank you, this helps"), _("Glad to hear it. It is closed now."), _("Thanked"),
        ),
        Transition(
            "settle", ("answered",), "closed", WATCH,
            _("No more was asked"), _("It is closed."), _("Closed, as nothing more was asked"),
        ),
        Transition(
            "withdraw", ("asked", "waiting", "with"), "withdrawn", OWN,
            _("Withdraw"), _("Withdrawn. Nobody needs to answer it any more."), _("Withdrawn"),
        ),
        Transition(
            "decline", ("waiting", "with"), "declined", DECIDE,
            _("Decline"), _("Declined. Who asked gets your reason by mail."), _("Declined"),
        ),
    ),
    other_deeds={
        "ask": _("Asked"),
        "follow-up": _("Said more"),
        "show": _("Shown to everybody"),
        "hide": _("Hidden from everybody"),
        "mark": _("Said what helped"),
        "share": _("Made knowledge of it"),
        "forget": _("Forgotten"),
    },
)  # fmt: skip
OPEN: Final = QUESTION.tagged(_OPEN)
SHOWN: Final = QUESTION.tagged(_SHOWN)
OVER: Final = QUESTION.tagged(_OVER)
