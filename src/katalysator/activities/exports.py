"""What of this room a coalition can take along."""

from katalysator.activities.models import (
    Activity,
    ActivityChoice,
    ActivityKey,
    ActivitySeries,
    CoOrganiser,
    Enrolment,
    Preference,
)
from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _

export(ActivitySeries, "activity-series", _("Activities that are held again and again."))
export(Activity, "activities", _("What is held, was, or was called off."), personal=("author",))
export(CoOrganiser, "co-organisers", _("Who holds an activity together with another."))
export(ActivityChoice, "activity-choices", _("Activities of which people chose."))
export(ActivityKey, "activity-keys", _("What activities are called in sheets."))
export(Enrolment, "enrolments", _("Who comes to which activity."), of_people=True)
export(Preference, "preferences", _("What people would like of a choice."), of_people=True)
