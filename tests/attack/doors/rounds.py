"""Where texts come into `rounds`: forms, and verbs."""

from typing import Any

from django import forms
from django.utils import timezone

from katalysator.rounds.matching import verbs as round_verbs
from katalysator.rounds.matching.forms import RoundForm
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.meeting.forms import DayForm, TimesForm
from katalysator.rounds.models import MeetingDay
from katalysator.rounds.orders.forms import OrderForm, OrdersUntilForm
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        RoundForm: [RoundForm(person=person)],
        OrdersUntilForm: [OrdersUntilForm()],
        OrderForm: [OrderForm(shown=[])],
        DayForm: [DayForm()],
        TimesForm: [TimesForm(day=MeetingDay(starts_at=timezone.now(), slots=1, minutes=5))],
    }


def _make_round(text: str) -> Any:
    settings = RoundSettings(name=text, why=text, market="expertise")
    return round_verbs.make(settings, by=builders.HOUSE)


DOORS = [
    Door(_make_round, "name why"),
]
