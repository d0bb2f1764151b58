"""An activity as an entry of a calendar, for everybody and for who has a place in it; and a meeting of a group."""

from django.utils.translation import gettext as _

from katalysator.activities.calendar.ical import Entry
from katalysator.activities.models import Activity, Enrolment
from katalysator.core.letters import address
from katalysator.groups.models import Meeting


def entry_of(activity: Activity, enrolment: Enrolment | None = None) -> Entry:
    """What everybody may know of an activity; the link too for who has a place. Of who waits nothing is sure."""
    is_cancelled = activity.state == "cancelled" or not (enrolment is None or enrolment.is_open)
    is_unsure = enrolment is not None and not enrolment.has_place
    return Entry(
        uid=str(activity.uid),
        sequence=activity.sequence,
        changed_at=activity.changed_at,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        title=activity.title,
        text=activity.text,
        url=address("activity", activity.pk),
        place=", ".join(filter(None, (activity.place, link_of(activity, enrolment)))),
        category=str(activity.get_kind_display()),
        status="CANCELLED" if is_cancelled else "TENTATIVE" if is_unsure else "CONFIRMED",
    )


def entry_of_meeting(meeting: Meeting) -> Entry:
    """What members may know of a meeting of their group; its minutes are read on the page."""
    return Entry(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        title=_("Meeting: %(group)s") % {"group": meeting.group.name},
        text=meeting.agenda,
        url=address("group-meeting", meeting.group.slug, meeting.pk),
        place=meeting.place,
        status="CANCELLED" if meeting.state == "cancelled" else "CONFIRMED",
    )


def link_of(activity: Activity, enrolment: Enrolment | None) -> str:
    """Where it is online, for who has a place; for all where no registration is needed. Nothing for others."""
    has_place = enrolment is not None and enrolment.has_place
    is_for_all = activity.policy == Activity.Policy.NONE
    return activity.link if has_place or is_for_all else ""
