"""The part of a form by which somebody proposes terms: for what, how long and how often."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import DayInput
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.canvas.words import ResultUse, UsePurpose

_MOST_DAYS = 3_650
_MOST_USES = 1_000_000


class TermsFields(forms.Form):
    """What may be done with the data; whatever is left open is not limited."""

    use_required_attribute = False

    purposes = forms.MultipleChoiceField(
        label=_("What may the data be used for?"),
        choices=UsePurpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and it may be used for anything."),
    )
    results = forms.MultipleChoiceField(
        label=_("What may be done with results?"),
        choices=ResultUse.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and anything may be done."),
    )
    until = forms.DateField(label=_("Until which day?"), required=False, widget=DayInput())
    days = forms.IntegerField(
        label=_("How many days after the agreement?"),
        required=False,
        min_value=1,
        max_value=_MOST_DAYS,
    )
    uses = forms.IntegerField(
        label=_("How often may it be fetched?"), required=False, min_value=1, max_value=_MOST_USES
    )
    may_pass_on = forms.BooleanField(label=_("It may be passed on to others"), required=False)

    def clean_until(self) -> date | None:
        """A day that has not gone by."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(_("This day has gone by."))
        return until

    def terms(self) -> dict[str, Any]:
        """The rules that were chosen."""
        said = self.cleaned_data
        chosen = SharingTerms(
            purposes=tuple(said["purposes"]),
            results=tuple(said["results"]),
            until=said["until"],
            days=said["days"],
            uses=said["uses"],
            may_pass_on=said["may_pass_on"],
        )
        return terms_of(chosen)
