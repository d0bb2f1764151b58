"""The lives of knowledge and of its reviews, as tables; what happens at each deed: `verbs.py`, here and in `reviews`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

EDIT: Final = "knowledge.edit_item"
"""What who changes an item must have."""
PUBLISH: Final = "knowledge.publish_item"
"""What who publishes one must have: after a review, or as the bureau."""
AGE: Final = "knowledge.age_item"
"""What lets one grow old that nobody said to be correct any more."""
REVIEW: Final = "knowledge.review_item"
"""What who reviews one must have: to be of another organisation."""
WRITE: Final = "knowledge.write_item"
"""What who writes something down must have."""
WRITE_FOR_ALL: Final = "knowledge.write_for_all"
"""What who writes down what several participants know must have."""
_SHOWN: Final = frozenset({"shown"})  # whoever may see the item at all

KNOWLEDGE: Final = Workflow(
    name="knowledge",
    states={
        "draft": State(_("Draft"), frozenset({"unfinished"})),
        "review": State(_("In review"), frozenset({"reviewed", "unfinished"})),
        "published": State(_("Published"), _SHOWN | {"current"}),
        "outdated": State(_("Outdated"), _SHOWN),
        "withdrawn": State(_("Withdrawn")),
    },
    transitions=(
        Transition(
            "submit", ("draft",), "review", EDIT,
            _("Ask for a review"), _("All participants can read it now. Ask some of them for a review."),
            _("Sent for review"),
        ),
        Transition(
            "publish", ("draft", "review"), "published", PUBLISH,
            _("Publish"), _("Published. Thank you for sharing it."), _("Published"),
        ),
        Transition(
            "retract", ("review",), "draft", EDIT,
            _("Back to draft"), _("Back to draft. Only your organisation and the bureau see it now."),
            _("Taken back to draft"),
        ),
        Transition(
            "outdate", ("published",), "outdated", EDIT,
            _("Mark as outdated"), _("Marked as outdated. It stays to be read, with a warning."),
            _("Marked as outdated"),
        ),
        Transition(
            "age", ("published",), "outdated", AGE,
            _("Let it grow old"), _("It has grown old."), _("Nobody said that it is still correct"),
        ),
        Transition(
            "renew", ("outdated",), "published", EDIT,
            _("It is correct again"), _("Thank you. It is shown as correct again."),
            _("Said to be correct again"),
        ),
        Transition(
            "withdraw", ("published", "outdated"), "withdrawn", EDIT,
            _("Withdraw"), _("Withdrawn. Only your organisation and the bureau see it now."),
            _("Withdrawn"),
        ),
        Transition(
            "restore", ("withdrawn",), "draft", EDIT,
            _("Make it a draft again"), _("It is a draft again."), _("Made a draft again"),
        ),
    ),
    other_deeds={
        "write": _("Written down"),
        "edit": _("Changed"),
        "confirm": _("Said to be still correct"),
        "attach": _("A file was added"),
        "detach": _("A file was taken away"),
        "use": _("Somebody used it"),
        "unuse": _("Somebody took back that they used it"),
        "delete": _("Thrown away"),
    },
)  # fmt: skip
SHOWN = KNOWLEDGE.tagged("shown")
(CURRENT,) = KNOWLEDGE.tagged("current")
(IN_REVIEW,) = KNOWLEDGE.tagged("reviewed")
UNFINISHED = KNOWLEDGE.tagged("unfinished")

REVIEWING: Final = Workflow(
    name="knowledge-review",
    states={
        "asked": State(_("Asked")),
        "given": State(_("Reviewed"), frozenset({"given"})),
        "passed": State(_("No time for it")),
    },
    transitions=(
        Transition(
            "give", ("asked", "given", "passed"), "given", REVIEW,
            _("Give this review"), _("Thank you. Your review is there."), _("Reviewed"),
        ),
        Transition(
            "pass", ("asked",), "passed", REVIEW,
            _("We cannot review this"), _("That is fine. We let them know."), _("Could not review it"),
        ),
    ),
    other_deeds={"ask": _("Asked for a review")},
)  # fmt: skip
(GIVEN,) = REVIEWING.tagged("given")
