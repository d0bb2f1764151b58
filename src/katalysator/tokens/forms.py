"""The form for a new token."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.api_writing import scopes
from katalysator.core.forms import DayInput, PlainLine
from katalysator.core.language import translate

_USUAL = timedelta(days=90)


class TokenForm(forms.Form):
    """What a token is for, what it is good for, and until when."""

    use_required_attribute = False

    name = PlainLine(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For instance: the list on our own site."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do, besides reading what you may read?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ends_on = forms.DateField(
        label=_("Until when?"), widget=DayInput(), help_text=_("A year at most.")
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (each.name, translate(each.label)) for each in scopes().values()
        ]
        self.fields["ends_on"].initial = timezone.localdate() + _USUAL
