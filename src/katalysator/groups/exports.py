"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.groups.models import (
    Decision,
    GroupMembership,
    GroupTask,
    Meeting,
    Steward,
    WorkingGroup,
)

export(WorkingGroup, "working-groups", _("Working groups."))
export(GroupMembership, "group-memberships", _("Who is in which working group."), of_people=True)
export(Meeting, "group-meetings", _("Meetings of working groups, with their minutes."))
export(Decision, "group-decisions", _("What working groups decided."))
export(GroupTask, "group-tasks", _("What there is to do in working groups."))
export(Steward, "stewards", _("Who is chair or contact point of what."), of_people=True)
