"""What this room shows on pages of others: who answers for a corner, groups, and what somebody has in them."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.models import GroupMembership, GroupTask, Steward, WorkingGroup
from katalysator.groups.workflow import OWN

_SHOWN: Final = 6
_TASKS: Final = 10


@panel("corner", "groups/_stewards.html", position=10)
def stewards_of(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """The chair and the contact points; those of the area or the block where a cell has none of its own."""
    where, found = Steward.objects.visible_to(reader(request)).nearest_to(corner)
    return {"stewards": found, "elsewhere": where.name if where != corner else ""}


@panel("corner", "groups/_in_corner.html", position=30)
def groups_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """The working groups that are about it."""
    url = f"{reverse('group-list')}?{urlencode(corner.query)}"
    return {"groups": _running(request).in_corner(corner)[:_SHOWN], "url": url}


@panel("organisation", "groups/_of_organisation.html", position=47)
def groups_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The working groups in which its people are."""
    found = list(_running(request).of_organisation(organisation))
    return {"groups": found} if found else None


@panel("bureau", "groups/_proposed.html", position=25)
def proposed(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Groups that wait for an answer, the oldest first."""
    found = WorkingGroup.objects.visible_to(request.user).proposed()
    return {"groups": found[:_TASKS], "count": found.count()}


@panel("account", "groups/_of_account.html", position=30)
def own_groups(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """One's groups and invitations, tasks, and where one is shown as chair or contact point."""
    mine = GroupMembership.objects.filter(person_id=request.user.pk or 0).select_related("group")
    tasks = GroupTask.objects.visible_to(request.user).held_by(request.user).open()
    stewards = Steward.objects.filter(person_id=request.user.pk or 0)
    return {
        "memberships": [
            (each, () if each.state == "inside" else MEMBERSHIP.transitions_from(each.state, OWN))
            for each in mine.order_by("group__sort_name")
        ],
        "tasks": tasks.select_related("group")[:_TASKS],
        "stewards": stewards.select_related("area", "hub", "organisation"),
    }


def _running(request: HttpRequest) -> Any:
    """What everybody sees of groups that run: the page is kept for all readers alike."""
    return WorkingGroup.objects.visible_to(reader(request)).running()
