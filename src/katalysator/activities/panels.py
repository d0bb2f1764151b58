"""What this room shows on pages of others: what an organisation or a group holds, what is to come in a corner, one's own."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from katalysator.activities.models import Activity, Enrolment
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.groups.models import WorkingGroup
from katalysator.groups.rules import powers
from katalysator.groups.workflow import WORK

_SHOWN, _IN_CORNER, _WAIT = 5, 3, 10


@panel("organisation", "activities/_of_organisation.html", position=50)
def activities_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What it holds, alone or with others: what is to come, and the newest of what was."""
    mine = Activity.objects.visible_to(reader(request)).shown().of(organisation)
    coming, past = list(mine.to_come()[:_SHOWN]), list(mine.past()[:_IN_CORNER])
    url = f"{reverse('activity-list')}?{urlencode({'organisation': organisation.slug})}"
    return {"coming": coming, "past": past, "url": url} if coming or past else None


@panel("corner", "activities/_in_corner.html", position=30)
def activities_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """What is to come there: how many, and the next ones."""
    seen = Activity.objects.visible_to(reader(request)).shown()
    found = seen.in_corner(corner).to_come()
    url = f"{reverse('activity-list')}?{urlencode(corner.query)}"
    return {"activities": found[:_IN_CORNER], "count": found.count(), "url": url}


@panel("group", "activities/_of_group.html")
def activities_of_group(request: HttpRequest, group: WorkingGroup) -> dict[str, Any]:
    """What it holds and is to come, and how a calendar follows it: for its members with the meetings."""
    seen = Activity.objects.visible_to(request.user).shown().of_group(group.slug)
    query = urlencode({"group": group.slug})
    return {
        "activities": list(seen.to_come()[:_SHOWN]),
        "url": f"{reverse('activity-list')}?{query}",
        "feed": f"{settings.ADDRESS}{reverse('activity-feed')}?{query}",
        "group": group,
        "is_inside": WORK in powers(request.user, group),
    }


@panel("account", "activities/_of_account.html", position=30)
def own_activities(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What one goes to next, and the way to all of it."""
    mine = Enrolment.objects.filter(person=request.user.pk or 0).open()
    coming = mine.filter(activity__in=Activity.objects.to_come()).select_related("activity")
    return {"enrolments": coming.order_by("activity__starts_at", "pk")[:_SHOWN]}


@panel("bureau", "activities/_waiting.html", position=45)
def waiting(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Who asks for a place in what the bureau holds, and what of that is over and not told of."""
    own = Activity.objects.visible_to(request.user).filter(organisation=None)
    asked = Enrolment.objects.filter(state="asked", activity__in=own.to_come())
    found = asked.select_related("activity").order_by("made_at")
    untold = own.untold()
    shown = {"asked": found[:_WAIT], "asks": found.count(), "untold": untold[:_WAIT]}
    return shown if shown["asks"] or untold else None
