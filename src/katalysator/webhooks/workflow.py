"""The lives of a webhook and of a delivery, as tables; what happens at each deed: `verbs.py` and `delivering.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

KEEP: Final = "webhooks.keep_webhook"
"""What who adds and changes a webhook must have."""
WATCH: Final = "webhooks.watch"
"""What switches off those that do not work, and those that nobody keeps."""

WEBHOOK: Final = Workflow(
    name="webhook",
    states={
        "active": State(_("Works")),
        "paused": State(_("Paused")),
        "off": State(_("Switched off")),
        "unkept": State(_("Waits for who keeps it")),
    },
    transitions=(
        Transition(
            "pause", ("active",), "paused", KEEP,
            _("Let it rest"), _("Paused. What happens meanwhile is not told later."), _("Paused"),
        ),
        Transition(
            "resume", ("paused", "off", "unkept"), "active", KEEP,
            _("Let it work again"), _("It works again, from now on."), _("Works again"),
        ),
        Transition(
            "switch-off", ("active",), "off", WATCH,
            _("Switch off"), _("Switched off."), _("Switched off, as nothing arrived any more"),
        ),
        Transition(
            "lay-down", ("active",), "unkept", WATCH,
            _("Lay down"), _("It waits for who keeps it."), _("Stopped, as who kept it manages this no longer"),
        ),
    ),
    other_deeds={
        "add": _("Added"),
        "edit": _("Changed"),
        "renew-secret": _("Got a new secret"),
        "test": _("A test was sent"),
        "send-again": _("Something was sent again"),
        "remove": _("Taken away"),
    },
)  # fmt: skip
ACTIVE: Final = WEBHOOK.initial
