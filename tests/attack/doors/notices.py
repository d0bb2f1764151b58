"""Where texts come into `notices`: forms."""

from django import forms

from katalysator.notices.forms import LettersForm
from tests import builders


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        LettersForm: [LettersForm(person=person)],
    }
