"""The life of a listing, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

EDIT: Final = "listings.edit_listing"
"""What who changes a listing must have."""
_SHOWN: Final = frozenset({"shown"})  # everybody may see it who may see the listing at all

LISTING: Final = Workflow(
    name="listing",
    states={
        "draft": State(_("Draft")),
        "published": State(_("Published"), _SHOWN | {"open"}),
        "matched": State(_("Matched"), _SHOWN),
        "closed": State(_("Closed")),
        "expired": State(_("Expired")),
    },
    transitions=(
        Transition(
            "publish", ("draft", "closed", "expired"), "published", EDIT,
            _("Publish"), _("Published. We look for matches now."), _("Published"),
        ),
        Transition(
            "settle", ("published",), "matched", EDIT,
            _("We found each other"), _("Good news. This listing is now marked as matched."),
            _("Matched"),
        ),
        Transition(
            "reopen", ("matched",), "published", EDIT,
            _("Search again"), _("Open again. We look for matches now."), _("Opened again"),
        ),
        Transition(
            "close", ("published", "matched", "expired"), "closed", EDIT,
            _("Close"), _("Closed. You can publish it again whenever you like."), _("Closed"),
        ),
        Transition(
            "expire", ("published",), "expired", "listings.expire_listing",
            _("Let it expire"), _("Expired."), _("Expired"),
        ),
        Transition(
            "withdraw", ("published",), "draft", EDIT,
            _("Back to draft"),
            _("Back to draft. Others do not see it any more."),
            _("Taken back to draft"),
        ),
    ),
    other_deeds={
        "post": _("Written down"),
        "edit": _("Changed"),
        "delete": _("Thrown away"),
        "bring-along": _("Goes on with another organisation"),
    },
)  # fmt: skip
(OPEN,) = LISTING.tagged("open")
SHOWN = LISTING.tagged("shown")
