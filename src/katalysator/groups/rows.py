"""A group that is to be changed, and whether it runs."""

from katalysator.core import rows
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.groups.models import GroupMembership, WorkingGroup


def locked(group: WorkingGroup) -> WorkingGroup:
    """The group as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(group, _("This working group is not here any more."))


def locked_membership(membership: GroupMembership) -> GroupMembership:
    """The row as it is now, after its group. Raises Conflict where it is not there any more."""
    return rows.locked(membership, _("This person is not in the group any more."))


def require_running(group: WorkingGroup) -> None:
    """Refuse what only a group that runs does. Raises Conflict."""
    if not group.is_running:
        raise Conflict(
            "group-not-running",
            _("The group is not active: %(state)s."),
            state=group.state_label,
        )
