"""An activity as schema.org describes events, for search engines: JSON-LD (schema.org 29)."""

from typing import Any, Final

from django.conf import settings
from django.utils.safestring import SafeString

from katalysator.activities.models import Activity
from katalysator.coalition.jsonld import data_block

_TYPES: Final = {
    "hackathon": "Hackathon",
    "course": "CourseInstance",
    "lecture": "EducationEvent",
    "workshop": "EducationEvent",
    "publication": "PublicationEvent",
}
_MODES: Final = {
    "site": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "both": "MixedEventAttendanceMode",
}


def activity_data(activity: Activity) -> SafeString:
    """What is stated of an activity, as the text of a data block; never where it is online."""
    page = settings.ADDRESS + activity.get_absolute_url()
    status = "EventCancelled" if activity.state == "cancelled" else "EventScheduled"
    return data_block({
        "@context": "https://schema.org",
        "@type": _TYPES.get(activity.kind, "Event"),
        "@id": page,
        "name": activity.title,
        "description": activity.text,
        "url": page,
        "inLanguage": activity.language,
        "startDate": activity.starts_at.isoformat(),
        "endDate": activity.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[activity.mode]}",
        "maximumAttendeeCapacity": activity.capacity,
        "location": _locations(activity, page),
        "organizer": _organiser(activity),
    })  # fmt: skip


def _locations(activity: Activity, page: str) -> list[dict[str, str]]:
    found = []
    if activity.place:
        found.append({"@type": "Place", "name": activity.place, "address": activity.place})
    if activity.mode != Activity.Mode.SITE:
        found.append({"@type": "VirtualLocation", "url": page})
    return found


def _organiser(activity: Activity) -> dict[str, Any]:
    holder = activity.organisation
    if holder is None:
        return {}
    url = settings.ADDRESS + holder.get_absolute_url()
    return {"@type": "Organization", "name": holder.name, "url": url}
