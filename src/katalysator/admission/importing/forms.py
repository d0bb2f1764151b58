"""The form with which a sheet of people is given."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Membership
from katalysator.core.language import language_choices
from katalysator.importing.forms import UploadedSheetForm


class PeopleForm(UploadedSheetForm):
    """A sheet, and what people are where it does not say so."""

    role = forms.ChoiceField(
        label=_("Role, where the sheet does not say it"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
    )
    language = forms.ChoiceField(
        label=_("Language of the letter, where the sheet does not say it"), choices=language_choices
    )
