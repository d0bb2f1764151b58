"""What this room shows on pages of others: the bureau's rounds, and the way to those of a working group."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from katalysator.activities.models import Activity
from katalysator.activities.workflow import ANNOUNCED
from katalysator.core.actors import permits
from katalysator.core.panels import Waits, panel, waits
from katalysator.groups.models import WorkingGroup
from katalysator.groups.rules import powers
from katalysator.groups.workflow import CHAIR
from katalysator.rounds.meeting.workflow import HOLD_DAY, JOIN
from katalysator.rounds.models import MatchingRound, MeetingDay, MeetingGuest
from katalysator.rounds.orders.sides import own_sides
from katalysator.rounds.workflow import HOLD, MATCHING_ROUND

_SHOWN: Final = 5


@waits(position=16)
def to_decide(person: Any) -> Iterator[Waits]:
    """Rounds that are computed or approved, and wait for who decides on them."""
    found = MatchingRound.objects.visible_to(person).filter(state__in=("computed", "approved"))
    for each in found.select_related("group")[:_SHOWN]:
        if permits(person, HOLD, each):
            said = {"name": each.name, "state": each.state_label}
            yield Waits(_("Round “%(name)s”: %(state)s") % said, each.get_absolute_url())


@waits(position=17)
def to_order(person: Any) -> Iterator[Waits]:
    """Own needs and offers of which a round asks whom they would rather meet, and nobody said it yet."""
    waiting = [each for each in own_sides(person) if each.said is None]
    for each in waiting[:_SHOWN]:
        said = {"title": each.listing.title, "name": each.round.name}
        link = reverse("own-order", args=[each.round.pk, each.listing.pk])
        yield Waits(_("“%(title)s”: whom would you rather meet? (%(name)s)") % said, link)


@panel("bureau", "rounds/_of_bureau.html", position=19)
def of_bureau(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """How many rounds are where."""
    counts = MatchingRound.objects.visible_to(request.user).by_state()
    states = MATCHING_ROUND.states
    return {
        "counts": [(MATCHING_ROUND.label(each), counts[each]) for each in states if each in counts]
    }


@panel("group", "rounds/_of_group.html", position=60)
def of_group(request: HttpRequest, group: WorkingGroup) -> dict[str, Any] | None:
    """For its chair and the bureau, the rounds of a working group."""
    person = request.user
    if not person.is_authenticated or CHAIR not in powers(person, group):
        return None
    found = MatchingRound.objects.visible_to(person).filter(group=group)
    return {"group": group, "rounds": list(found[:_SHOWN])}


@panel("activity", "rounds/_of_activity.html", position=20)
def talks_of_activity(request: HttpRequest, activity: Activity) -> dict[str, Any] | None:
    """For who has a place and who plans them, the way to the talks of an activity."""
    person = request.user
    if not person.is_authenticated:
        return None
    may_plan = permits(person, HOLD_DAY, activity)
    day = MeetingDay.objects.visible_to(person).filter(activity=activity).first()
    can_be_planned = may_plan and activity.state == ANNOUNCED and not activity.is_over
    if day is None and not can_be_planned:
        return None
    has_place = day and permits(person, JOIN, MeetingGuest(day=day, person=person))
    return {"activity": activity, "day": day, "may_plan": may_plan, "has_place": has_place}
