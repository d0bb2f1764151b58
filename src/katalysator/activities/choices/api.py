"""The API of choices among activities: what can be chosen, what one said, and for who holds them how it is divided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query

from katalysator.activities.api import router
from katalysator.activities.choices.queries import ChoiceDivision, ChoiceQuerySet, division_of
from katalysator.activities.models import Activity, ActivityChoice
from katalysator.activities.workflow import CHOICE, HOLD
from katalysator.core.actors import permits
from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag


class ActivityChoiceSummary(Resource):
    """A choice among activities; `organisation` is null where the bureau holds them."""

    id: int
    title: str
    state: str
    organisation: str | None
    links: Links


class DividedResource(Resource):
    """How many would like an activity most (`first`), and how many get it (`given`)."""

    activity: int
    first: int
    given: int


class DivisionResource(Resource):
    """How the places are divided: of so many `people`, so many get none; `ranks` says how many get their first, second…"""

    people: int
    without: int
    ranks: dict[int, int]
    activities: list[DividedResource]


class ActivityChoiceResource(ActivityChoiceSummary):
    """A choice with its activities, by their numbers; `order` is what the asker said, the dearest first.

    `division` is for who holds them, null for others; `deeds` is what the asker may do with it now.
    """

    activities: list[int]
    order: list[int]
    division: DivisionResource | None
    deeds: list[str]


class ActivityChoicePage(PageOf):
    """One page of choices."""

    items: list[ActivityChoiceSummary]


@router.get("/activity-choices", response=ActivityChoicePage)
def activity_choices(request: HttpRequest, query: Query[Paging]) -> ActivityChoicePage:
    """Choices among activities, the newest first."""
    page = paged(visible_choices(request), query)
    items = [ActivityChoiceSummary(**_facts(request, each)) for each in page]
    return ActivityChoicePage(items=items, **page_facts(request, page))


@router.get("/activity-choices/{choice}", response=ActivityChoiceResource)
def activity_choice(
    request: HttpRequest, response: HttpResponse, choice: RecordNumber
) -> ActivityChoiceResource:
    """One choice."""
    found = visible_choice(request, choice)
    tag(response, found)
    return whole_choice(request, found)


def visible_choices(request: HttpRequest) -> ChoiceQuerySet:
    """Choices that the asker may see."""
    return ActivityChoice.objects.visible_to(request.user).select_related("organisation")


def visible_choice(request: HttpRequest, number: int) -> ActivityChoice:
    """One choice that the asker may see; raises a 404 for any other."""
    found: ActivityChoice = get_object_or_404(visible_choices(request), pk=number)
    return found


def whole_choice(request: HttpRequest, record: ActivityChoice) -> ActivityChoiceResource:
    """A choice with what is of the asker. Cost: three queries, or four."""
    seen = Activity.objects.visible_to(request.user).filter(choice=record)
    activities = list(seen.order_by("starts_at", "id").values_list("pk", flat=True))
    mine = record.preferences.filter(person=request.user.pk or 0, activity__in=activities)
    holds = request.user.is_authenticated and permits(request.user, HOLD, record)
    return ActivityChoiceResource(
        **_facts(request, record),
        activities=activities,
        order=list(mine.values_list("activity", flat=True)),
        division=_division(division_of(record, activities)) if holds else None,
        deeds=deeds_for(request.user, CHOICE, record),
    )


def _division(found: ChoiceDivision) -> DivisionResource:
    return DivisionResource(
        people=found.people,
        without=found.without,
        ranks=dict(found.ranks),
        activities=[
            DividedResource(activity=activity, first=first, given=given)
            for activity, first, given in found.rows
        ],
    )


def _facts(request: HttpRequest, record: ActivityChoice) -> dict[str, Any]:
    holder = record.organisation
    as_stated = {"id": record.pk, "title": record.title, "state": record.state}
    links = Links.of(request, record, "activity_choice")
    return as_stated | {"organisation": holder and holder.slug, "links": links}
