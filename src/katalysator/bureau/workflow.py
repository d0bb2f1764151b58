"""The lives of what the workbench keeps, each as one table; what happens at each deed: `verbs.py`."""

from typing import Final

from katalysator.coalition.workflow import RUN
from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

GO_OUT: Final = "bureau.let_go_out"
"""What lets letters go out when their time has come must have."""

_RUNS: Final = frozenset({"runs"})  # there are lines left to go through

BULK: Final = Workflow(
    name="bulk",
    states={
        "doing": State(_("Being done"), _RUNS),
        "done": State(_("Done")),
        "undoing": State(_("Being undone"), _RUNS),
        "undone": State(_("Undone")),
    },
    transitions=(
        Transition(
            "finish", ("doing",), "done", RUN,
            _("Finish"), _("Done."), _("Done"),
        ),
        Transition(
            "undo", ("done",), "undoing", RUN,
            _("Undo"), _("Undone, but for what was changed since."), _("Undo asked"),
        ),
        Transition(
            "finish", ("undoing",), "undone", RUN,
            _("Finish"), _("Undone."), _("Undone"),
        ),
    ),
    other_deeds={"start": _("Started")},
)  # fmt: skip

MAILING: Final = Workflow(
    name="mailing",
    states={
        "draft": State(_("Not sent yet"), frozenset({"can be changed"})),
        "waiting": State(_("Goes out soon")),
        "sent": State(_("Sent")),
    },
    transitions=(
        Transition(
            "send", ("draft",), "waiting", RUN,
            _("Send it"), _("It goes out in ten minutes. Until then you can stop it."), _("To be sent"),
        ),
        Transition(
            "stop", ("waiting",), "draft", RUN,
            _("Stop it"), _("Stopped: nobody got it."), _("Stopped"),
        ),
        Transition(
            "go-out", ("waiting",), "sent", GO_OUT,
            _("Let it go out now"), _("It is on its way."), _("Sent"),
        ),
    ),
    other_deeds={"write": _("Written"), "edit": _("Changed"), "delete": _("Thrown away")},
)  # fmt: skip
