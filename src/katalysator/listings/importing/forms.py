"""The form with which a sheet of needs or offers is given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.organisations.choosing import (
    OrganisationField,
    offer_organisations,
)
from katalysator.importing.forms import UploadedSheetForm
from katalysator.listings.market import markets


class GivenSheetForm(UploadedSheetForm):
    """A sheet, and what its rows are to become."""

    organisation = OrganisationField(label=_("Organisation"))
    kind = forms.ChoiceField(
        label=_("What does it hold?"),
        choices=[("need", _("Needs")), ("offer", _("Offers"))],
        widget=forms.RadioSelect,
    )
    market = forms.ChoiceField(label=_("In which market?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self.fields["organisation"], self.person)
        choices = [("", _("Choose a market")), *((each.slug, each.label) for each in markets())]
        self.fields["market"].choices = choices  # type: ignore[attr-defined]
