"""The form with which a sheet of activities is given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.activities.forms import offer_holders
from katalysator.activities.models import Activity
from katalysator.coalition.models import Organisation
from katalysator.importing.forms import UploadedSheetForm


class ActivitiesForm(UploadedSheetForm):
    """A sheet, who holds what is in it, and what its activities are where it does not say so."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who holds them?"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Kind, where the sheet does not say it"),
        choices=Activity.Kind.choices,
        initial=Activity.Kind.WORKSHOP,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_holders(
            self.fields["organisation"],
            self.person,
            otherwise=_("As the sheet says, and else the bureau"),
        )
