"""The form with which a sheet of participants is given."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.importing.forms import UploadedSheetForm


class ParticipantsForm(UploadedSheetForm):
    """A sheet, and what its organisations are where it does not say so."""

    takes_part = forms.ChoiceField(
        label=_("What does it hold?"),
        choices=[
            ("yes", _("Participants")),
            ("no", _("Organisations that are only in the directory")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )
    kind = forms.ChoiceField(
        label=_("Kind, where the sheet does not say it"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.COMPANY,
    )
