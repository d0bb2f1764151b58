"""Where texts come into `groups`: forms, and verbs."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from katalysator.core.models import Event
from katalysator.groups import verbs as group_verbs
from katalysator.groups.facts import GroupFacts
from katalysator.groups.forms import GroupDeclineForm, GroupForm, NewGroupForm
from katalysator.groups.members.forms import GroupInviteForm
from katalysator.groups.papers import verbs as paper_verbs
from katalysator.groups.papers.forms import DecisionForm, MeetingForm, MinutesForm, TaskForm
from katalysator.groups.stewards.forms import StewardForm
from katalysator.groups.todo import verbs as todo_verbs
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        GroupForm: [GroupForm()],
        NewGroupForm: [NewGroupForm(person=person)],
        GroupDeclineForm: [GroupDeclineForm()],
        GroupInviteForm: [GroupInviteForm()],
        MeetingForm: [MeetingForm()],
        MinutesForm: [MinutesForm()],
        DecisionForm: [DecisionForm(group=builders.group())],
        TaskForm: [TaskForm(group=builders.group())],
        StewardForm: [StewardForm(among=[])],
    }


def _found_group(text: str) -> Any:
    return builders.group(name=text, about={"nl": text})


def _decline_group(text: str) -> Event:
    chair = builders.person(builders.organisation())
    facts = GroupFacts(name="Voorbeeld", blocks=("data",))
    proposed = group_verbs.propose(facts, by=chair, chair=chair)
    group_verbs.move(proposed, "decline", by=builders.HOUSE, reason=text)
    return Event.objects.latest("id")


def _minute(text: str) -> Any:
    moment = timezone.now()
    planned = paper_verbs.plan(
        builders.group(), by=builders.HOUSE, starts_at=moment, place=text, agenda=text
    )
    return paper_verbs.write(planned, by=builders.HOUSE, minutes=text)


def _decide(text: str) -> Any:
    on = date(2026, 1, 5)
    return paper_verbs.decide(builders.group(), by=builders.HOUSE, text=text, on=on)


def _add_task(text: str) -> Any:
    return todo_verbs.add(builders.group(), by=builders.HOUSE, what=text)


DOORS = [
    Door(_found_group, "name", needed=True, too_long=200),
    Door(_decline_group, "reason", needed=True),
    Door(_minute, "place agenda minutes", needed=True, too_long=5_100),
    Door(_decide, "text", needed=True, too_long=5_100),
    Door(_add_task, "what", needed=True, too_long=400),
]
