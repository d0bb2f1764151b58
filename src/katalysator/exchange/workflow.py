"""The life of a listing, as one table. Who may do what: `rules.py`; what happens: `verbs.py`."""

from katalysator.core.workflow import Transition, Workflow
from katalysator.faults import gettext_noop as _

LISTING = Workflow(
    name="listing",
    states={
        "draft": _("Draft"),
        "published": _("Published"),
        "matched": _("Matched"),
        "closed": _("Closed"),
        "expired": _("Expired"),
    },
    transitions=(
        Transition("publish", ("draft", "closed", "expired"), "published", _("Publish")),
        Transition("settle", ("published",), "matched", _("We found each other")),
        Transition("reopen", ("matched",), "published", _("Search again")),
        Transition("close", ("published", "matched", "expired"), "closed", _("Close")),
        Transition("expire", ("published",), "expired", _("Let it expire")),
        Transition("withdraw", ("published",), "draft", _("Back to draft")),
    ),
)
OPEN = "published"
SHOWN = ("published", "matched")
