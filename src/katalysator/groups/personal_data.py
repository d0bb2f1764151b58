"""What is held of a person who is in working groups, or is the one to turn to."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.groups.models import GroupMembership, GroupTask, Steward


@holds("groups", GroupMembership, GroupTask, Steward)
def groups_of(person: Any) -> dict[str, Any]:
    """The groups and what there is to do there, and where the person is chair or contact point."""
    mine = {"person_id": person.pk}
    tasks = GroupTask.objects.filter(holder__person_id=person.pk)
    return {
        "memberships": rows(GroupMembership.objects.filter(**mine), "group__slug", "role", "state"),
        "tasks": rows(tasks, "group__slug", "what", "state"),
        "stewards": rows(Steward.objects.filter(**mine), "duty", "area", "block", "hub"),
    }
