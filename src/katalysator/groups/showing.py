"""What a group's page tells whoever asks: of the group, its people, its papers, and what they may do."""

from typing import Any, Final

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.core.panels import shown
from katalysator.groups.forms import GroupDeclineForm
from katalysator.groups.members.coming_in import entrance, own_participants
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.models import Decision, GroupMembership, GroupTask, Meeting, WorkingGroup
from katalysator.groups.rules import powers
from katalysator.groups.workflow import GROUP, JOIN, OWN, WORK

_SHOWN: Final = 5
_MOST: Final = 100


def told(
    request: HttpRequest, group: WorkingGroup, decline_form: GroupDeclineForm | None = None
) -> dict[str, Any]:
    """All that the page needs, with the form that asks why not as it was filled. Cost: about twelve queries."""
    may = powers(request.user, group)
    steps = [each for each in GROUP.transitions_from(group.state) if each.permission in may]
    decides = any(each.deed == "decline" for each in steps)
    return {
        "group": group,
        "about": str(group.about),
        "areas": list(group.areas.all()),
        "may": {permission.partition(".")[2] for permission in may},
        "steps": [] if decides else steps,
        "panels": shown("group", request, group),
        "decline_form": (decline_form or GroupDeclineForm()) if decides else None,
        **_people(group),
        **_own(request, group, is_inside=JOIN in may),
        **_papers(request, group, works=WORK in may),
    }


def _people(group: WorkingGroup) -> dict[str, Any]:
    members: list[Any] = list(group.memberships.members().with_names()[:_MOST])
    named = [each for each in members if each.shown_name]
    organisations = {each.organisation for each in members if each.organisation}
    return {
        "count": group.memberships.members().count(),
        "people": sorted(named, key=_rank),
        "organisations": sorted(organisations, key=lambda each: each.sort_name),
    }


def _rank(membership: Any) -> tuple[int, str]:
    roles = [GroupMembership.Role.CHAIR, GroupMembership.Role.SECRETARY]
    place = roles.index(membership.role) if membership.role in roles else len(roles)
    return place, membership.shown_name.casefold()


def _own(request: HttpRequest, group: WorkingGroup, *, is_inside: bool) -> dict[str, Any]:
    """How it stands between the group and who asks, and for which organisation they can come in."""
    if not is_inside:
        return {"mine": None, "own_steps": [], "entrance": "", "choices": []}
    mine = GroupMembership.objects.filter(group=group, person_id=request.user.pk or 0).first()
    steps = MEMBERSHIP.transitions_from(mine.state, OWN) if mine else ()
    entering = "" if mine else entrance(group)
    choices: list[Organisation] = list(own_participants(request.user)) if entering else []  # type: ignore[arg-type]
    return {
        "mine": mine,
        "own_steps": [step for step in steps if mine and mine.role != GroupMembership.Role.CHAIR],
        "entrance": MEMBERSHIP.step(entering) if entering else None,
        "choices": choices if len(choices) > 1 else [],
    }


def _papers(request: HttpRequest, group: WorkingGroup, *, works: bool) -> dict[str, Any]:
    meetings = Meeting.objects.visible_to(request.user).filter(group=group)
    decisions = Decision.objects.visible_to(request.user).filter(group=group)
    tasks = GroupTask.objects.visible_to(request.user).filter(group=group).open()
    coming = list(meetings.coming()[:_SHOWN])
    return {
        "coming": coming,
        "meetings": meetings.exclude(pk__in=[each.pk for each in coming])[:_SHOWN],
        "decisions": decisions[:_SHOWN],
        "tasks": tasks.with_holders()[:_SHOWN] if works else None,
    }
