"""Places of an activity: never more than there are, and who asked first goes first.

Whoever gives or frees a place holds the row of the activity until the transaction ends: `locked`.
"""

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.workflow import ANNOUNCED, ENROLMENT
from katalysator.core import audit, rows
from katalysator.core.actors import SEATS
from katalysator.core.audit import Deed
from katalysator.faults import gettext_noop as _


def locked(activity: Activity) -> Activity:
    """The activity as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(activity, _("This activity is not here any more."))


def free_places(activity: Activity) -> int | None:
    """How many places are free of an activity that is locked; None where there is no limit. Cost: one query."""
    if activity.capacity is None:
        return None
    return max(0, activity.capacity - activity.enrolments.seated().count())


def has_place(activity: Activity) -> bool:
    """Whether one more can come. Cost: see `free_places`."""
    return free_places(activity) != 0


def next_turn(activity: Activity) -> int:
    """The end of the line. Cost: one query."""
    last = activity.enrolments.aggregate(last=Max("turn"))["last"]
    return (last or 0) + 1


def fill_places(activity: Activity) -> Sequence[Enrolment]:
    """Give free places to who waits, in their order; returns who moved up.

    Call it with an activity that is locked. Nobody moves up in what is over or cancelled. Cost: two
    queries, and some for all who move up together.
    """
    if activity.state != ANNOUNCED or activity.ends_at <= timezone.now():
        return ()
    moved = list(activity.enrolments.waiting()[: free_places(activity)])
    step = ENROLMENT.step("move-up")
    for each in moved:
        each.state = step.target
    if moved:
        Enrolment.objects.filter(pk__in=[each.pk for each in moved]).update(state=step.target)
        deeds = [
            Deed(each, before={"state": "waiting"}, after={"state": each.state}) for each in moved
        ]
        verb = ENROLMENT.audit_verb("move-up")
        audit.record_all(verb, deeds, by=SEATS, chain=Enrolment._meta.app_label)
    return moved
