"""The life of a listing, as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

EDIT: Final = "listings.edit_listing"
"""What who changes a listing must have."""
RENEW: Final = "listings.renew_listing"
"""What who lets a listing stand longer must have: who has the link of a reminder has no more."""
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
            "publish", ("draft", "closed"), "published", EDIT,
            _("Publish"), _("Published. We look for matches now."), _("Published"),
        ),
        Transition(
            "settle", ("published",), "matched", EDIT,
            _("We found each other"), _("Good news. This listing is now marked as matched."),
            _("Matched"),
        ),
        Transition(
            "renew", ("expired", "published"), "published", RENEW,
            _("Renew"), _("Renewed. It stays open for longer."), _("Renewed"),
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
EXPIRED: Final = "expired"
