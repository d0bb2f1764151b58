"""What tests of activities ask more than once."""

from dataclasses import replace
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.activities.enrolments.verbs import register
from katalysator.activities.facts import ActivityFacts
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.series import facts_of
from katalysator.coalition.models import Person
from tests import builders


def states(activity: Activity) -> list[str]:
    """How it stands with each who registered, in the order in which they did."""
    return list(activity.enrolments.order_by("id").values_list("state", flat=True))


def come(activity: Activity, person: Person | None = None) -> Enrolment:
    """Somebody registers: this person, or somebody new."""
    who = person or builders.person()
    return register(activity, who, by=who)


def changed(activity: Activity, **fields: Any) -> ActivityFacts:
    """What is said of an activity, but for these."""
    return replace(facts_of(Activity.objects.get(pk=activity.pk)), **fields)


def jobs(task: str) -> list[dict[str, Any]]:
    """The arguments of the jobs that wait, of one task or of all."""
    found = ProcrastinateJob.objects.filter(task_name__startswith=task).order_by("id")
    return [each.args for each in found]
