"""Where texts come into `importing`: forms."""

from django import forms

from katalysator.importing.forms import UploadedSheetForm


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        UploadedSheetForm: [],  # a file, which those of the rooms ask for too
    }
