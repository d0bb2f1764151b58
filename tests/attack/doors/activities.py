"""Where texts come into `activities`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.activities import verbs as activity_verbs
from katalysator.activities.choices import verbs as choice_verbs
from katalysator.activities.choices.forms import ActivityChoiceForm, RankForm
from katalysator.activities.deed_forms import CancelForm, OutcomeForm, RepeatForm
from katalysator.activities.enrolments.forms import InvitePartnerForm
from katalysator.activities.forms import ActivityForm, ScopeForm
from katalysator.activities.importing.forms import ActivitiesForm
from katalysator.activities.models import Activity
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        ActivitiesForm: [ActivitiesForm(person=person)],
        ScopeForm: [ScopeForm()],
        ActivityForm: [ActivityForm(person=person)],
        CancelForm: [CancelForm()],
        RepeatForm: [RepeatForm(activity=builders.activity())],
        OutcomeForm: [OutcomeForm()],
        InvitePartnerForm: [InvitePartnerForm()],
        ActivityChoiceForm: [ActivityChoiceForm(activities=Activity.objects.none())],
        RankForm: [RankForm(activities=[])],
    }


def _hold(text: str) -> Any:
    return builders.activity(title=text, text=text, place=text)


def _cancel(text: str) -> Any:
    return activity_verbs.cancel(builders.activity(), by=builders.HOUSE, reason=text)


def _tell(text: str) -> Any:
    past = builders.activity(days=-1)
    return activity_verbs.tell(past, by=builders.HOUSE, outcome=text, lessons=text)


def _let_choose(text: str) -> Any:
    activities = [builders.activity() for _ in range(2)]
    return choice_verbs.post(text, by=builders.HOUSE, organisation=None, activities=activities)


DOORS = [
    Door(_hold, "title text place", needed=True, too_long=200),
    Door(_cancel, "reason", too_long=600),
    Door(_tell, "outcome lessons", needed=True, too_long=5_100),
    Door(_let_choose, "title", needed=True, too_long=200),
]
