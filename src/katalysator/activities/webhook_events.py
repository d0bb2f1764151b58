"""Of which deeds with activities programs are told."""

from typing import Any, Final

from katalysator.activities.models import Activity
from katalysator.activities.workflow import SHOWN
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import Hearers


def hears_of_activity(event: Event) -> Hearers | None:
    """Who holds it; all participants where it is announced, or was."""
    found = Activity.objects.filter(pk=event.subject_id).first()
    if found is None:
        return None
    own = frozenset({found.organisation_id} if found.organisation_id else ())
    state = event.after.get("state", found.state)
    return Hearers(found.pk, own, all_participants=state in SHOWN)


_OF: Final[dict[str, Any]] = {"kind": "activity", "route": "activity", "heard": hears_of_activity}

event_type("activity.announced", _("An activity is announced"), verbs=("activity.announce",), **_OF)
event_type("activity.changed", _("An activity was changed"), verbs=("activity.edit",), **_OF)
event_type("activity.cancelled", _("An activity is called off"), verbs=("activity.cancel",), **_OF)
event_type("activity.held", _("An activity was held"), verbs=("activity.hold",), **_OF)
