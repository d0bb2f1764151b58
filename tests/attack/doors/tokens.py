"""Where texts come into `tokens`: forms."""

from django import forms

from katalysator.tokens.forms import TokenForm


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        TokenForm: [TokenForm()],
    }
