"""The lives of what a working group writes down, each as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _
from katalysator.groups.workflow import KEEP, WORK

_READ: Final = frozenset({"read"})  # by all who may read the group's papers
_OPEN: Final = frozenset({"open"})

MEETING: Final = Workflow(
    name="meeting",
    states={
        "planned": State(_("Planned"), _READ),
        "draft": State(_("Draft minutes")),
        "adopted": State(_("Minutes adopted"), _READ),
        "cancelled": State(_("Cancelled"), _READ),
    },
    transitions=(
        Transition(
            "write", ("planned", "draft"), "draft", KEEP,
            _("Write minutes"), _("Saved. Members read them until they are adopted."), _("Minutes written"),
        ),
        Transition(
            "adopt", ("draft",), "adopted", KEEP,
            _("Adopt the minutes"), _("The minutes are adopted."), _("Minutes adopted"),
        ),
        Transition(
            "reopen", ("adopted",), "draft", KEEP,
            _("Back to draft"), _("The minutes are a draft again."), _("Minutes opened again"),
        ),
        Transition(
            "cancel", ("planned",), "cancelled", KEEP,
            _("Cancel the meeting"), _("The meeting is cancelled. Members hear so by mail."), _("Cancelled"),
        ),
    ),
    other_deeds={"plan": _("Planned"), "edit": _("Changed")},
)  # fmt: skip

DECISION: Final = Workflow(
    name="decision",
    states={"taken": State(_("In force")), "revoked": State(_("Revoked"))},
    transitions=(
        Transition(
            "revoke", ("taken",), "revoked", KEEP,
            _("Revoke"), _("Revoked. It stays in the list, with its number."), _("Revoked"),
        ),
    ),
    other_deeds={"take": _("Taken")},
)  # fmt: skip

TASK: Final = Workflow(
    name="group-task",
    states={
        "open": State(_("Open"), _OPEN),
        "done": State(_("Done")),
        "dropped": State(_("Dropped")),
    },
    transitions=(
        Transition("finish", ("open",), "done", WORK, _("Done"), _("Well done."), _("Done")),
        Transition("drop", ("open",), "dropped", WORK, _("Drop"), _("Dropped."), _("Dropped")),
        Transition(
            "reopen", ("done", "dropped"), "open", WORK,
            _("Open again"), _("It is open again."), _("Opened again"),
        ),
    ),
    other_deeds={"add": _("Added"), "edit": _("Changed")},
)  # fmt: skip
