"""Activities that are held again and again: made, changed and cancelled together."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.activities import verbs
from katalysator.activities.enrolments.places import locked
from katalysator.activities.facts import ActivityFacts, stated
from katalysator.activities.models import Activity, ActivitySeries
from katalysator.activities.moments import at_wall_clock, on_the_wall
from katalysator.activities.rules import require_holder
from katalysator.activities.workflow import ANNOUNCED
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_LIVING: Final = ("draft", ANNOUNCED)
MOST: Final = 60
"""So many times an activity is repeated at once."""


def days_after(first: date, rhythm: str, times: int) -> Iterator[date]:
    """The days on which it is held again, so many times; a month without such a day has it on its last.

    Raises InvalidInput for a rhythm that tells no days.
    """
    if rhythm not in ("weekly", "monthly"):
        raise InvalidInput("rhythm", _("Name the days.")).at("days")
    for number in range(1, times + 1):
        if rhythm == "weekly":
            yield first + timedelta(weeks=number)
        else:
            years, month = divmod(first.month - 1 + number, 12)
            year, month = first.year + years, month + 1
            yield date(year, month, min(first.day, monthrange(year, month)[1]))


@transaction.atomic
def repeat(activity: Activity, *, by: Actor, rhythm: str, days: Sequence[date]) -> list[Activity]:
    """Hold an activity on these days too, at the same time of the day; each is one of its own.

    They are announced where it is. Raises InvalidInput at `days`, Conflict, NotAllowed.
    """
    require_holder(activity, by)
    row = locked(activity)
    if row.state not in _LIVING:
        raise Conflict("over", _("This activity is over."))
    facts, first = facts_of(row), _day(row.starts_at)
    wanted = _new_days(row, days)
    row.series = row.series or ActivitySeries.objects.create(rhythm=rhythm)
    row.save(update_fields=["series"])
    made = [verbs.post(shifted(facts, day - first), by=by, like=row) for day in wanted]
    for each in made:
        each.series = row.series
        each.save(update_fields=["series"])
    audit.record("activity.repeat", row, by=by, after={"days": [str(day) for day in wanted]})
    return [verbs.announce(each, by=by) if row.state == ANNOUNCED else each for each in made]


@transaction.atomic
def edit_from(
    activity: Activity, *, by: Actor, said: ActivityFacts, seen: int | None = None
) -> list[Activity]:
    """Change an activity, and with it those of its series that come later.

    The later ones move by as many days as it does, and begin at the same time of the day. Raises as `verbs.edit`.
    """
    first = _day(activity.starts_at)
    return [
        verbs.edit(
            each,
            by=by,
            said=shifted(said, _day(each.starts_at) - first),
            seen=seen if each.pk == activity.pk else None,
        )
        for each in _from(activity)
    ]


@transaction.atomic
def cancel_from(activity: Activity, *, by: Actor, reason: str = "") -> list[Activity]:
    """Cancel an activity, and those of its series that come later; their drafts are thrown away.

    Returns those that were cancelled. Raises as `verbs.cancel`.
    """
    cancelled = []
    for each in _from(activity):
        if each.state == ANNOUNCED:
            cancelled.append(verbs.cancel(each, by=by, reason=reason))
        else:
            verbs.delete(each, by=by)
    return cancelled


def facts_of(activity: Activity) -> ActivityFacts:
    """What is said of an activity, to say it again. Cost: two queries."""
    partners = Organisation.objects.filter(co_organised__activity=activity).order_by("pk")
    return ActivityFacts(**stated(activity), partners=tuple(partners))


def shifted(facts: ActivityFacts, distance: timedelta) -> ActivityFacts:
    """The same, so many days later, at the same time on the wall. Raises InvalidInput for a time that is skipped."""
    moments = {name: getattr(facts, name) for name in ("starts_at", "ends_at", "closes_at")}
    moved: dict[str, Any] = {
        name: at_wall_clock(on_the_wall(moment) + distance)
        for name, moment in moments.items()
        if moment
    }
    return replace(facts, **moved)


def _new_days(activity: Activity, days: Sequence[date]) -> list[date]:
    """The days in order, none on which it is held already."""
    series = Activity.objects.filter(series=activity.series_id) if activity.series_id else ()
    taken = {_day(each.starts_at) for each in (activity, *series)}
    found = sorted(set(days) - taken)
    if not found:
        raise InvalidInput("days", _("Name a day on which it is not held yet.")).at("days")
    if len(found) > MOST:
        raise InvalidInput(
            "days-many", _("These are %(count)s days."), hint=_("Name at most %(most)s."),
            count=len(found), most=MOST,
        ).at("days")  # fmt: skip
    if found[0] < timezone.localdate():
        raise InvalidInput("days-past", _("%(day)s is over."), day=found[0]).at("days")
    return found


def _from(activity: Activity) -> list[Activity]:
    """It, and those of its series that come later and can be changed; all locked before anything is done."""
    found = Activity.objects.from_this_on(activity).filter(state__in=_LIVING)
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def _day(moment: datetime) -> date:
    return on_the_wall(moment).date()
