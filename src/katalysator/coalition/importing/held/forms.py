"""The form with which such a sheet is given."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.organisations.choosing import OrganisationField, offer_holders
from katalysator.core.terms import LabelText
from katalysator.importing.forms import UploadedSheetForm


class HeldForm(UploadedSheetForm):
    """A sheet, and whose it is; a room asks for the kind, as `kind`."""

    otherwise: ClassVar[LabelText]
    """What the bureau means where it chooses nobody."""

    organisation = OrganisationField(label=_("Whose are they?"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_holders(self.fields["organisation"], self.person, otherwise=self.otherwise)
