"""The API of who lets people choose among activities, and of who says what they would like."""

from typing import Final

from django.http import HttpResponse
from pydantic import Field

from katalysator.activities.choices import verbs
from katalysator.activities.choices.api import (
    ActivityChoiceResource,
    visible_choice,
    whole_choice,
)
from katalysator.activities.models import Activity
from katalysator.activities.writing_api import ACTIVITIES, router
from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, tag
from katalysator.faults import InvalidInput, gettext_noop as _

__all__ = ("router",)

_ONE: Final = "/activity-choices/{choice}"
_MOST: Final = 100


class NewChoice(Given):
    """Among which activities of one holder people choose, by their numbers."""

    title: str
    activities: list[RecordNumber] = Field(min_length=1, max_length=_MOST)


class OrderGiven(Given):
    """The activities in the order in which one would like them, the dearest first; none takes one off the list."""

    order: list[RecordNumber] = Field(max_length=_MOST)


class ChoiceDeed(Given):
    """A deed of a choice, one of its `deeds`."""

    deed: str


@router.post("/activity-choices", response={201: ActivityChoiceResource}, **ACTIVITIES.required)
def post_choice(
    request: PersonRequest, response: HttpResponse, given: NewChoice
) -> ActivityChoiceResource:
    """Let people choose among activities, which take no other registrations from now on."""
    found = Activity.objects.visible_to(request.user).select_related("organisation")
    known = {each.pk: each for each in found.filter(pk__in=given.activities)}
    for number in given.activities:
        if number not in known:
            raise InvalidInput("activity", _("There is no activity %(number)s."), number=number).at(
                "activities"
            )
    chosen = list(known.values())
    holder = known[given.activities[0]].organisation
    made = verbs.post(given.title, by=request.user, organisation=holder, activities=chosen)
    shown = _shown(request, response, made.pk)
    response["Location"] = shown.links.this
    return shown


@router.put(f"{_ONE}/order", response=ActivityChoiceResource, **ACTIVITIES.required)
def rank_activities(
    request: PersonRequest, response: HttpResponse, choice: RecordNumber, given: OrderGiven
) -> ActivityChoiceResource:
    """Say in which order one would like the activities, in place of what one said."""
    found, me = visible_choice(request, choice), request.user
    verbs.rank(found, me, by=me, order=given.order)
    return _shown(request, response, choice)


@router.post(f"{_ONE}/deeds", response=ActivityChoiceResource, **ACTIVITIES.required)
def move_choice(
    request: PersonRequest, response: HttpResponse, choice: RecordNumber, given: ChoiceDeed
) -> ActivityChoiceResource:
    """As who holds them, have the places divided (a worker does it), open it again, or approve: then letters go out."""
    verbs.move(visible_choice(request, choice), given.deed, by=request.user)
    return _shown(request, response, choice)


def _shown(request: PersonRequest, response: HttpResponse, number: int) -> ActivityChoiceResource:
    found = visible_choice(request, number)
    tag(response, found)
    return whole_choice(request, found)
