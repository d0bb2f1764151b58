"""The form with which a sheet of activities is given."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.activities.models import Activity
from katalysator.coalition.importing.held.forms import HeldForm


class ActivitiesForm(HeldForm):
    """A sheet, who holds what is in it, and what its activities are where it does not say so."""

    otherwise = _("As the sheet says, and else the bureau")
    kind = forms.ChoiceField(
        label=_("Kind, where the sheet does not say it"),
        choices=Activity.Kind.choices,
        initial=Activity.Kind.WORKSHOP,
    )
