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
from katalysator.core.exports import PAGE, export, publish, slug_of
from katalysator.faults import gettext_noop as _
from katalysator.search.models import READ, found_by

export(ActivitySeries, "activity-series", _("Activities that are held again and again."))
export(
    Activity,
    "activities",
    _("What is held, was, or was called off."),
    leave=READ,
    personal=("author",),
)
export(CoOrganiser, "co-organisers", _("Who holds an activity together with another."))
export(ActivityChoice, "activity-choices", _("Activities of which people chose."))
export(ActivityKey, "activity-keys", _("What activities are called in sheets."))
export(Enrolment, "enrolments", _("Who comes to which activity."), of_people=True)
export(Preference, "preferences", _("What people would like of a choice."), of_people=True)

publish(
    "activities",
    _("What is held, was, or was called off. An organisation that is empty stands for the bureau."),
    lambda stranger: (
        Activity.objects.visible_to(stranger)
        .shown()
        .select_related("organisation")
        .defer(*found_by("organisation__"))
    ),
    fields=(
        "id", "uid", "kind", "title", "text", "language", "areas", "blocks", "mode", "place", "region", "starts_at",
        "ends_at", "closes_at", "capacity", "policy", "state", "outcome", "lessons",
    ),
    more={"organisation": slug_of("organisation"), "page": PAGE},
)  # fmt: skip
