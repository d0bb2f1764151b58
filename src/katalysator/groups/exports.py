"""What of this room a coalition can take along."""

from katalysator.core.exports import PAGE, ExportedColumn, export, publish, slug_of
from katalysator.faults import gettext_noop as _
from katalysator.groups.models import (
    Decision,
    GroupMembership,
    GroupTask,
    Meeting,
    Steward,
    WorkingGroup,
)
from katalysator.search.models import READ

export(WorkingGroup, "working-groups", _("Working groups."))
export(GroupMembership, "group-memberships", _("Who is in which working group."), of_people=True)
export(Meeting, "group-meetings", _("Meetings of working groups, with their minutes."), leave=READ)
export(Decision, "group-decisions", _("What working groups decided."), leave=READ)
export(GroupTask, "group-tasks", _("What there is to do in working groups."))
export(Steward, "stewards", _("Who is chair or contact point of what."), of_people=True)

publish(
    "working-groups",
    _("Working groups that have started."),
    lambda stranger: (
        WorkingGroup.objects.visible_to(stranger).select_related("hub").prefetch_related("areas")
    ),
    fields=("slug", "name", "about", "blocks", "enrolment", "readers", "state"),
    more={
        "areas": ExportedColumn("list", lambda group: [area.slug for area in group.areas.all()]),
        "hub": slug_of("hub"),
        "page": PAGE,
    },
)
