"""Where texts come into `grades`: forms."""

from django import forms

from katalysator.grades.forms import MarkForm, ReasonForm, SheetForm


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        ReasonForm: [ReasonForm()],
        MarkForm: [MarkForm()],
        SheetForm: [SheetForm()],
    }
