"""What is held of a person who comes to activities, or holds them."""

from typing import Any

from katalysator.activities.models import Activity, CalendarKey, Enrolment, Preference
from katalysator.core.personal_data import holds, rows


@holds("activities", Activity, Enrolment, Preference, CalendarKey)
def activities_of(person: Any) -> dict[str, Any]:
    """Where the person comes and what they would like, what they wrote down, and since when their calendar is open."""
    mine = {"person_id": person.pk}
    return {
        "enrolments": rows(
            Enrolment.objects.filter(**mine), "activity__title", "state", "turn", "made_at"
        ),
        "preferences": rows(Preference.objects.filter(**mine), "choice__title", "rank"),
        "written": rows(Activity.objects.filter(author_id=person.pk), "id", "title", "state"),
        "calendar": rows(CalendarKey.objects.filter(**mine), "group__name", "made_at"),
    }
