"""Where texts come into `admission`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.admission import verbs as admission_verbs
from katalysator.admission.forms import AdmitForm, ApplicationForm, DeclineForm
from katalysator.admission.importing.forms import PeopleForm
from katalysator.admission.joining.forms import AskForm, HandOverForm, InviteForm, PresentForm
from katalysator.coalition.models import Membership
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        PeopleForm: [PeopleForm(person=person)],
        HandOverForm: [HandOverForm(membership=_membership())],
        ApplicationForm: [ApplicationForm()],
        AdmitForm: [AdmitForm(application=builders.application())],
        DeclineForm: [DeclineForm()],
        InviteForm: [InviteForm()],
        AskForm: [AskForm()],
        PresentForm: [PresentForm()],
    }


def _membership() -> Membership:
    return builders.person(builders.organisation()).memberships.get()


def _apply(text: str) -> Any:
    return builders.application(name=text, city=text, about=text, motivation=text)


def _decline(text: str) -> Any:
    return admission_verbs.decline(builders.application(), by=builders.HOUSE, reason=text)


DOORS = [
    Door(_apply, "name city about motivation", needed=True, too_long=200),
    Door(_decline, "reason", needed=True, too_long=1_100),
]
