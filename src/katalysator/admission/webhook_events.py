"""Of which deeds with applications programs of the bureau are told."""

from typing import Any, Final

from katalysator.admission.workflow import APPLICATION
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import Hearers


def hears_of_application(event: Event) -> Hearers | None:
    """The bureau alone; and not of one whose address was never confirmed, which it does not see."""
    if event.verb == "application.withdraw" and event.before["state"] == APPLICATION.initial:
        return None
    return Hearers(int(event.subject_id))


_OF: Final[dict[str, Any]] = {
    "kind": "application", "route": "application", "heard": hears_of_application, "of_bureau": True,
}  # fmt: skip

event_type("application.received", _("An application waits"), verbs=("application.confirm",), **_OF)
event_type(
    "application.decided", _("An application was decided on, or withdrawn"),
    verbs=("application.admit", "application.decline", "application.withdraw"), **_OF,
)  # fmt: skip
